import type { Finding } from '../../lint/engine/finding.js';
import type { RelatedPlace } from '../../lint/checks/match.js';
import type { SourceRef } from '../../input/source-document.js';
import { displayWidth } from '../../text/display-width.js';
import { shorten, visible } from '../../text/escape.js';
import { fitted } from '../../text/break-long.js';
import { placeName, spanOf } from '../../text/source-span.js';
import { meantText } from './excerpt.js';
import { shortName } from './short-names.js';
import { bodyRoom, type TextPage } from './text-page.js';

/** The string of the role that a finding is about; empty where there is none. */
export function stringOf({ at, evidence }: Pick<Finding, 'at' | 'evidence'>): string {
  const { pattern, action } = evidence;
  return String(pattern ?? action ?? meantText(at) ?? '').replaceAll('"', '');
}

/** Whether the string is one of the operations below it: then it need not be shown by itself. */
export function isSpelledOut(finding: Finding): boolean {
  const text = stringOf(finding).toLowerCase();
  return operationsOf(finding).some(([operation]) => operation.toLowerCase() === text);
}

/** One line per operation with what it allows, then other places; without indent. */
export function evidenceLines(finding: Finding, page: Pick<TextPage, 'columns' | 'verbose'>): string[] {
  const room = bodyRoom(page);
  const limit = page.verbose ? Infinity : maxLines;
  const operations = operationsOf(finding);
  const others = finding.related.filter(place => isWorthALine(place, finding));
  return [
    ...operationLines(operations.slice(0, limit), finding, room),
    ...moreLine(totalOf(finding, operations) - Math.min(limit, operations.length), 'operation'),
    ...others.slice(0, limit).flatMap(place => placeLines(place, finding, room)),
    ...moreLine(others.length - Math.min(limit, others.length), 'place'),
  ];
}

const maxLines = 5;

function moreLine(more: number, noun: string): string[] {
  return more > 0 ? [`and ${more} more ${more === 1 ? noun : `${noun}s`}`] : [];
}

/** Operations with a meaning first: they say more. */
function operationsOf({ evidence, related }: Finding): [string, string | undefined][] {
  const meanings = new Map(
    related.flatMap(({ operation, meaning }) =>
      operation === undefined ? [] : [[operation, meaning] as const],
    ),
  );
  const listed = evidence['operations'];
  if (Array.isArray(listed)) {
    for (const operation of listed as readonly string[])
      if (!meanings.has(operation)) meanings.set(operation, undefined);
  }
  return [...meanings];
}

/** The evidence may name the first few of many. */
function totalOf({ evidence }: Finding, operations: readonly unknown[]): number {
  const { count, operations: listed } = evidence;
  return Array.isArray(listed) && typeof count === 'number'
    ? Math.max(count, operations.length)
    : operations.length;
}

function operationLines(
  operations: readonly [string, string | undefined][],
  finding: Finding,
  room: number,
): string[] {
  const shown = stringOf(finding);
  const names = operations.map(([operation]) => visible(shortName(operation, shown)));
  const width = Math.max(0, ...names.map(displayWidth));
  return operations.flatMap(([, meaning], i) => {
    const name = names[i]!;
    if (meaning === undefined) return fitted(name, room);
    const words = visible(meaning.replace(/^can /, ''));
    if (width <= room / 2) return besideName(name, words, { width, room });
    return [...fitted(name, room), ...fitted(words, room - 2).map(line => `  ${line}`)];
  });
}

function besideName(name: string, words: string, { width, room }: { width: number; room: number }): string[] {
  return fitted(words, room - width - 2).map((line, i) => {
    const lead = i === 0 ? name : '';
    return `${lead}${' '.repeat(width - displayWidth(lead) + 2)}${line}`;
  });
}

/** What says why a role is looked at, at the very place of the finding, is said by its title. */
function isWorthALine({ at, operation, ruleId, isReason }: RelatedPlace, finding: Finding): boolean {
  if (operation !== undefined || ruleId !== undefined || isReason) return false;
  return at.range === undefined || placeName(at) !== placeName(finding.at);
}

function placeLines({ at, message }: RelatedPlace, { at: own }: Finding, room: number): string[] {
  return fitted(`${nearbyPlace(at, own)}${visible(shorten(message))}`, room);
}

/** Says of another place only what the reader does not know from the finding's own: often nothing. */
function nearbyPlace(other: SourceRef, own: SourceRef): string {
  const name = placeName(other);
  if (name === placeName(own)) return '';
  const span = spanOf(other);
  if (span === undefined || other.document !== own.document) return `${visible(name)}: `;
  return `${span.line}:${span.column}: `;
}
