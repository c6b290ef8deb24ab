import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { commands } from '../src/commands/index.js';

// The worst of what readers stumbled over, in all that users see. A word that returns has to be argued for here.

const rulesFolder = fileURLToPath(new URL('../rules', import.meta.url));
const docsFolder = fileURLToPath(new URL('../docs', import.meta.url));
const sourceFolder = fileURLToPath(new URL('../src', import.meta.url));

/** In rules and help, which are prose alone. */
const inProse =
  /\b(?:whoever|whomever|its holders?|holder|anybody|everybody|nobody|somebody|mends?|mended|mending|stands?|lies|for good|of their own|of their choice|brings? along|differences that are none)\b/i;

/** In strings of the code, where some of the others are needed. */
const inCode = /\b(?:whoever|whomever|everybody|anybody|mended|is no (?:option|object id))\b/i;

/** In documents, where "stands" and "nobody" have their places. */
const inDocs = /\b(?:whoever|whomever|its holder|mends?|anybody|everybody)\b/i;

interface Text {
  readonly where: string;
  readonly text: string;
}

test('rules are written in plain words', () => {
  expect(found([...ruleTexts(), ...groupTexts()], inProse)).toEqual([]);
});

test('titles of findings are short', () => {
  const titles = ruleTexts().filter(({ where }) => /(?:title|headline)$/.test(where));
  expect(titles.filter(({ text }) => text.length > 80)).toEqual([]);
  expect(titles.length).toBeGreaterThan(150);
});

test('a message names the role once', () => {
  const messages = ruleTexts().filter(({ where }) => /message$/.test(where));
  expect(messages.filter(({ text }) => text.split('{role}').length > 2)).toEqual([]);
});

test('help is written in plain words', () => {
  const texts = commands.flatMap(({ name, summary, options, positionals }) =>
    [
      summary,
      ...positionals.map(({ describe }) => describe),
      ...Object.values(options).map(({ describe }) => describe),
    ].map((text): Text => ({ where: name, text })),
  );
  expect(found(texts, inProse)).toEqual([]);
});

test('strings of the code are written in plain words', () => {
  const files = readdirSync(sourceFolder, { recursive: true, encoding: 'utf8' });
  const texts = files.filter(name => /\.tsx?$/.test(name)).flatMap(stringsOf);
  expect(texts.length).toBeGreaterThan(5_000);
  expect(found(texts, inCode)).toEqual([]);
});

test('documents are written in plain words', () => {
  const pages = readdirSync(docsFolder, { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.md'),
  );
  const texts = pages.flatMap(name =>
    readFileSync(join(docsFolder, name), 'utf8')
      .split('\n')
      .map((text, i): Text => ({ where: `${name}:${i + 1}`, text })),
  );
  expect(pages.length).toBeGreaterThan(150);
  expect(found(texts, inDocs)).toEqual([]);
});

function found(texts: readonly Text[], words: RegExp): string[] {
  return texts.filter(({ text }) => words.test(text)).map(({ where, text }) => `${where}: ${text}`);
}

type Json = Record<string, unknown>;

function ruleTexts(): Text[] {
  return jsonIn(rulesFolder).flatMap(rule => {
    const variants = Object.entries((rule['variants'] ?? {}) as Record<string, Json>);
    return [['', rule] as const, ...variants].flatMap(([name, part]) =>
      ['title', 'headline', 'detail', 'message', 'why', 'fix', 'limits'].flatMap(key => {
        const text = part[key];
        return typeof text === 'string' ? [{ where: `${String(rule['id'])} ${name} ${key}`, text }] : [];
      }),
    );
  });
}

function groupTexts(): Text[] {
  return jsonIn(join(rulesFolder, 'operation-groups')).flatMap(({ name, operations }) =>
    (operations as { reason: string }[]).map(({ reason }) => ({ where: String(name), text: reason })),
  );
}

function jsonIn(folder: string): Json[] {
  const names = readdirSync(folder).filter(name => name.endsWith('.json') && !name.endsWith('.schema.json'));
  return names.map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Json);
}

/** String literals, by a reading that is good enough: comments are taken out first. */
function stringsOf(name: string): Text[] {
  const code = readFileSync(join(sourceFolder, name), 'utf8')
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/^\s*\/\/.*$/gm, '');
  const literals = code.match(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g) ?? [];
  return literals.map(text => ({ where: name, text }));
}
