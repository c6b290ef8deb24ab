import type { ResourceKind } from '../../rbac/action-sets/action-set.js';
import { isOfKind, kindInWords, scopeInWords } from '../../rbac/action-sets/resource-kind.js';
import { didYouMean } from '../../did-you-mean.js';
import type { JsonNode } from '../../input/json-node.js';
import type { Located } from '../../input/source-document.js';
import type { CodeNames } from './expectation-context.js';
import type { ConfigReader } from '../../lint/engine/config-reader.js';
import { parseScope, type Scope } from '../../rbac/model/scope.js';
import type { InputErrors } from './input-errors.js';

/** The names that an expectations file gives to scopes. */
export class ScopeNames {
  private readonly byName = new Map<string, Scope>();
  /** Named, and wrong: said once, where the name is given. */
  private readonly unresolved = new Set<string>();

  constructor(
    private readonly reader: ConfigReader,
    private readonly code?: CodeNames | undefined,
  ) {}

  /** The members of `scopes`. */
  read(node: JsonNode, inputErrors: InputErrors): void {
    for (const { key, keyRange, value } of this.reader.object(node).members) {
      inputErrors.attempt(() => {
        if (this.byName.has(key))
          throw this.reader.error(keyRange, `The key "${key}" is listed twice.`, 'Remove one of the two.');
        this.unresolved.add(key);
        this.byName.set(key, this.parse(value));
        this.unresolved.delete(key);
      });
    }
  }

  /**
   * The scope that a node names or spells out; undefined where its name stands for something that was wrong already.
   * @throws UserError where there is none of that name, or it is not of the kind that is needed.
   */
  find(node: JsonNode, kind: ResourceKind, setId: string): Located<Scope> | undefined {
    const found = this.locate(node);
    if (found === undefined || isOfKind(found.value, kind)) return found;
    const text = this.reader.text(node);
    const message = `"${text}" is ${scopeInWords(found.value)}, but "${setId}" is needed at ${kindInWords(kind)}.`;
    throw this.reader.error(node, message);
  }

  /** The same for a scope of any kind. @throws UserError where there is none of that name. */
  locate(node: JsonNode): Located<Scope> | undefined {
    const text = this.reader.text(node);
    if (this.unresolved.has(text)) return undefined;
    return {
      value: text.startsWith('/') ? this.parse(node) : this.named(text, node),
      at: this.reader.at(node),
    };
  }

  private named(name: string, node: JsonNode): Scope {
    const scope = this.byName.get(name);
    if (scope !== undefined) return scope;
    const [inCode, another] = this.code?.scopes(name) ?? [];
    if (another !== undefined)
      throw this.reader.error(node, `"${name}" stands for several places in the code.`);
    if (inCode !== undefined) return inCode;
    const names = [...this.byName.keys()];
    const hint =
      names.length === 0
        ? 'Write the whole id of the scope, or name it under "scopes".'
        : didYouMean(name, names);
    throw this.reader.error(node, `There is no scope named "${name}".`, hint);
  }

  private parse(node: JsonNode): Scope {
    const scope = parseScope(this.reader.text(node));
    if (scope.kind === 'placeholder')
      throw this.reader.error(node, `"${scope.placeholder}" still waits to be filled in.`);
    if (scope.kind === 'wildcard') throw this.reader.error(node, 'A scope has no wildcards.');
    if (scope.kind === 'malformed') {
      throw this.reader.error(
        node,
        `This is not a valid scope: ${scope.reason.replaceAll('-', ' ')}.`,
        scopeHint,
      );
    }
    return scope;
  }
}

const scopeHint =
  'A scope is the id of a resource, resource group, subscription or management group, such as /subscriptions/….';
