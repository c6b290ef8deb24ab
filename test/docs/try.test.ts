import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fencesOf } from './markdown-fences.js';
import { projectFolder } from './shell-session.js';

// What a reader of the README alone has to do stays little. The README shows the same commands.

const page = readFileSync(join(projectFolder, 'docs/try.md'), 'utf8');
const readme = readFileSync(join(projectFolder, 'README.md'), 'utf8');

test.each([
  { task: 'The first finding', atMost: 2 },
  { task: 'A commit hook', atMost: 3 },
  { task: 'A report of a tenant', atMost: 3 },
])('$task takes at most $atMost commands, which the README has', ({ task, atMost }) => {
  const section = page.split('\n## ').find(text => text.startsWith(task))!;
  const [commands] = fencesOf(section).filter(({ info }) => info === 'sh');
  const lines = commands!.body.trim().split('\n');
  expect(lines.length).toBeLessThanOrEqual(atMost);
  expect(lines.filter(line => !readme.includes(line.replace(/^npx /, '')))).toEqual([]);
});
