import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fencesOf, withBodies, type Fence } from './markdown-fences.js';
import { projectFolder, runSession } from './shell-session.js';

// What pages show is what happens. A fence "console" is a terminal session, run from the project's folder for pages there
// and from docs/examples for pages in docs/. A fence "json FILE", "jsonc FILE" or "js FILE" is that file. UPDATE=1 rewrites both.

const pages = [
  ...readdirSync(projectFolder).filter(name => name.endsWith('.md')),
  ...readdirSync(join(projectFolder, 'docs'))
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name}`),
];

describe.each(pages)('%s', page => {
  if (process.env['UPDATE'] === '1') update(page);
  const markdown = readFileSync(join(projectFolder, page), 'utf8');

  test.each(shownIn(markdown))('line $line shows what is so', ({ info, body }) => {
    expect(body).toBe(actual(info, body, page));
  });

  test('links lead somewhere', () => {
    const targets = Array.from(markdown.matchAll(/\]\((?!https?:)([^)#\s]+)/g), ([, target]) => target!);
    const missing = targets.filter(
      target => !existsSync(join(projectFolder, posix.join(dirname(page), target))),
    );
    expect(missing).toEqual([]);
  });
});

function shownIn(markdown: string): Fence[] {
  return fencesOf(markdown).filter(({ info }) => info === 'console' || /^(?:jsonc?|js) \S/.test(info));
}

function update(page: string): void {
  const path = join(projectFolder, page);
  const markdown = readFileSync(path, 'utf8');
  const bodies = shownIn(markdown).map(fence => [fence, actual(fence.info, fence.body, page)] as const);
  writeFileSync(path, withBodies(markdown, bodies));
}

function actual(info: string, body: string, page: string): string {
  if (info === 'console') return runSession(body, page.startsWith('docs/') ? 'docs/examples' : '.');
  return readFileSync(join(projectFolder, info.split(' ')[1]!), 'utf8');
}
