import type { ErrorObject, ValidateFunction } from 'ajv';
import { didYouMean } from '../../did-you-mean.js';
import type { UserError } from '../../errors.js';
import { memberOf, type JsonNode, type JsonObject } from '../../input/json-node.js';
import type { SourceDocument } from '../../input/source-document.js';
import { errorAt } from './config-reader.js';
import { plainValue } from './plain-value.js';

/**
 * Holds files that users write to a JSON Schema and says where they do not fit. ajv is loaded for it alone: most runs
 * have no such files. The format `operation-group` stands for the name of an operation group.
 */
export class SchemaValidator {
  private constructor(
    private readonly validate: ValidateFunction,
    private readonly what: string,
    private readonly groupNames: ReadonlySet<string>,
  ) {}

  /** `what` names in messages what the schema describes. */
  static async of(schema: object, what: string, groupNames: ReadonlySet<string>): Promise<SchemaValidator> {
    const { Ajv } = await import('ajv');
    const ajv = new Ajv({ verbose: true, strict: false });
    ajv.addFormat('operation-group', (name: string) => groupNames.has(name));
    return new SchemaValidator(ajv.compile(schema), what, groupNames);
  }

  accepts(value: unknown): boolean {
    return this.validate(value);
  }

  /** The value of the node. @throws UserError with place and key where it does not fit. */
  read<T>(document: SourceDocument, node: JsonNode): T {
    const value = plainValue(node);
    if (this.validate(value)) return value as T;
    throw this.explain(document, node, this.validate.errors![0]!);
  }

  private explain(document: SourceDocument, root: JsonNode, error: ErrorObject): UserError {
    const node = nodeAt(root, error.instancePath);
    const name = error.instancePath === '' ? this.what : `"${error.instancePath.slice(1)}"`;
    const fail = (message: string, hint?: string, at: JsonNode = node): UserError =>
      errorAt(document, at, message, hint);
    switch (error.keyword) {
      case 'additionalProperties': {
        const key = String(error.params['additionalProperty']);
        const known = Object.keys((error.parentSchema as { properties?: object }).properties ?? {});
        const member = (node as JsonObject).members.find(candidate => candidate.key === key)!;
        return errorAt(
          document,
          member.keyRange,
          `"${key}" is not a key of ${name}.`,
          didYouMean(key, known),
        );
      }
      case 'required':
        return fail(`The key "${error.params['missingProperty']}" is missing: ${name} needs one.`);
      case 'enum': {
        const words = (error.schema as unknown[]).map(String);
        return fail(
          `${capital(name)} is none of ${words.join(', ')}.`,
          didYouMean(String(error.data), words),
        );
      }
      case 'format':
        return fail(
          `There is no operation group "${error.data}".`,
          didYouMean(String(error.data), [...this.groupNames]),
        );
      default:
        return fail(`${capital(name)} ${error.message}.`);
    }
  }
}

function nodeAt(root: JsonNode, pointer: string): JsonNode {
  let node = root;
  for (const escaped of pointer.split('/').slice(1)) {
    const key = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    const child =
      node.kind === 'object'
        ? memberOf(node, key)
        : node.kind === 'array'
          ? node.items[Number(key)]
          : undefined;
    if (child === undefined) return node;
    node = child;
  }
  return node;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
