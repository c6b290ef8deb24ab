import { count } from '../../text/count.js';
import type { Coverage } from '../../rbac/action-sets/coverage.js';
import type {
  IdentityResult,
  IdentitySummary,
  NotChecked,
} from '../../analysis/expectations/check-report.js';
import { conditionInWords } from '../../rbac/action-sets/need-conditions.js';
import { shorten, visible } from '../../text/escape.js';

/** What an identity holds against what it needs at a scope, on one line. */
export function resultLine(result: IdentityResult): string {
  const { status, subject, actionSets, scope } = result;
  const needs = actionSets.length === 0 ? 'where no need is declared' : `for ${actionSets.join(' and ')}`;
  const at = scope === null ? '' : `, at ${name(scope)}`;
  return `${status.padEnd(7)}  "${name(subject.name)}" ${needs}${at}: ${verdict(result)}`;
}

function verdict(result: IdentityResult): string {
  if (result.notChecked !== null) return notCheckedVerdict(result, result.notChecked);
  const { covered, conditional, missing, denied, forbidden, excess } = result;
  const required = covered.length + conditional.length + missing.length;
  const surplus = excess.control + excess.data;
  const none = result.actionSets.length === 0 ? [] : ['no permission is needed'];
  const parts = [
    ...(required === 0 ? none : [`${covered.length} of ${count(required, 'operation')} covered`]),
    ...(denied.length > 0 ? [`${denied.length} denied`] : []),
    ...(conditional.length > 0 ? [`${conditional.length} only where a condition holds`] : []),
    ...(forbidden.length > 0 ? [`${forbidden.length} forbidden`] : []),
    ...(surplus > 0 ? [`${surplus} more than needed${acceptance(result)}`] : []),
  ];
  return `${parts.join(', ') || 'what it holds there is not known'}.`;
}

function notCheckedVerdict({ covered, conditional, missing }: IdentityResult, open: NotChecked): string {
  const required = covered.length + conditional.length + missing.length;
  const held = `${covered.length} of ${count(required, 'operation')} covered`;
  const condition =
    open.when === null
      ? ''
      : `needed when ${name(conditionInWords(open.when))} (${name(open.when)} is neither yes nor no)`;
  if (open.at === null) return `conditional: ${condition}; ${held}.`;
  const place = `not checked: scope unknown (${name(open.at).replaceAll('-', ' ')})`;
  return `${place}${condition === '' ? '' : `, and ${condition}`}.`;
}

/** Where a role that azrbac itself proposes brings them along. */
export function acceptance({ leastPrivilege }: Pick<Coverage, 'leastPrivilege'>): string {
  return leastPrivilege === 'accepted' ? ', which the recommended role brings along' : '';
}

/** `3 identities: 1 fail, 2 pass.` */
export function identitiesLine(identities: readonly IdentitySummary[]): string {
  if (identities.length === 0) return '0 identities: nothing was checked.';
  const counts = (['fail', 'excess', 'unknown', 'pass'] as const).flatMap(status => {
    const { length } = identities.filter(identity => identity.status === status);
    return length === 0 ? [] : [`${length} ${status}`];
  });
  return `${count(identities.length, 'identity')}${counts.length === 0 ? '' : `: ${counts.join(', ')}`}.`;
}

function name(text: string): string {
  return visible(shorten(text));
}
