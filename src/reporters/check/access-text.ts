import { count } from '../../text/count.js';
import type {
  ExcessWitness,
  IdentityResult,
  IdentitySummary,
  Remedy,
  StoppingDenial,
} from '../../analysis/expectations/check-report.js';
import type { CheckReport } from '../../analysis/expectations/check-report.js';
import { identitiesLine, resultLine } from './result-words.js';
import { shorten, visible } from '../../text/escape.js';

/** The report for people: each result with what to do about it, what is to be said of each identity, then the counts. */
export function checkedAccessText({ results, identities }: CheckReport): string {
  const printed = new Set<string>();
  const detailed = results
    .slice(0, maxDetailed)
    .map(result => [resultLine(result), ...detailLines(result, printed)]);
  const brief = results.slice(maxDetailed).map(resultLine);
  const blocks = [...detailed, brief, ...identities.map(summaryLines)].filter(lines => lines.length > 0);
  return [...blocks.map(lines => `${lines.join('\n')}\n`), `${identitiesLine(identities)}\n`].join('\n');
}

/** How many are detailed; of more results, one line each is shown: the details are in JSON. */
const maxDetailed = 100;

/** A command that has been printed is not printed again: it would fail the second time. */
function detailLines(result: IdentityResult, printed: Set<string>): string[] {
  if (result.notChecked !== null) return [];
  return [
    ...listLines('missing', result.missing),
    ...denialLines(result),
    ...result.remedies.flatMap(remedy => remedyLines(remedy, printed)),
    ...listLines('only where a condition holds', result.conditional),
    ...listLines('forbidden', result.forbidden),
    ...witnessLines(result),
    ...acceptedLines(result),
    ...unknownReachLines(result),
  ];
}

function unknownReachLines({ unknownReach }: IdentityResult): string[] {
  return unknownReach === undefined
    ? []
    : listLines('granted, but perhaps without effect at this scope', unknownReach.operations);
}

/** Whoever reads of a deny assignment must not go and assign a role. */
function denialLines({ denials, denied }: IdentityResult): string[] {
  if (denials.length === 0) return [];
  const listed = denials.slice(0, maxListed).map(denial => `${indent}  ${denialText(denial)}`);
  const help =
    denied.length === 0
      ? []
      : [`${indent}  no role assignment helps against a deny: it must except the identity, or go`];
  return [`${indent}denied:`, ...listed, ...more(denials.length), ...help];
}

function denialText({ id, name: called, scope, operations, condition }: StoppingDenial): string {
  const guard = condition === null ? '' : ', where a condition holds';
  return `${operations.length} by the deny assignment "${name(called ?? '(unnamed)')}" at ${name(scope)} (${name(lastPart(id))})${guard}`;
}

function remedyLines({ actionSet, roles, customRole, commands }: Remedy, printed: Set<string>): string[] {
  if (commands.length === 0 && roles.length === 0 && customRole === null) return [];
  const left = commands.filter(command => !printed.has(command));
  for (const command of left) printed.add(command);
  const create = left.length === commands.length ? 'create and assign' : 'assign';
  const by =
    customRole === null
      ? `assign ${roles.map(role => `"${role}"`).join(' and ')}`
      : `${create} the custom role "${customRole.Name}"`;
  const end = left.length > 0 ? ':' : commands.length > 0 ? ' as said above' : '';
  return [
    `${indent}to cover ${actionSet}, ${by}${end}`,
    ...left.map(command => `${indent}  ${name(command, 4_000)}`),
  ];
}

function witnessLines({ because }: IdentityResult): string[] {
  if (because.length === 0) return [];
  const listed = because.slice(0, maxListed).map(witness => `${indent}  ${witnessText(witness)}`);
  const ofGroups = because.some(({ via }) => via.length > 0)
    ? [
        `${indent}  all members of a group hold what it does: take the identity out, or the role from the group`,
      ]
    : [];
  return [`${indent}excess:`, ...listed, ...more(because.length), ...ofGroups];
}

function witnessText({ operations, pattern, role, scope, id, condition, via, group }: ExcessWitness): string {
  const where =
    scope === null ? '' : `, assigned at ${name(scope)}${id === null ? '' : ` (${name(lastPart(id))})`}`;
  const guard = condition === null ? '' : ', where a condition holds';
  const member = via.length === 0 ? '' : ` to the group ${groupName(via, group)}`;
  return `${operations} through "${name(pattern)}" of the role "${name(role)}"${where}${member}${guard}`;
}

/** The group that has the assignment; further groups on the way are in JSON. */
function groupName(via: readonly string[], group: string | null): string {
  const id = name(via.at(-1) ?? '');
  return group === null ? id : `"${name(group)}" (${id})`;
}

function acceptedLines({ accepted }: IdentityResult): string[] {
  return accepted
    .filter(({ operations }) => operations > 0)
    .map(({ role, patterns, reason, operations, forbidden }) => {
      const what =
        role === null ? patterns.map(pattern => `"${name(pattern)}"`).join(', ') : `the role "${name(role)}"`;
      const warned =
        forbidden.length === 0
          ? ''
          : `, among them ${forbidden.map(operation => name(operation)).join(', ')}, which the set forbids`;
      return `${indent}accepted: ${count(operations, 'operation')} of ${what}${warned} (${name(reason)})`;
    });
}

function summaryLines({ subject, never, widerThanNeeded, redundant }: IdentitySummary): string[] {
  const lines = [
    ...never.map(({ pattern, scope, count: operations }) => {
      const at = scope === null ? '' : ` at ${name(scope)}`;
      return `holds ${count(operations, 'operation')} of "${name(pattern)}"${at}, which it must hold nowhere`;
    }),
    ...widerThanNeeded.map(({ role, scope, narrower, id }) => {
      const better = narrower === null ? '' : `; ${name(narrower)} would do`;
      return `has the role "${name(role)}" at ${name(scope)}, wider than needed${better} (${name(lastPart(id))})`;
    }),
    ...redundant.map(({ role, scope, id }) => {
      return `has the role "${name(role)}" at ${name(scope)}, which grants nothing that others do not (${name(lastPart(id))})`;
    }),
  ];
  const listed = lines.slice(0, maxListed).map(line => `note     "${name(subject.name)}" ${line}.`);
  return [...listed, ...more(lines.length)];
}

function listLines(title: string, operations: readonly string[]): string[] {
  if (operations.length === 0) return [];
  const listed = operations.slice(0, maxListed).map(operation => `${indent}  ${name(operation)}`);
  return [`${indent}${title}:`, ...listed, ...more(operations.length)];
}

function more(count: number): string[] {
  return count > maxListed ? [`${indent}  and ${count - maxListed} more (see --format json)`] : [];
}

const indent = '         ';
const maxListed = 12;

function name(text: string, limit?: number): string {
  return visible(shorten(text, limit));
}

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
