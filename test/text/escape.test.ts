import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  escapeAzureProperty,
  escapeGithubProperty,
  escapeJsonText,
  escapeMarkdown,
  escapeProse,
  escapeSarifMessage,
  escapeXml,
  markdownCode,
  shorten,
  toUriReference,
  visible,
} from '../../src/text/escape.js';
import { parseXml } from '../reporters/parse-xml.js';

test.each([
  ['Größe 名前 🔑 é "a" \\ <b>', 'Größe 名前 🔑 é "a" \\ <b>'],
  ['\u001b[31mred', '\\u{1b}[31mred'],
  ['a\r\nb\tc', 'a\\u{d}\\u{a}b\\u{9}c'],
  ['abc\u202edef', 'abc\\u{202e}def'],
  ['tag\u{e0041}', 'tag\\u{e0041}'],
  ['\ud800', '\\u{d800}'],
  ['a\u00a0b', 'a\\u{a0}b'],
  ['::error::a', '\\u{3a}:error::a'],
  ['  ::error::a', '  \\u{3a}:error::a'],
  ['Microsoft.Storage::a', 'Microsoft.Storage::a'],
  ['a ##vso[task.x]b ##[group]', 'a #\\u{23}vso[task.x]b #\\u{23}[group]'],
  ['## heading', '## heading'],
  ['\ufffe\uffff\ufdd0\u{10ffff}', '\\u{fffe}\\u{ffff}\\u{fdd0}\\u{10ffff}'],
  ["##teamcity[buildStop comment='']", "#\\u{23}teamcity[buildStop comment='']"],
  ['--- a group', '\\u{2d}-- a group'],
  ['+++ a group', '\\u{2b}++ a group'],
  ['~~~ a group', '\\u{7e}~~ a group'],
  ['^^^ +++', '\\u{5e}^^ +++'],
  ['---', '---'],
  ['a --- b', 'a --- b'],
])('visible(%j)', (text, expected) => {
  expect(visible(text)).toBe(expected);
});

test('visible() changes nothing the second time', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => visible(visible(text)) === visible(text)));
});

/** All of Unicode, lone surrogates included, in texts of 4,096 code points. */
const everyCodePoint = Array.from({ length: 0x110000 / 4096 }, (_, at) => {
  return Array.from({ length: 4096 }, (_, offset) => String.fromCodePoint(at * 4096 + offset)).join('-');
});

test('no code point is left that cannot be seen, or is none', () => {
  for (const text of everyCodePoint)
    expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u);
});

test('escapeXml() leaves only what XML 1.0 allows', () => {
  for (const text of everyCodePoint) expect(parseXml(`<a>${escapeXml(text)}</a>`)).toEqual(['a', '/a']);
});

test.each([
  { text: 'Role "{role}"', expected: 'Role "{{role}}"' },
  { text: 'a\u0007\n\u{e0041}', expected: 'a\\u0007\\u000a\\udb40\\udc41' },
  { text: '::error::{0}', expected: '\\u003a:error::{{0}}' },
  { text: '[a](b)', expected: '[a]\\u0028b)' },
])('escapeSarifMessage($text) holds no placeholder', ({ text, expected }) => {
  expect(escapeSarifMessage(text)).toBe(expected);
});

test('escapeJsonText() changes the text, not the value', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constant('##vso[a]\u202e\u{e0041}\ud800\u2028')),
      text => {
        expect(JSON.parse(escapeJsonText(JSON.stringify({ [text]: text })))).toEqual(
          JSON.parse(JSON.stringify({ [text]: text })),
        );
      },
    ),
  );
});

test('escapeJsonText() writes what cannot be seen as ASCII', () => {
  expect(escapeJsonText(JSON.stringify(['\u007f\u202e\u{e0041}', '##vso[a]'], null, 1))).toBe(
    '[\n "\\u007f\\u202e\\udb40\\udc41",\n "#\\u0023vso[a]"\n]',
  );
});

test.each([
  {
    escape: escapeXml,
    text: '<a href="x">\'&\u0000</a>',
    expected: '&#60;a href=&#34;x&#34;&#62;&#39;&#38;\\u{0}&#60;/a&#62;',
  },
  { escape: escapeGithubProperty, text: 'a,b:c%\n', expected: 'a%2Cb%3Ac%25\\u{a}' },
  { escape: escapeAzureProperty, text: 'a;b]c%\n', expected: 'a%3Bb%5Dc%AZP25\\u{a}' },
  { escape: toUriReference, text: 'a b\\c:d/é', expected: 'a%20b%5Cc%3Ad/%C3%A9' },
  { escape: markdownCode, text: 'a`b|c<d>', expected: '`a\\u{60}b\\u{7c}c\\u{3c}d>`' },
  { escape: escapeMarkdown, text: '*a* _b_ `c` | \\', expected: '\\*a\\* \\_b\\_ \\`c\\` \\| \\\\' },
  { escape: escapeMarkdown, text: '<b>&amp;', expected: '&lt;b&gt;&amp;amp;' },
  { escape: escapeMarkdown, text: '[a](https://b)', expected: '\\[a\\](https:<!-- -->//b)' },
  { escape: escapeMarkdown, text: '@octocat a/b#1', expected: '@<!-- -->octocat a/b#<!-- -->1' },
  { escape: escapeMarkdown, text: 'www.a.example', expected: 'www<!-- -->.a.example' },
  { escape: escapeProse, text: 'Use `a*b`, not *', expected: 'Use `a*b`, not \\*' },
  { escape: escapeMarkdown, text: '$x$', expected: '<span>$</span>x<span>$</span>' },
])('$escape.name($text)', ({ escape, text, expected }) => {
  expect(escape(text)).toBe(expected);
});

test.each([
  { text: 'abc', limit: 3, expected: 'abc' },
  { text: 'abcd', limit: 3, expected: 'abc…' },
  { text: 'ab🔑', limit: 3, expected: 'ab…' },
])('shorten($text, $limit)', ({ text, limit, expected }) => {
  expect(shorten(text, limit)).toBe(expected);
});
