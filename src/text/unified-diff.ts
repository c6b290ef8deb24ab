import { changedLines, type LineChange } from './changed-lines.js';

/** A text before and after, and the file that holds it: relative, with slashes. */
export interface ChangedText {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** What changed, as `git apply` and `patch -p1` take it, with three lines around each change; empty where nothing did. */
export function unifiedDiff({ path, before, after }: ChangedText): string {
  const [old, now] = [linesOf(before), linesOf(after)];
  const hunks = hunksOf(changedLines(old, now), old.length);
  if (hunks.length === 0) return '';
  const head = `--- ${nameOf(`a/${path}`)}\n+++ ${nameOf(`b/${path}`)}\n`;
  return head + hunks.map(hunk => hunkText(hunk, old, now)).join('');
}

/** Changes so near to each other that the lines around them meet, with those lines. */
interface Hunk {
  readonly start: number;
  end: number;
  readonly changes: LineChange[];
}

const around = 3;

function hunksOf(changes: readonly LineChange[], oldLines: number): Hunk[] {
  const hunks: Hunk[] = [];
  for (const change of changes) {
    const last = hunks.at(-1);
    const end = Math.min(oldLines, change.oldEnd + around);
    if (last !== undefined && change.oldStart - around <= last.end) {
      last.changes.push(change);
      last.end = end;
    } else hunks.push({ start: Math.max(0, change.oldStart - around), end, changes: [change] });
  }
  return hunks;
}

function hunkText({ start, end, changes }: Hunk, old: readonly string[], now: readonly string[]): string {
  const [first, last] = [changes[0]!, changes.at(-1)!];
  const newStart = first.newStart - (first.oldStart - start);
  const newEnd = last.newEnd + (end - last.oldEnd);
  const lines: string[] = [];
  let at = start;
  const add = (mark: string, text: string): void => {
    lines.push(text.endsWith('\n') ? `${mark}${text}` : `${mark}${text}\n\\ No newline at end of file\n`);
  };
  for (const { oldStart, oldEnd, newStart: from, newEnd: to } of changes) {
    for (const line of old.slice(at, oldStart)) add(' ', line);
    for (const line of old.slice(oldStart, oldEnd)) add('-', line);
    for (const line of now.slice(from, to)) add('+', line);
    at = oldEnd;
  }
  for (const line of old.slice(at, end)) add(' ', line);
  return `@@ -${rangeOf(start, end)} +${rangeOf(newStart, newEnd)} @@\n${lines.join('')}`;
}

/** An empty range is named by the line in front of it. */
function rangeOf(start: number, end: number): string {
  return start === end ? `${start},0` : `${start + 1},${end - start}`;
}

/** Each with its line break; the last one may have none. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** As Git writes it: odd characters in quotes, and a tab behind a name with blanks. */
function nameOf(path: string): string {
  if (!/["\\\p{Cc}]/u.test(path)) return path.includes(' ') ? `${path}\t` : path;
  const escaped = path.replace(/["\\\p{Cc}]/gu, character =>
    character === '"' || character === '\\'
      ? `\\${character}`
      : Array.from(Buffer.from(character), byte => `\\${byte.toString(8).padStart(3, '0')}`).join(''),
  );
  return `"${escaped}"`;
}
