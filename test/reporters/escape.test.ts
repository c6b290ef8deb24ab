import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  escapeAzureProperty,
  escapeGithubProperty,
  escapeJsonText,
  escapeMarkdown,
  escapeXml,
  markdownCode,
  shorten,
  toUriReference,
  visible,
} from '../../src/reporters/escape.js';

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
])('visible(%j)', (text, expected) => {
  expect(visible(text)).toBe(expected);
});

test('visible() changes nothing the second time', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => visible(visible(text)) === visible(text)));
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
  { escape: toUriReference, text: 'a b\\c:d/é', expected: 'a%20b/c%3Ad/%C3%A9' },
  { escape: markdownCode, text: 'a`b|c<d>', expected: '`a\\u{60}b\\u{7c}c\\u{3c}d>`' },
  { escape: escapeMarkdown, text: '*a* _b_ `c` | \\', expected: '\\*a\\* \\_b\\_ \\`c\\` \\| \\\\' },
  { escape: escapeMarkdown, text: '<b>&amp;', expected: '&lt;b&gt;&amp;amp;' },
  { escape: escapeMarkdown, text: '[a](https://b)', expected: '\\[a\\](https:<!-- -->//b)' },
  { escape: escapeMarkdown, text: '@octocat a/b#1', expected: '@<!-- -->octocat a/b#<!-- -->1' },
  { escape: escapeMarkdown, text: 'www.a.example', expected: 'www<!-- -->.a.example' },
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
