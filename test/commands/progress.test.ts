import { expect, test } from 'vitest';
import { collectionProgress } from '../../src/commands/collect/collection-progress.js';
import { progressOn } from '../../src/cli/progress.js';

function drawnBy(columns: number | undefined) {
  const lines: string[] = [];
  let time = 0;
  const stderr = { isTTY: true, write: (text: string) => lines.push(text) };
  const progress = progressOn({ stderr, columns }, { quiet: false }, () => time);
  return { lines, progress, wait: (milliseconds: number) => void (time += milliseconds) };
}

test('says what is done, how far it is and how long it has taken, ten times a second at most', () => {
  const { lines, progress, wait } = drawnBy(80);
  progress.stage('applying rules');
  wait(50);
  progress.update(1, 122, 'rules');
  wait(61_000);
  progress.update(1_200, undefined, 'rows');
  progress.end();
  progress.end();
  expect(lines).toEqual([
    '\r\u001b[2Kapplying rules (0 s)',
    '\r\u001b[2Kapplying rules: 1,200 rows (1 min 1 s)',
    '\r\u001b[2K',
  ]);
});

test.each([
  [20, 'reading a long nam…'],
  [0, 'reading a long name of somebody (0 s)'],
  [undefined, 'reading a long name of somebody (0 s)'],
])('in a terminal of %s columns it is one line', (columns, line) => {
  const { lines, progress } = drawnBy(columns);
  progress.stage('reading a long name of somebody');
  progress.end();
  expect(lines[0]).toBe(`\r\u001b[2K${line}`);
});

test('a collection says what is being read, and how much there is', () => {
  const { lines, progress, wait } = drawnBy(80);
  const onProgress = collectionProgress(progress);
  wait(200);
  onProgress({ what: 'roleAssignments', done: 37, total: 120, rows: 12_345 });
  progress.end();
  expect(lines).toEqual([
    '\r\u001b[2Kreading Azure (0 s)',
    '\r\u001b[2Kreading Azure: 37 of 120 parts (role assignments), 12,345 rows (0 s)',
    '\r\u001b[2K',
  ]);
});
