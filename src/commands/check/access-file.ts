import type { ResourceKind } from '../../rbac/action-sets/action-set.js';
import type { ActionSets } from '../../rbac/action-sets/action-sets.js';
import { conditionNamed } from '../../rbac/action-sets/need-conditions.js';
import { isOfKind } from '../../rbac/action-sets/resource-kind.js';
import type { IdentityNeed } from '../../analysis/azure-ml/need.js';
import { parseScope } from '../../rbac/model/scope.js';
import { escapeJsonText, visible } from '../../text/escape.js';

/** Needs of one identity, and which principal it is. */
export interface IdentityNeeds {
  /** Unique in the file. */
  readonly name: string;
  /** The object id; undefined where nobody said it. */
  readonly principal: string | undefined;
  /** Somebody said that it is not to be checked. */
  readonly isLeftOut: boolean;
  readonly needs: readonly IdentityNeed[];
}

/**
 * Needs as an expectations file. Who lacks a principal is a comment in it: to be filled in, and no expectation until then. A need
 * without a scope says what it is called, and one under a condition which: neither is checked before somebody knows.
 */
export function accessFile(identities: readonly IdentityNeeds[], title: string, sets: ActionSets): string {
  const kinds = new SetKinds(sets);
  const blocks = identities.map(identity => identityLines(identity, kinds));
  const isEmpty = identities.every(({ principal }) => principal === undefined);
  return [
    `# ${visible(title)}`,
    '# What is commented out waits for an object id. "at" stands for a scope that is not known, "when" for a condition:',
    '# give the scope instead, and say under "conditions:" which of them are yes or no.',
    '# Where you fill in the first one of a list, take its "[]" away.',
    'version: 1',
    `identities:${isEmpty ? ' []' : ''}`,
    ...blocks.flat(),
    '',
  ].join('\n');
}

/** At which kind of scope sets stand, each looked up once. */
class SetKinds {
  private readonly known = new Map<string, ResourceKind | undefined>();

  constructor(private readonly sets: ActionSets) {}

  /** A scope that is of another kind than it must be is none. */
  scopeOf({ scope, actionSet }: IdentityNeed): string | undefined {
    const kind = this.of(actionSet);
    return scope !== undefined && kind !== undefined && isOfKind(parseScope(scope), kind) ? scope : undefined;
  }

  private of(id: string): ResourceKind | undefined {
    if (!this.known.has(id)) {
      const set = this.sets.find(id);
      this.known.set(id, set === undefined || set.kind === 'composite' ? undefined : set.scope);
    }
    return this.known.get(id);
  }
}

function identityLines({ name, principal, needs }: IdentityNeeds, kinds: SetKinds): string[] {
  const lines = [
    `- name: ${quoted(name)}`,
    `  principal: ${quoted(principal ?? 'OBJECT-ID')}`,
    `  needs:${needs.length > 0 ? '' : ' []'}`,
    ...needs.flatMap(need => needLines(need, kinds)),
  ];
  return lines.map(line => (principal === undefined ? `  # ${line}` : `  ${line}`));
}

function needLines(need: IdentityNeed, kinds: SetKinds): string[] {
  const remark = need.when === undefined ? need.at : `${need.at}, when ${need.when}`;
  const scope = kinds.scopeOf(need);
  const lines = [
    `- set: ${need.actionSet} # at the ${visible(remark)}`,
    ...(need.partOf === undefined ? [] : [`  partOf: ${need.partOf}`]),
    scope === undefined ? `  at: ${quoted(need.at)}` : `  scope: ${quoted(scope)}`,
    ...(need.when === undefined ? [] : [`  when: ${quoted(conditionNamed(need.when) ?? need.when)}`]),
  ];
  return lines.map(line => `    ${line}`);
}

/** A text of JSON is one of YAML. */
function quoted(text: string): string {
  return escapeJsonText(JSON.stringify(text));
}
