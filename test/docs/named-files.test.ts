import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from './shell-session.js';

// Pages for those who work on azrbac name files, which move.

const inProject = /^(?:src|test|rules|role-catalog|docs)\/[\w./-]+$/;
/** The parts of a layer, with whose names walks begin. */
const layers = /^(?:bin|commands|workspace|input|rbac|tenant|lint|analysis|reporters)\//;

function codeIn(text: string): string[] {
  return Array.from(text.matchAll(/`([^`\n]+)`/g), ([, code]) => code!);
}

function missing(files: readonly string[]): string[] {
  return files.filter(file => !existsSync(join(projectFolder, file)));
}

test.each([
  ['CONTRIBUTING.md', 25],
  ['docs/architecture.md', 10],
  ['docs/glossary.md', 60],
])('%s names files that are there', (page, atLeast) => {
  // A path of the rule that somebody adds has ID in it; one of any command or format, angle brackets.
  const named = codeIn(readFileSync(join(projectFolder, page), 'utf8')).filter(
    code => inProject.test(code) && !/\bID\b/.test(code),
  );
  expect(named.length).toBeGreaterThan(atLeast);
  expect(missing(named)).toEqual([]);
});

test('both walks lead through files that are there, at most 15 each', () => {
  const page = readFileSync(join(projectFolder, 'docs/architecture.md'), 'utf8');
  const walks = page
    .slice(page.indexOf('## Two walks'))
    .split('\n\n')
    .filter(part => part.startsWith('**From'));
  expect(walks).toHaveLength(2);
  for (const walk of walks) {
    const files = codeIn(walk.slice(walk.indexOf(':**'))).filter(code => layers.test(code));
    const counted = Number(/: (\d+) files\.$/.exec(walk.trim())?.[1]);
    // The check of a rule is one of many, in a folder that the walk names.
    expect(files.length).toBe(counted);
    expect(counted).toBeLessThanOrEqual(15);
    expect(missing(files.map(file => `src/${file}`))).toEqual([]);
  }
});
