import { getOrInsert } from '../../maps.js';
import { evaluateCondition } from '../../rbac/conditions/evaluate-condition.js';
import type { Truth } from '../../rbac/conditions/truth.js';
import { attributeKey, type AttributeKnowledge, type Knowledge } from '../../rbac/conditions/knowledge.js';
import { parseCondition, type ParsedCondition } from '../../rbac/conditions/parse-condition.js';
import type { Plane } from '../../rbac/model/role-definition.js';
import type { Scope } from '../../rbac/model/scope.js';

/** What is known of attributes: their values, by {@link attributeKey}. */
export type KnownAttributes = ReadonlyMap<string, readonly string[]>;

/** Reads conditions, each text once: thousands of assignments share a few. */
export class ConditionReader {
  private readonly parsed = new Map<string, ParsedCondition>();

  read(text: string): ParsedCondition {
    return getOrInsert(this.parsed, text, () => parseCondition(text));
  }

  /** Whether all of them hold; `unknown` where it depends on more than is known, or one of them cannot be read. */
  truthOf(texts: readonly (string | undefined)[], knowledge: Knowledge): Truth {
    let truth: Truth = 'true';
    for (const text of texts) {
      if (text === undefined) continue;
      const { expression } = this.read(text);
      const own = expression === undefined ? 'unknown' : evaluateCondition(expression, knowledge);
      if (own === 'false') return 'false';
      if (own === 'unknown') truth = 'unknown';
    }
    return truth;
  }
}

/** What is known of a request beside what is asked: the attributes given, and the names that its scope holds. */
export function knowledgeOf(
  action: string,
  plane: Plane,
  scope: Scope,
  given: KnownAttributes = new Map(),
): Knowledge {
  const names = namesIn(scope);
  return {
    action,
    plane,
    subOperation: undefined,
    attribute: (source, path): AttributeKnowledge => {
      const key = attributeKey(source, path);
      const values = given.get(key) ?? names.get(key);
      return values === undefined ? unknown : { kind: 'values', values };
    },
  };
}

const unknown: AttributeKnowledge = { kind: 'unknown' };

/**
 * `Microsoft.Storage/storageAccounts:name` and the same of what lies in the account. These names have no upper case, so
 * that the spelling of the scope cannot mislead
 * (https://learn.microsoft.com/azure/storage/blobs/storage-auth-abac-attributes).
 */
function namesIn({ key }: Scope): KnownAttributes {
  const names = new Map<string, readonly string[]>();
  const at = key.lastIndexOf(storage);
  if (at < 0) return names;
  const parts = key.slice(at + storage.length).split('/');
  let type = 'microsoft.storage';
  for (let i = 0; i + 1 < parts.length; i += 2) {
    type += `/${parts[i]!}`;
    names.set(attributeKey('Resource', `${type}:name`), [parts[i + 1]!]);
  }
  return names;
}

const storage = '/providers/microsoft.storage/';
