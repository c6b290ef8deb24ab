import { describe, expect, test } from 'vitest';
import { fixDocument, type FixableFinding } from '../../../src/lint/fix/fix-document.js';
import type { Fix } from '../../../src/lint/checks/match.js';
import { type JsonNode, pointerOf } from '../../../src/input/json-node.js';
import { readJson, readJsonTemplate } from '../../../src/input/json.js';
import type { SourceDocument } from '../../../src/input/source-document.js';
import { OperationIndex } from '../../../src/rbac/permissions/operation-index.js';
import { shippedCatalog } from '../../shipped-catalog.js';

const tools = { catalog: shippedCatalog, index: new OperationIndex(shippedCatalog) };
const score = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action';
const blobRead = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';

function role(lists: string): string {
  return `{\n  "Name": "Scorer",\n  "Description": "Calls endpoints.",\n${lists},\n  "AssignableScopes": ["/"]\n}\n`;
}

/** A finding of the entry with that pointer, as a check would make it. */
function finding(document: SourceDocument, pointer: string, fix: Fix): FixableFinding {
  const waiting: JsonNode[] = [document.root!];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (pointerOf(node) === pointer) {
      const action = node.kind === 'string' ? String(node.value) : '';
      const at = { document, pointer, range: { start: node.start, end: node.end } };
      return { at, fix, evidence: { action } } as unknown as FixableFinding;
    }
    if (node.kind === 'array') waiting.push(...node.items);
    if (node.kind === 'object') waiting.push(...node.members.map(member => member.value));
  }
  throw new Error(`no ${pointer}`);
}

function fixed(
  text: string,
  ...fixes: [pointer: string, fix: Fix][]
): { text: string; applied: number; refused: number; reasons: readonly string[] } {
  const document = readJson(text, 'role.json');
  const result = fixDocument(
    document,
    fixes.map(([pointer, fix]) => finding(document, pointer, fix)),
    tools,
  );
  return {
    text: result.text,
    applied: result.applied.length,
    refused: result.refused.length,
    reasons: result.refused.map(({ reason }) => reason),
  };
}

test('a duplicate goes with its line', () => {
  const text = role(`  "Actions": [\n    "${score}", // the call\n    "${score.toLowerCase()}"\n  ]`);
  expect(fixed(text, ['/Actions/1', { kind: 'remove', effect: 'none' }])).toMatchObject({
    text: role(`  "Actions": [\n    "${score}" // the call\n  ]`),
    applied: 1,
    refused: 0,
  });
});

test('removing what is no duplicate is refused, the other fix is applied', () => {
  const text = role(`  "Actions": ["${score}", "Microsoft.Compute/virtualMachines/read", "${score}"]`);
  expect(fixed(text, ['/Actions/1', remove], ['/Actions/2', remove])).toMatchObject({
    text: role(`  "Actions": ["${score}", "Microsoft.Compute/virtualMachines/read"]`),
    applied: 1,
    refused: 1,
  });
});

test('a data action moves to a list that is there', () => {
  const text = role(`  "Actions": ["${score}", "${blobRead}"],\n  "DataActions": []`);
  expect(fixed(text, ['/Actions/1', { kind: 'move', to: 'dataActions', effect: 'intended' }])).toMatchObject({
    text: role(`  "Actions": ["${score}"],\n  "DataActions": ["${blobRead}"]`),
    applied: 1,
    refused: 0,
  });
});

test('a data action moves to a list made for it, spelt like its neighbours', () => {
  const text = role(`  "Actions": ["${score}", "${blobRead}"]`);
  expect(fixed(text, ['/Actions/1', { kind: 'move', to: 'dataActions', effect: 'intended' }]).text).toBe(
    role(`  "Actions": ["${score}"],\n  "DataActions": ["${blobRead}"]`),
  );
});

test('trailing blanks and a typo are replaced in place', () => {
  const typo = 'Microsoft.Compute/virtualMachines/raed';
  const text = role(`  "Actions": ["${score} ", "${typo}"]`);
  expect(
    fixed(
      text,
      ['/Actions/0', { kind: 'replace', text: score, effect: 'none' }],
      ['/Actions/1', { kind: 'replace', text: 'Microsoft.Compute/virtualMachines/read', effect: 'intended' }],
    ),
  ).toMatchObject({
    text: role(`  "Actions": ["${score}", "Microsoft.Compute/virtualMachines/read"]`),
    applied: 2,
    refused: 0,
  });
});

test('a replacement that would grant something else than it names is refused', () => {
  const text = role('  "Actions": ["Microsoft.Compute/virtualMachines/*"]');
  const widen: Fix = { kind: 'replace', text: 'Microsoft.Compute/*', effect: 'none' };
  expect(fixed(text, ['/Actions/0', widen])).toMatchObject({ text, applied: 0, refused: 1 });
});

const toData: Fix = { kind: 'move', to: 'dataActions', effect: 'intended' };
const remove: Fix = { kind: 'remove', effect: 'none' };

describe('a data action moves', () => {
  const source = `  "Actions": ["${score}", "${blobRead}"],\n`;
  test.each([
    {
      name: 'to a list that was null',
      before: `${source}  "DataActions": null`,
      after: `  "Actions": ["${score}"],\n  "DataActions": ["${blobRead}"]`,
    },
    {
      name: 'behind a comment that takes up the rest of the line',
      before: `${source}  "DataActions": ["${blobRead.replace(/read$/, 'write')}" // uploads\n  ]`,
      after:
        `  "Actions": ["${score}"],\n` +
        `  "DataActions": ["${blobRead.replace(/read$/, 'write')}", // uploads\n  "${blobRead}"\n  ]`,
    },
    {
      name: 'nowhere where the list has it already',
      before: `${source}  "DataActions": ["${blobRead}"]`,
      after: `  "Actions": ["${score}"],\n  "DataActions": ["${blobRead}"]`,
    },
    {
      name: 'once where it stood twice',
      before: `  "Actions": ["${blobRead.toUpperCase()}", "${blobRead}"]`,
      pointer: '/Actions/0',
      after: `  "Actions": [],\n  "DataActions": ["${blobRead.toUpperCase()}"]`,
      others: ['/Actions/1'],
    },
    {
      name: 'past a comment that suppresses what another list has',
      before: `${source}  "DataActions": [],\n  // azrbac-ignore action-casing: as the service spells it\n  "NotActions": []`,
      after: `  "Actions": ["${score}"],\n  "DataActions": ["${blobRead}"],\n  // azrbac-ignore action-casing: as the service spells it\n  "NotActions": []`,
    },
    {
      name: 'to a list from which something else goes, however that is spelt',
      before: `${source}  "dataActions": ["*/read", "*/read"]`,
      after: `  "Actions": ["${score}"],\n  "dataActions": ["*/read", "${blobRead}"]`,
      removed: '/dataActions/1',
    },
    {
      name: 'to its own permission, though the keys around it stand twice',
      before: `  "permissions": [],\n  "permissions": [{ "actions": ["${blobRead}"] }],\n  "Actions": []`,
      pointer: '/permissions/0/actions/0',
      after: `  "permissions": [],\n  "permissions": [{ "actions": [], "dataActions": ["${blobRead}"] }],\n  "Actions": []`,
    },
  ])('$name', ({ before, pointer = '/Actions/1', others = [], removed, after }) => {
    const fixes = [pointer, ...others].map((at): [string, Fix] => [at, toData]);
    if (removed !== undefined) fixes.push([removed, remove]);
    expect(fixed(role(before), ...fixes)).toMatchObject({ text: role(after), applied: fixes.length });
  });
});

describe('nothing is done, and said why', () => {
  const source = `  "Actions": ["${score}", "${blobRead}"],\n`;
  const move: [string, Fix] = ['/Actions/1', toData];
  test.each([
    {
      name: 'the other list is a string',
      lists: `${source}  "DataActions": "${blobRead}"`,
      fix: move,
      reason: '"DataActions" is not a list',
    },
    {
      name: 'the other list is an object',
      lists: `${source}  "DataActions": {}`,
      fix: move,
      reason: '"DataActions" is not a list',
    },
    {
      name: 'a list stands twice',
      lists: `${source}  "DataActions": [],\n  "dataActions": []`,
      fix: move,
      reason: '"DataActions" stands there more than once, and tools differ in which one counts',
    },
    {
      name: 'it would be taken away at once',
      lists: `${source}  "NotDataActions": ["*/read"]`,
      fix: move,
      reason: 'NotDataActions takes away what it would grant there',
    },
    {
      name: 'nothing else in the list covers the entry',
      lists: `  "Actions": ["${score}", "${blobRead}"]`,
      fix: ['/Actions/1', remove],
      reason: 'no other entry of its list covers it',
    },
    {
      name: 'a lone string is no list',
      lists: `  "Actions": "${score} "`,
      fix: ['/Actions', { kind: 'replace', text: score, effect: 'none' }],
      reason: 'it is not about an entry of a list',
    },
    {
      name: 'an object is no list',
      lists: `  "Actions": { "0": "${score} " }`,
      fix: ['/Actions/0', { kind: 'replace', text: score, effect: 'none' }],
      reason: 'it is not about an entry of a list',
    },
    {
      name: 'a suppression would get at the entry that follows',
      lists: `  "Actions": [\n    "${score}",\n    // azrbac-ignore action-casing: as the service spells it\n    "${score.toLowerCase()}",\n    "${blobRead}"\n  ]`,
      fix: ['/Actions/1', remove],
      reason: 'a comment that suppresses findings would then speak of another entry',
    },
    {
      name: 'a suppression would get at what comes into an empty list',
      lists: `${source}  "DataActions": /* azrbac-ignore action-casing: as it is spelt */ null`,
      fix: move,
      reason: 'a comment that suppresses findings would then speak of another entry',
    },
    {
      name: 'a comma is missing',
      lists: `  "Actions": ["${score}" "${score}"]`,
      fix: ['/Actions/1', remove],
      reason: 'the text is not sound JSON (line 4)',
    },
  ] as const)('$name', ({ lists, fix: [pointer, fix], reason }) => {
    const text = role(lists);
    expect(fixed(text, [pointer, fix])).toMatchObject({ text, applied: 0, reasons: [reason] });
  });
});

test('two faults of one entry are mended together', () => {
  const text = role(`  "Actions": ["${score}", "${score} "]`);
  const mended = { text: role(`  "Actions": ["${score}"]`), applied: 2, refused: 0 };
  const replace: Fix = { kind: 'replace', text: score, effect: 'none' };
  expect(fixed(text, ['/Actions/1', replace], ['/Actions/1', remove])).toMatchObject(mended);
  expect(fixed(text, ['/Actions/1', remove], ['/Actions/1', replace])).toMatchObject(mended);
});

test('a suppression of the list as a whole is in nobody’s way', () => {
  const comment = '  // azrbac-ignore action-casing: as the service spells it\n';
  const lists = (...entries: readonly string[]) =>
    role(`${comment}  "Actions": [\n${entries.map(text => `    "${text}"`).join(',\n')}\n  ]`);
  expect(fixed(lists(score, score), ['/Actions/1', remove])).toMatchObject({
    text: lists(score),
    applied: 1,
  });
});

test('of two fixes of one kind the first is done', () => {
  const [one, other] = [score, score.toLowerCase()].map(
    (text): Fix => ({ kind: 'replace', text, effect: 'none' }),
  );
  const text = role(`  "Actions": ["${score} "]`);
  expect(fixed(text, ['/Actions/0', one!], ['/Actions/0', other!]).text).toBe(
    role(`  "Actions": ["${score}"]`),
  );
});

test.each([
  ['nowhere', undefined],
  ['where nothing stands by itself', { start: 3, end: 4 }],
])('what is found %s is not fixed', (_, range) => {
  const document = readJson(role(`  "Actions": ["${score}", "${score}"]`), 'role.json');
  const found = finding(document, '/Actions/1', remove);
  const { refused } = fixDocument(document, [{ ...found, at: { ...found.at, range } }], tools);
  expect(refused.map(({ reason }) => reason)).toEqual(['it is not about an entry of a list']);
});

test.each([
  ['-', undefined],
  ['roles/scorer', undefined],
  ['main.tf', 'fixes are not written into Terraform yet'],
  ['main.bicep', 'fixes are not written into Bicep yet'],
])('a text from %s: %s', (file, reason) => {
  const document = readJson(role(`  "Actions": ["${score}", "${score}"]`), file);
  const { refused } = fixDocument(document, [finding(document, '/Actions/1', remove)], tools);
  expect(refused.map(each => each.reason)).toEqual(reason === undefined ? [] : [reason]);
});

test.each([
  { file: 'role.json.tpl', scope: '${scope}', applied: 1 },
  { file: 'role.json.tpl', scope: '%{ if all }/%{ endif }', applied: 0 },
  { file: 'role.json.tpl', scope: '${scope}", ${more}, "/', applied: 0 },
  { file: 'role.json.j2', scope: '{% if all %}/{% endif %}', applied: 0 },
])('a template with "$scope": $applied fixed', ({ file, scope, applied }) => {
  const text = role(`  "Actions": ["${score}", "${score}"]`).replace('"/"', () => `"${scope}"`);
  const document = readJsonTemplate(text, file);
  const result = fixDocument(document, [finding(document, '/Actions/1', remove)], tools);
  expect(result.applied).toHaveLength(applied);
});

test('a text that would come back from the file as another is not written', () => {
  const text = role(`  "Actions": ["${score}", "${score}"]`);
  const document = readJson(text, 'role.json');
  const fromDisk = (written: string): string => written.replace('Scorer', 'Scor\ufffd');
  const result = fixDocument(document, [finding(document, '/Actions/1', remove)], { ...tools, fromDisk });
  expect(result).toMatchObject({ text, applied: [] });
  expect(result.refused[0]!.reason).toBe('more of the text would change than the fix is about');
});
