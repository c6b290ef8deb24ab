import { describe, expect, test } from 'vitest';
import { readJson } from '../../../src/input/json.js';
import { readInlineSuppressions } from '../../../src/lint/engine/inline-suppressions.js';
import { found, lintFiles } from './lint-text.js';

const wildcard = '"Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action"';
const scopes = '"AssignableScopes": ["/subscriptions/11111111-1111-1111-1111-111111111111"]';
const roleOf = (actions: string): string =>
  `{\n  "Name": "Client",\n  "Description": "Calls endpoints.",\n  "Actions": [\n${actions}\n  ],\n  ${scopes}\n}`;
const left = (actions: string): string[] =>
  found(lintFiles({ 'client.jsonc': roleOf(actions) })).map(text => text.split(' ')[1]!);

describe('a comment is read as', () => {
  test.each([
    ['// azrbac-ignore role-destroys: cleans up', ['role-destroys'], 'cleans up'],
    [
      '// azrbac-ignore role-destroys, role-exports-data: cleans up',
      ['role-destroys', 'role-exports-data'],
      'cleans up',
    ],
    [
      '// azrbac-ignore role-destroys/literal: see https://example.com/4',
      ['role-destroys/literal'],
      'see https://example.com/4',
    ],
    ['//azrbac-ignore role-destroys:cleans up', ['role-destroys'], 'cleans up'],
    ['/* azrbac-ignore role-destroys:\n   cleans   up */', ['role-destroys'], 'cleans up'],
    ['// azrbac-ignore role-destroys', ['role-destroys'], undefined],
    ['// azrbac-ignore role-destroys:  ', ['role-destroys'], undefined],
    ['// azrbac-ignore role-destroys cleans up', ['role-destroys'], undefined],
    ['// azrbac-ignore', [''], undefined],
    ['// azrbac-ignore: cleans up', [''], 'cleans up'],
    ['// azrbac-ignored role-destroys: cleans up', [], undefined],
    ['// see azrbac-ignore role-destroys: cleans up', [], undefined],
  ])('%j', (comment, rules, reason) => {
    const read = readInlineSuppressions(readJson(`${comment}\n{}`, 'role.jsonc'));
    expect(read.map(({ rule }) => rule)).toEqual(rules);
    expect(new Set(read.map(({ reason }) => reason))).toEqual(new Set(rules.length === 0 ? [] : [reason]));
  });
});

describe('a comment is about the next line:', () => {
  test.each([
    ['above it', `    // azrbac-ignore ml-scoring-wildcard: known\n    ${wildcard}`, []],
    ['above it, as a block', `    /* azrbac-ignore ml-scoring-wildcard: known */\n    ${wildcard}`, []],
    ['before it on the same line', `    /* azrbac-ignore ml-scoring-wildcard: known */ ${wildcard}`, []],
    [
      'above it, with other comments and blank lines between',
      `    // azrbac-ignore ml-scoring-wildcard: known\n\n    // Endpoints\n\n    ${wildcard}`,
      [],
    ],
    [
      'at the end of the line before',
      `    "Microsoft.Compute/disks/read", // azrbac-ignore ml-scoring-wildcard: known\n    ${wildcard}`,
      [],
    ],
    [
      'behind it',
      `    ${wildcard} // azrbac-ignore ml-scoring-wildcard: known`,
      ['ml-scoring-wildcard', 'suppression-unused'],
    ],
    [
      'two lines above it',
      `    // azrbac-ignore ml-scoring-wildcard: known\n    "Microsoft.Compute/disks/read",\n    ${wildcard}`,
      ['suppression-unused', 'ml-scoring-wildcard'],
    ],
    [
      'inside of a string',
      `    "// azrbac-ignore ml-scoring-wildcard: known",\n    ${wildcard}`,
      ['action-illegal-characters', 'ml-scoring-wildcard'],
    ],
  ])('%s', (_, actions, remaining) => {
    expect(left(actions)).toEqual(remaining);
  });

  test('with the line ends of Windows', () => {
    expect(
      found(
        lintFiles({
          'a.jsonc': roleOf(`    // azrbac-ignore ml-scoring-wildcard: known\n    ${wildcard}`).replaceAll(
            '\n',
            '\r\n',
          ),
        }),
      ),
    ).toEqual([]);
  });
});

test('what an inline suppression accepts is kept apart, with its reason', () => {
  const { suppressed } = lintFiles({
    'a.jsonc': roleOf(`    // azrbac-ignore ml-scoring-wildcard: known\n    ${wildcard}`),
  });
  expect(suppressed.map(({ finding, by, reason }) => [finding.rule.id, by, reason])).toEqual([
    ['ml-scoring-wildcard', 'inline', 'known'],
  ]);
});

test('100,000 comments on one line are read', () => {
  const text = `[${'/* azrbac-ignore role-destroys: x */1,'.repeat(100_000)}0]`;
  const document = readJson(text, 'role.jsonc');
  expect(readInlineSuppressions(document)).toHaveLength(100_000);
});
