import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder, runSession } from './shell-session.js';
import { terminalPicture } from './terminal-picture.js';

// Pictures of docs/pictures are drawn from what azrbac prints; UPDATE=1 draws them anew.

test('the terminal of the README is what azrbac prints', () => {
  const file = join(projectFolder, 'docs/pictures/lint.svg');
  const drawn = terminalPicture(runSession('$ azrbac lint docs/examples/\n', '.'));
  if (process.env['UPDATE'] === '1') writeFileSync(file, drawn);
  expect(readFileSync(file, 'utf8')).toBe(drawn);
  expect(drawn).toContain('<tspan class="high">HIGH</tspan>');
});

test('names in a picture are no markup', () => {
  expect(terminalPicture('$ azrbac lint "<script>&"\n')).toContain('"&lt;script&gt;&amp;"');
});
