import { didYouMean } from '../../did-you-mean.js';
import type { InputErrors } from '../expectations/input-errors.js';
import type { JsonNode } from '../../input/json-node.js';
import type { ConfigReader } from '../../lint/engine/config-reader.js';
import { guidOf } from '../../rbac/model/guid.js';
import type { TestedPrincipal } from './access-test.js';

/** The names that a file of access tests gives to principals. */
export class PrincipalNames {
  private readonly byName = new Map<string, string>();
  /** Named, and wrong: said once, where the name is given. */
  private readonly unresolved = new Set<string>();

  constructor(private readonly reader: ConfigReader) {}

  /** The members of `principals`. */
  read(node: JsonNode, inputErrors: InputErrors): void {
    for (const { key, keyRange, value } of this.reader.object(node).members) {
      inputErrors.attempt(() => {
        if (this.byName.has(key) || this.unresolved.has(key))
          throw this.reader.error(keyRange, `The key "${key}" is listed twice.`, 'Remove one of the two.');
        this.unresolved.add(key);
        this.byName.set(key, this.objectId(value));
        this.unresolved.delete(key);
      });
    }
  }

  /**
   * The principal that a node names, or whose id it holds; undefined where the name stands for something that was wrong.
   * @throws UserError where there is none of that name.
   */
  find(node: JsonNode): TestedPrincipal | undefined {
    const text = this.reader.text(node).trim();
    const named = this.byName.get(text);
    if (named !== undefined) return { id: named, name: text };
    if (this.unresolved.has(text)) return undefined;
    const id = guidOf(text);
    if (id !== undefined) return { id, name: null };
    const names = [...this.byName.keys()];
    const hint =
      names.length === 0
        ? 'Write its object id, a GUID, or name it under "principals".'
        : didYouMean(text, names);
    throw this.reader.error(node, `There is no principal named "${text}".`, hint);
  }

  private objectId(node: JsonNode): string {
    const text = this.reader.text(node).trim();
    const id = guidOf(text);
    if (id !== undefined) return id;
    throw this.reader.error(
      node,
      `"${text}" is not an object ID (a GUID).`,
      'It is the id of the service principal, user or group itself, not of its application.',
    );
  }
}
