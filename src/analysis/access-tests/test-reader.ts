import { attributeNamed } from '../../tenant/access/attribute-name.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { InputErrors } from '../expectations/input-errors.js';
import type { ScopeNames } from '../expectations/scope-names.js';
import type { JsonNode } from '../../input/json-node.js';
import { positionAt } from '../../input/position.js';
import type { ConfigReader, Members } from '../../lint/engine/config-reader.js';
import { expectedDecisions, type AccessTest, type TestedOperation } from './access-test.js';
import type { PrincipalNames } from './principal-names.js';
import { readOperation } from './read-operation.js';

export interface TestContext {
  readonly principals: PrincipalNames;
  readonly scopes: ScopeNames;
  readonly catalog: Catalog;
  readonly inputErrors: InputErrors;
}

const keys = [
  'name',
  'principal',
  'operation',
  'operations',
  'plane',
  'scope',
  'expected',
  'attributes',
  'because',
] as const;

/** Reads the entries of `tests`, one by one. */
export class TestReader {
  constructor(
    private readonly reader: ConfigReader,
    private readonly context: TestContext,
  ) {}

  /** Undefined where something in it is wrong. `name` is for a test that has none. */
  read(node: JsonNode, name: string): AccessTest | undefined {
    const { inputErrors } = this.context;
    const before = inputErrors.count;
    const test = inputErrors.attempt(() => this.readTest(node, name));
    return inputErrors.count > before ? undefined : test;
  }

  /** Undefined too where it uses a name that was given wrongly, which was said there. */
  private readTest(node: JsonNode, unnamed: string): AccessTest | undefined {
    const { reader } = this;
    const { principals, scopes, inputErrors } = this.context;
    const object = reader.object(node);
    const members = reader.members(object, 'a test', keys);
    const part = <T>(read: () => T): T | undefined => inputErrors.attempt(read);
    const name = part(() => members.get('name', value => reader.text(value).trim()));
    const principal = part(() => members.required('principal', value => principals.find(value)));
    const operations = part(() => this.operations(members, object));
    const scope = part(() => members.required('scope', value => scopes.locate(value)));
    const expected = part(() => members.required('expected', value => reader.word(value, expectedDecisions)));
    const attributes = part(() => members.get('attributes', value => this.attributes(value)));
    const because = part(() => members.get('because', value => reader.text(value).trim()));
    if (principal === undefined || operations === undefined || scope === undefined || expected === undefined)
      return undefined;
    const { line, column } = positionAt(reader.document, object.start);
    return {
      name: name ?? unnamed,
      place: { file: reader.document.file, line, column },
      principal,
      operations,
      scope: scope.value,
      expected,
      attributes: attributes ?? new Map(),
      because,
    };
  }

  private operations(members: Members<(typeof keys)[number]>, object: JsonNode): TestedOperation[] {
    const { reader, context } = this;
    const plane = members.get('plane', value => reader.word(value, ['control', 'data'] as const));
    const one = members.get('operation', value => [value]);
    const several = members.get('operations', value => reader.list(value, item => item));
    if (one !== undefined && several !== undefined)
      throw reader.error(
        object,
        'The test has both "operation" and "operations".',
        'Put all of them into "operations".',
      );
    const nodes = one ?? several;
    if (nodes === undefined || nodes.length === 0) {
      throw reader.error(
        object,
        'The test names no operation.',
        'For example: operation: Microsoft.Compute/virtualMachines/read',
      );
    }
    return nodes.flatMap(
      node => context.inputErrors.attempt(() => readOperation(node, plane, reader, context.catalog)) ?? [],
    );
  }

  private attributes(node: JsonNode): ReadonlyMap<string, readonly string[]> {
    const { reader } = this;
    const attributes = new Map<string, readonly string[]>();
    for (const { key, keyRange, value } of reader.object(node).members) {
      const name = attributeNamed(key);
      if (name === undefined) {
        throw reader.error(
          keyRange,
          `"${key}" is not an attribute.`,
          'For example: "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]"',
        );
      }
      if (attributes.has(name)) throw reader.error(keyRange, `The attribute "${key}" is listed twice.`);
      attributes.set(
        name,
        value.kind === 'array' ? reader.list(value, item => this.value(item)) : [this.value(value)],
      );
    }
    return attributes;
  }

  /** Conditions compare texts: `true` and `42` are written as such. */
  private value(node: JsonNode): string {
    if (node.kind === 'number' || node.kind === 'boolean') return String(node.value);
    return this.reader.string(node);
  }
}
