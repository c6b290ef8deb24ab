import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ruleText } from '../../src/build/rule-text.js';

const folder = fileURLToPath(new URL('../../rules', import.meta.url));
const files = readdirSync(folder).filter(name => name.endsWith('.json') && !name.endsWith('.schema.json'));

test('an example is a line', () => {
  const examples = [
    {
      title: 'a "quoted" word',
      document: { Actions: ['*/read', 'a/b'], NotActions: [], tags: {} },
      matches: [null, 1],
    },
    { title: 'none', matches: [] },
  ];
  const rule = { id: 'role-empty', options: { most: 1 }, examples };
  expect(ruleText(rule)).toBe(`{
  "id": "role-empty",
  "options": {
    "most": 1
  },
  "examples": [
    { "title": "a \\"quoted\\" word", "document": { "Actions": ["*/read", "a/b"], "NotActions": [], "tags": {} }, "matches": [null, 1] },
    { "title": "none", "matches": [] }
  ]
}
`);
});

test.each(files)('%s holds each example in a line, as npm run docs writes it', file => {
  const text = readFileSync(`${folder}/${file}`, 'utf8');
  expect(text).toBe(ruleText(JSON.parse(text) as object));
});
