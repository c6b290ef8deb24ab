import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fencesOf, withBodies, type Fence } from './markdown-fences.js';
import { projectFolder, runSession } from './shell-session.js';

// What pages show is what happens. A fence "console" is a terminal session, run from the project's folder for pages there
// from docs/examples for pages in docs/, and from the folder of the page's name for scenarios. A fence "json FILE", "jsonc FILE",
// "yaml FILE" or "js FILE" is that file. UPDATE=1 rewrites both; PAGES='docs/usage.md docs/faq.md' looks at these pages alone.

const pages = [
  ...readdirSync(projectFolder).filter(name => name.endsWith('.md')),
  ...pagesIn('docs'),
  ...pagesIn('docs/scenarios'),
].filter(page => process.env['PAGES']?.split(' ').includes(page) !== false);

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
  return fencesOf(markdown).filter(
    ({ info }) => info === 'console' || /^(?:jsonc?|js|yaml|hcl) \S/.test(info),
  );
}

function update(page: string): void {
  const path = join(projectFolder, page);
  const markdown = readFileSync(path, 'utf8');
  const bodies = shownIn(markdown).map(fence => [fence, actual(fence.info, fence.body, page)] as const);
  writeFileSync(path, withBodies(markdown, bodies));
}

function actual(info: string, body: string, page: string): string {
  if (info === 'console') return runSession(body, folderOf(page));
  return readFileSync(join(projectFolder, info.split(' ')[1]!), 'utf8');
}

function folderOf(page: string): string {
  if (page.startsWith('docs/scenarios/')) return page.replace(/\.md$/, '');
  return page.startsWith('docs/') ? 'docs/examples' : '.';
}

function pagesIn(folder: string): string[] {
  return readdirSync(join(projectFolder, folder))
    .filter(name => name.endsWith('.md'))
    .map(name => `${folder}/${name}`);
}
