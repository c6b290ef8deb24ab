import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changedLines } from '../../src/text/changed-lines.js';
import { unifiedDiff } from '../../src/text/unified-diff.js';
import { portion } from '../portion.js';
import { seededRandom } from '../seeded.js';

const folder = mkdtempSync(join(tmpdir(), 'azrbac-diff-'));

/** What Git makes of the text before, given the difference. */
function applied(path: string, before: string, diff: string): string {
  writeFileSync(join(folder, path), before);
  execFileSync('git', ['apply', '--whitespace=nowarn', '-'], { cwd: folder, input: diff });
  return readFileSync(join(folder, path), 'utf8');
}

test('a change has three lines around it', () => {
  const before = 'a\nb\nc\nd\ne\nf\ng\nh\n';
  expect(unifiedDiff({ path: 'roles/a.json', before, after: before.replace('e\n', 'E\n') })).toBe(
    '--- a/roles/a.json\n+++ b/roles/a.json\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n',
  );
  expect(unifiedDiff({ path: 'a', before, after: before })).toBe('');
});

test.each(['role.json', 'my role.json', 'größe.json', 'a"b\\c\td.json', 'tab\tonly'])(
  'Git applies a difference of %j',
  path => {
    const [before, after] = ['{\r\n  "a": 1\r\n}', '{\r\n  "b": 2\r\n}\n'];
    expect(applied(path, before, unifiedDiff({ path, before, after }))).toBe(after);
  },
);

/** By the table of longest common sequences. */
function fewestEdits(before: readonly string[], after: readonly string[]): number {
  let row = after.map(() => 0);
  for (const line of before) {
    let [left, diagonal] = [0, 0];
    row = row.map((up, i) => {
      const value = after[i] === line ? diagonal + 1 : Math.max(up, left);
      [left, diagonal] = [value, up];
      return value;
    });
  }
  return before.length + after.length - 2 * (row.at(-1) ?? 0);
}

test('random changes are the fewest, and Git applies them', () => {
  const random = seededRandom(11);
  const pick = (n: number): number => Math.floor(random() * n);
  const text = (): string[] => Array.from({ length: pick(14) }, () => 'abc'[pick(3)]!);
  for (let i = 0; i < portion({ whole: 20_000, part: 3_000 }); i++) {
    const [before, after] = [text(), text()];
    const changes = changedLines(before, after);
    const edits = changes.map(
      ({ oldStart, oldEnd, newStart, newEnd }) => oldEnd - oldStart + newEnd - newStart,
    );
    expect(edits.reduce((sum, n) => sum + n, 0)).toBe(fewestEdits(before, after));
    const texts = [before, after].map(
      lines => lines.join('\n') + (pick(2) === 0 && lines.length > 0 ? '\n' : ''),
    );
    const [old, now] = texts as [string, string];
    const diff = unifiedDiff({ path: 'x.json', before: old, after: now });
    // What takes away all of a file takes the file away.
    if (i % 60 === 0 && diff !== '' && now !== '' && old !== '')
      expect(applied('x.json', old, diff)).toBe(now);
  }
});
