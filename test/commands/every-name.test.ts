import { describe, expect, test } from 'vitest';
import { commandsIn } from '../reporters/commands-in.js';
import { categories, commands as obeyed } from '../reporters/odd-names.js';
import { commands } from '../../src/commands/index.js';
import { expectRuns, fileRuns, formatsOf, type Run } from './file-runs.js';
import { portion, someOf } from '../portion.js';
import { projectNaming } from './project-naming.js';

const ordinary = projectNaming(['Release Pipeline', 'Größe 名前']);
const kinds = Object.values(categories);
const perName = portion({ whole: 3, part: 6 });
const odd = projectNaming([
  // Several to a name, so that a run takes not too long.
  ...Array.from({ length: kinds.length / perName }, (_, at) =>
    kinds.slice(perName * at, perName * (at + 1)).join(''),
  ),
  ...someOf(obeyed, { of: 3 }),
]);

test.each(Object.entries(categories))('there are names of the category %s', (category, name) => {
  expect(name).toMatch(new RegExp(`\\p{${category}}`, 'u'));
});

const ownCommands: Readonly<Record<string, RegExp>> = {
  github: /^::(error|warning|notice)$/,
  azure: /^##vso\[task\.logissue$/,
};

describe.each(commands.filter(({ name }) => name in fileRuns))('$name', command => {
  const runs = fileRuns[command.name]!;
  // Scopes that are none leave it open what an identity holds.
  const oddRuns = runs.map(([code, ...args]): Run => [isCheck(command.name, args) ? 3 : code, ...args]);

  test('gives what its formats promise, of ordinary names', async () => {
    await expectRuns(command, runs, { formats: formatsOf(command), cwd: ordinary });
  });

  test('gives what its formats promise, of names of every kind', { timeout: 300_000 }, async () => {
    for (const { format, text } of await expectRuns(command, oddRuns, {
      formats: formatsOf(command),
      cwd: odd,
    })) {
      const others = commandsIn(text).filter(found => !ownCommands[format]?.test(found));
      expect(others).toEqual([]);
      expect(format === 'csv' ? text.replaceAll('\r\n', '\n') : text).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}]/u);
    }
  });
});

function isCheck(name: string, [file]: readonly string[]): boolean {
  return name === 'check' && file === 'access.json';
}
