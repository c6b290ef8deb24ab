import { expect, test } from 'vitest';
import type { Io } from '../../src/commands/io.js';
import { progressLine } from '../../src/commands/progress-line.js';

function terminal(isTTY: boolean): { io: Io; written(): string } {
  let text = '';
  const stderr = { isTTY, write: (part: string) => (text += part) };
  return { io: { stderr, columns: 60 } as unknown as Io, written: () => text };
}

const progress = { what: 'roleAssignments', done: 120, total: 500, rows: 24_000 };

test('a terminal shows what is being read, how much and how long', () => {
  const { io, written } = terminal(true);
  let now = 0;
  const line = progressLine({ quiet: false }, io, () => now);
  now = 12_000;
  line.onProgress(progress);
  expect(written()).toBe('\rReading role assignments, 120 of 500; 24,000 rows, 12 s\u001b[K');
  line.clear();
  expect(written()).toMatch(/\r\u001b\[K$/);
});

test('it is written over ten times a second at most', () => {
  const { io, written } = terminal(true);
  let now = 1_000;
  const line = progressLine({ quiet: false }, io, () => now);
  for (; now < 2_000; now += 1) line.onProgress(progress);
  expect(written().split('\r').length - 1).toBeLessThanOrEqual(10);
});

test.each([
  { name: 'a pipe', isTTY: false, quiet: false },
  { name: 'who asked for quiet', isTTY: true, quiet: true },
])('$name gets nothing', ({ isTTY, quiet }) => {
  const { io, written } = terminal(isTTY);
  const line = progressLine({ quiet }, io);
  line.onProgress(progress);
  line.clear();
  expect(written()).toBe('');
});
