import type { SourceRef } from '../../input/source-document.js';
import type { Finding } from '../../lint/engine/finding.js';
import { detailOf, titleOf } from '../../lint/engine/wording.js';
import { displayWidth } from '../../text/display-width.js';
import { shorten, visible } from '../../text/escape.js';
import { fitted, fittedWhole } from '../../text/break-long.js';
import { spanOf } from '../../text/source-span.js';
import { excerptOf, meantText } from './excerpt.js';
import type { Fold } from './finding-groups.js';
import { evidenceLines, isSpelledOut, stringOf } from './evidence-text.js';
import { fixOf } from './fix-text.js';
import { withShortNames } from './short-names.js';
import { bodyIndent, bodyLines, bodyRoom, type TextPage } from './text-page.js';

/** Lines of findings that say the same: place, severity, title and rule, then what is behind them. */
export function foldLines(fold: Fold, page: TextPage): string[] {
  const [first] = fold;
  const details = fold.length === 1 ? singleLines(first, page) : memberLines(fold, page);
  return [...headLines(fold, page), ...details, ...closing(first, page)];
}

const maxFolded = 5;

function headLines(fold: Fold, { paint, columns }: TextPage): string[] {
  const [first, ...others] = fold;
  const { at, severity, rule } = first;
  const span = spanOf(at);
  const place = (span === undefined ? '-' : `${span.line}:${span.column}`).padEnd(6);
  const gap = ' '.repeat(8 - severity.length);
  const lead = `  ${paint.muted(place)} ${paint.severity(severity, severity.toUpperCase())}${gap}  `;
  const room = columns - headWidth;
  const title = fitted(visible(titleOf(first)), room);
  const rest = [visible(rule.id), foldedPlaces(others), span === undefined ? visible(at.pointer) : '']
    .filter(part => part !== '')
    .join('  ');
  const isBeside = displayWidth(`${title.at(-1)}   ${rest}`) <= room;
  const painted = title.map(paint.title);
  const lines = isBeside
    ? [...painted.slice(0, -1), `${painted.at(-1)}   ${paint.muted(rest)}`]
    : [...painted, ...fitted(rest, room).map(paint.muted)];
  return lines.map((line, i) => `${i === 0 ? lead : ' '.repeat(headWidth)}${line}`);
}

/** Two blanks, the place, a blank, the severity, two blanks. */
const headWidth = 2 + 6 + 1 + 8 + 2;

function foldedPlaces(others: readonly Finding[]): string {
  if (others.length === 0) return '';
  const places = others.slice(0, maxPlaces).flatMap(({ at }) => {
    const span = spanOf(at);
    return span === undefined ? [] : [`${span.line}:${span.column}`];
  });
  const more = others.length > maxPlaces ? ` and ${others.length - maxPlaces} more` : '';
  return `${others.length + 1}x, also ${places.join(', ')}${more}`;
}

const maxPlaces = 8;

/** The text that is meant, what the rule says of it, and each thing that shows it. */
function singleLines(finding: Finding, page: TextPage): string[] {
  const detail = shortDetail(finding);
  const source = isSpelledOut(finding) ? [] : sourceLines(finding.at, page);
  return [
    ...source,
    ...(detail === '' ? [] : bodyLines(visible(detail), page)),
    ...evidenceLines(finding, page).map(line => `${bodyIndent}${line}`),
  ];
}

function shortDetail(finding: Finding): string {
  return withShortNames(shorten(detailOf(finding)), stringOf(finding));
}

/** What tells several apart that say the same: their details, else their own text. */
function memberLines(fold: Fold, page: TextPage): string[] {
  const members = fold.slice(0, maxFolded);
  const more = fold.length > maxFolded ? [`${bodyIndent}and ${fold.length - maxFolded} more`] : [];
  const details = [...new Set(members.map(shortDetail))].filter(detail => detail !== '');
  const lines =
    details.length === 0
      ? members.flatMap(({ at }) => sourceLines(at, page))
      : joinedDetails(details).flatMap(detail => bodyLines(visible(detail), page));
  return [...lines, ...more];
}

/** `Azure spells it "a", "b".` where sentences differ in what they quote alone. */
function joinedDetails(details: readonly string[]): readonly string[] {
  const parts = details.flatMap(detail => {
    const [, before, quoted, after] = /^([^"]*")([^"]*)("[^"]*)$/.exec(detail) ?? [];
    return before === undefined ? [] : [{ before, quoted, after }];
  });
  const [first] = parts;
  const differElsewhere =
    parts.length < details.length ||
    parts.some(({ before, after }) => before !== first?.before || after !== first.after);
  if (first === undefined || details.length < 2 || differElsewhere) return details;
  return [`${first.before}${parts.map(({ quoted }) => quoted).join('", "')}${first.after}`];
}

/** Nothing where it was shown before, or is no single text. */
function sourceLines(at: SourceRef, page: TextPage): string[] {
  const { paint, shown } = page;
  const meant = meantText(at);
  const key = `text ${at.range?.start}`;
  if (shown.has(key)) return [];
  shown.add(key);
  if (meant !== undefined) return bodyLines(visible(meant), page).slice(0, maxSourceLines).map(paint.mark);
  const excerpt = excerptOf(at, bodyRoom(page) - 1);
  if (excerpt === undefined || excerpt.rest !== '') return [];
  return [`${bodyIndent}${paint.muted(excerpt.text)}`, `${bodyIndent}${paint.mark(excerpt.mark)}`];
}

const maxSourceLines = 3;

/** Why, where that is asked for, and how to fix it. */
function closing(finding: Finding, page: TextPage): string[] {
  const { paint, verbose, shown } = page;
  const { rule } = finding;
  const lines: string[] = [];
  if (verbose && !shown.has(`why ${rule.id}`)) lines.push(...labelled('why: ', rule.why));
  shown.add(`why ${rule.id}`);
  // What people paste into the file is whole.
  const fix = fixOf(finding);
  if (shown.has(`fix ${fix}`)) return lines;
  shown.add(`fix ${fix}`);
  return [...lines, ...labelled('fix: ', fix, fittedWhole)];

  function labelled(label: string, text: string, fit = fitted): string[] {
    const room = bodyRoom(page) - label.length;
    return fit(visible(shorten(text)), room).map((line, i) =>
      i === 0
        ? `${bodyIndent}${paint.muted(label)}${line}`
        : `${bodyIndent}${' '.repeat(label.length)}${line}`,
    );
  }
}
