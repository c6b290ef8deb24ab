import type { ActionSets } from '../action-sets/action-sets.js';
import { isOfKind } from '../action-sets/resource-kind.js';
import type { IdentityNeed } from '../azure-ml/need.js';
import { parseScope } from '../model/scope.js';
import { escapeJsonText, visible } from '../reporters/escape.js';

/** Needs of one identity, and which principal it is. */
export interface NeedyIdentity {
  /** Unique in the file. */
  readonly name: string;
  /** Its object id; undefined where nobody said it. */
  readonly principal: string | undefined;
  readonly needs: readonly IdentityNeed[];
}

/**
 * Needs as an expectations file. What lacks its principal or its scope is a comment in it: to be filled in, and no
 * expectation until then. So is what is needed under some circumstances alone.
 */
export function accessFile(identities: readonly NeedyIdentity[], title: string, sets: ActionSets): string {
  const blocks = identities.map(identity => identityLines(identity, sets));
  const isEmpty = identities.every(({ principal }) => principal === undefined);
  return [
    `# ${visible(title)}`,
    '# What is commented out waits for an object id or a scope, or is needed only under its condition.',
    '# Where you fill in the first one of a list, take its "[]" away.',
    'version: 1',
    `identities:${isEmpty ? ' []' : ''}`,
    ...blocks.flat(),
    '',
  ].join('\n');
}

/** Those needs that can be checked: unconditional, at a scope that is known and of the right kind. */
export function isDefinite({ when, scope, actionSet }: IdentityNeed, sets: ActionSets): boolean {
  const set = sets.find(actionSet);
  if (when !== undefined || scope === undefined || set === undefined || set.kind === 'composite') return false;
  return isOfKind(parseScope(scope), set.scope);
}

function identityLines({ name, principal, needs }: NeedyIdentity, sets: ActionSets): string[] {
  const lines = [
    `- name: ${quoted(name)}`,
    `  principal: ${quoted(principal ?? 'OBJECT-ID')}`,
    `  needs:${needs.some(need => isDefinite(need, sets)) ? '' : ' []'}`,
    ...needs.flatMap(need => needLines(need, sets)),
  ];
  return lines.map(line => (principal === undefined ? `  # ${line}` : `  ${line}`));
}

function needLines(need: IdentityNeed, sets: ActionSets): string[] {
  const remark = need.when === undefined ? need.at : `${need.at}, when ${need.when}`;
  const lines = [`- set: ${need.actionSet} # at the ${visible(remark)}`, `  scope: ${quoted(need.scope ?? 'SCOPE')}`];
  return lines.map(line => (isDefinite(need, sets) ? `    ${line}` : `    # ${line}`));
}

/** A text of JSON is one of YAML. */
function quoted(text: string): string {
  return escapeJsonText(JSON.stringify(text));
}
