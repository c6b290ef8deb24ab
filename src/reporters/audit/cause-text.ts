import type { AuditResult } from '../../analysis/audit/audit-result.js';
import type { Cause, CausePlace } from '../../analysis/audit/cause.js';
import { listPlaces } from '../../analysis/audit/cause-places.js';
import type { ScopeDisplayNames } from '../../tenant/snapshot/scope-names.js';
import { reachLine, scopeName, scopeText } from './summary.js';
import { shorten, visible } from '../../text/escape.js';
import type { Paint } from '../paint.js';
import { placeName } from '../../text/source-span.js';
import { folded, hanging } from '../../text/wrap.js';

/** What a page of causes has in common. */
export interface CauseTextContext {
  readonly paint: Paint;
  readonly columns: number | undefined;
  readonly principals: AuditResult['principals'];
  readonly scopeNames: AuditResult['scopeNames'];
  /** Ids of the rules whose why and fix have been printed. */
  readonly explained: Set<string>;
  /** GUIDs of the roles of which it has been said where they are assigned. */
  readonly placed: Set<string>;
  /** Commands that have been printed: they would fail the second time. */
  readonly printed: Set<string>;
}

/** A cause for people: what it is, whom it concerns, where, and what to do. */
export function causeLines(cause: Cause, page: CauseTextContext): string[] {
  const { paint, columns } = page;
  const { severity, message, rule, id } = cause;
  const lead = `${paint.severity(severity, severity.padEnd(longestSeverity))}  `;
  const label = (text: string): string => indent + paint.muted(text.padEnd(longestLabel));
  const labelled = (name: string, text: string): string[] =>
    hanging(label(name), indent.length + longestLabel, text, columns);
  const isNew = !page.explained.has(rule.id);
  page.explained.add(rule.id);
  return [
    ...hanging(lead, indent.length, visible(shorten(message)), columns),
    ...whereLines(cause, page).flatMap(line => folded(line, columns)),
    ...(isNew ? [...labelled('why', visible(rule.why)), ...labelled('fix', visible(rule.fix))] : []),
    ...commandLines(cause, page).map((line, i) => `${label(i === 0 ? 'run' : '')}${line}`),
    `${label('rule')}${visible(rule.id)} ${paint.muted(`cause ${id}`)}`,
  ];
}

function whereLines(cause: Cause, { principals, scopeNames, placed }: CauseTextContext): string[] {
  const said = new Set<string>();
  const reach = reachLine(cause, scopeNames, said);
  const role = cause.assignments === undefined ? null : cause.subject.id;
  if (role !== null && placed.has(role)) return reach === undefined ? [] : [`${indent}${visible(reach)}`];
  if (role !== null) placed.add(role);
  const { places, left } = listPlaces(cause, principals, maxPlaces);
  const isSaid = cause.assignments === undefined && cause.findings.length === 1;
  const listed = isSaid
    ? [...fileLines(cause), ...nameLines(places[0], scopeNames)]
    : places.map(place => `${indent}  ${placeText(place, scopeNames, said)}`);
  return [
    ...(reach === undefined ? [] : [`${indent}${visible(reach)}`]),
    ...listed,
    ...(left > 0 ? [`${indent}  and ${left} more (see --format json)`] : []),
  ];
}

/** One finding says whom it is about. Where in a file it stands, it does not. */
function fileLines({ findings }: Cause): string[] {
  return findings.flatMap(({ at }) =>
    at.range === undefined ? [] : [`${indent}  ${visible(placeName(at))}`],
  );
}

/** Nor what people call its subscription. */
function nameLines(place: CausePlace | undefined, names: ScopeDisplayNames): string[] {
  const around = place?.scope === undefined ? undefined : names.around(place.scope);
  if (around === undefined) return [];
  return [`${indent}  the ${around.kind} is "${visible(scopeName(around))}"`];
}

function placeText(
  { principal, principalId, scope, finding }: CausePlace,
  names: ScopeDisplayNames,
  said: Set<string>,
): string {
  const who = principal ?? principalId;
  const parts = [
    ...(who === undefined ? [] : [show(who)]),
    ...(scope === undefined ? [] : [`at ${show(scopeText(scope, names, said))}`]),
  ];
  if (parts.length > 0) return parts.join(' ');
  return finding === undefined ? '' : visible(placeName(finding.at));
}

function commandLines({ commands }: Cause, { printed }: CauseTextContext): string[] {
  const unprinted = commands.filter(command => !printed.has(command));
  const listed = unprinted.slice(0, maxCommands);
  for (const command of listed) printed.add(command);
  const left = unprinted.length - listed.length;
  const shown = listed.map(command => visible(shorten(command, 4_000)));
  return left > 0 ? [...shown, `and ${left} more (see --format json)`] : shown;
}

const maxPlaces = 4;
const maxCommands = 2;
const longestSeverity = 'critical'.length;
const longestLabel = 'rule '.length;
const indent = ' '.repeat(longestSeverity + 2);

function show(text: string): string {
  return visible(shorten(text, 500));
}
