import { expect, test } from 'vitest';
import { failWith } from '../../src/cli/fail.js';
import type { Io } from '../../src/cli/io.js';
import { UserError } from '../../src/errors.js';

function failed(error: unknown): { exitCode: number; stderr: string } {
  let stderr = '';
  const io = { stderr: { write: (text: string) => (stderr += text) } } as unknown as Io;
  const exitCode = failWith(error, io);
  return { exitCode, stderr };
}

test("a mistake of the user's is a sentence and a hint", () => {
  expect(failed(new UserError('There is no role "Raeder".', { hint: 'Did you mean "Reader"?' }))).toEqual({
    exitCode: 2,
    stderr: 'azrbac: There is no role "Raeder".\nDid you mean "Reader"?\n',
  });
});

test('a bug says that it is one and shows its stack', () => {
  const { exitCode, stderr } = failed(new TypeError('role is undefined'));
  expect(stderr).toMatch(
    /^azrbac: This is a bug in azrbac, .*\nTypeError: role is undefined\n {4}at .*fail\.test\.ts/,
  );
  expect(exitCode).toBe(2);
});

test('a bug shows its causes', () => {
  const cause = new RangeError('no operation 7');
  expect(failed(new Error('The rule "role-empty" failed on role "Reader".', { cause })).stderr).toContain(
    'RangeError: no operation 7',
  );
});

test.each([
  { name: 'an error', error: new Error('in role "\u001b[2J"') },
  { name: 'no error at all', error: '\u001b[2J' },
])('$name cannot command the terminal', ({ error }) => {
  expect(failed(error).stderr).not.toContain('\u001b');
});

test('a mistake that quotes a megabyte is shortened, and says at its end what is wrong', () => {
  const long = 'x'.repeat(1_000_000);
  const { stderr } = failed(new UserError(`"${long}" is not a key of the configuration.`, { hint: long }));
  expect(stderr.length).toBeLessThan(10_000);
  expect(stderr).toMatch(/^azrbac: "x+…x+" is not a key of the configuration\.\nx+…x+\n$/);
});
