import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findCommand } from '../../src/commands/find-command.js';
import { parseCommandLine } from '../../src/cli/parse-command-line.js';
import { fencesOf } from './markdown-fences.js';
import { projectFolder } from './shell-session.js';

// Command lines in scripts and pipelines that cannot be run here must at least be ones that azrbac understands.

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...['docs', 'docs/scenarios'].flatMap(folder =>
    readdirSync(join(projectFolder, folder))
      .filter(isPage)
      .map(name => `${folder}/${name}`),
  ),
];

const commandLines = pages.flatMap(page =>
  fencesOf(readFileSync(join(projectFolder, page), 'utf8'))
    .filter(({ info }) => ['sh', 'yaml'].includes(info))
    .flatMap(({ body }) =>
      Array.from(body.matchAll(commandLine()), ([, rest]) => ({ page, words: wordsOf(rest!) })),
    )
    .filter(({ words }) => words.length > 0),
);

test('there are command lines to look at', () => {
  expect(commandLines.length).toBeGreaterThan(10);
});

test.each(commandLines)('$page: azrbac $words', ({ words }) => {
  const found = findCommand(words);
  if (found.kind === 'help') return;
  expect(() => parseCommandLine(found.command, found.rest)).not.toThrow();
});

function isPage(name: string): boolean {
  return name.endsWith('.md');
}

function commandLine(): RegExp {
  return /^[^#\n]*?(?:npx (?:--no-install )?azrbac|entry: azrbac|\| azrbac|^azrbac)((?: [^|>#\n]+)?)/gm;
}

function wordsOf(rest: string): string[] {
  return Array.from(
    rest.matchAll(/'([^']*)'|"([^"]*)"|([^\s'"]+)/g),
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
}
