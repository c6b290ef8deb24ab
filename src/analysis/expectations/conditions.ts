import { didYouMean } from '../../did-you-mean.js';
import type { JsonNode } from '../../input/json-node.js';
import type { ConfigReader } from '../../lint/engine/config-reader.js';
import { needConditionNames } from '../../rbac/action-sets/need-conditions.js';
import type { InputErrors } from './input-errors.js';

/** The member `conditions` of an expectations file: which conditions of needs hold, as far as it says so. */
export class Conditions {
  private readonly answers = new Map<string, 'yes' | 'no'>();
  private readonly keys: { readonly name: string; readonly at: JsonNode }[] = [];
  private readonly asked = new Set<string>();

  constructor(private readonly reader: ConfigReader) {}

  /** Reads the member. */
  read(node: JsonNode, inputErrors: InputErrors): void {
    for (const { key, value } of this.reader.object(node).members) {
      inputErrors.attempt(() => {
        this.keys.push({ name: key, at: value });
        this.answers.set(key, this.answer(value));
      });
    }
  }

  /** Undefined where the file says neither. */
  ask(condition: string): 'yes' | 'no' | undefined {
    this.asked.add(condition);
    return this.answers.get(condition);
  }

  /** A misspelt word would answer nothing, and nobody would see. */
  reportUnused(inputErrors: InputErrors): void {
    const known = new Set<string>([...needConditionNames, ...this.asked]);
    for (const { name, at } of this.keys) {
      if (known.has(name)) continue;
      const message = `No need here depends on "${name}".`;
      inputErrors.add(this.reader.error(at, message, didYouMean(name, [...known])));
    }
  }

  private answer(node: JsonNode): 'yes' | 'no' {
    const value = node.kind === 'boolean' || node.kind === 'string' ? String(node.value).toLowerCase() : '';
    if (value === 'yes' || value === 'true') return 'yes';
    if (value === 'no' || value === 'false') return 'no';
    throw this.reader.error(node, 'A condition is "yes" or "no"; leave it out if unknown.');
  }
}
