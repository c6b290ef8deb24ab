import { expect, test } from 'vitest';
import { LineSplitter } from '../../../src/tenant/snapshot/line-splitter.js';

/** The lines that are handed over, each with its number, of text that comes in pieces of that size. */
function linesOf(text: string, size: number): string[] {
  const found: string[] = [];
  const lines = new LineSplitter(100, line => found.push(`${lines.number}: ${line}`));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) lines.push(bytes.subarray(at, at + size));
  lines.finish();
  return found;
}

test.each([1, 2, 3, 7, 100])('blank lines count and are nothing to read, in pieces of %i bytes', size => {
  const lines = linesOf('\n \t\r\n  first\r\n\n\nsecond line\n \nlast', size);
  // Where a piece ends within a blank line, the line is handed over.
  const full = lines.filter(line => /[a-z]/.test(line));
  expect(full).toEqual(['3:   first\r', '6: second line', '8: last']);
});

test('of ten million blank lines none is handed over', () => {
  let handed = 0;
  const lines = new LineSplitter(100, () => handed++);
  for (let at = 0; at < 10; at++) lines.push(Buffer.alloc(1_000_000, '\n'));
  expect([handed, lines.number]).toEqual([0, 10_000_000]);
});
