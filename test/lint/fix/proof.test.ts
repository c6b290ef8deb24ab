import { expect, test } from 'vitest';
import { pointerOf, type JsonNode } from '../../../src/input/json-node.js';
import { readJson } from '../../../src/input/json.js';
import type { Fix } from '../../../src/lint/checks/match.js';
import { type FixableFinding, planFixes } from '../../../src/lint/fix/plan.js';
import { unprovedIn } from '../../../src/lint/fix/proof.js';
import { suppressedStretches } from '../../../src/lint/fix/suppressed-stretches.js';
import { OperationIndex } from '../../../src/rbac/permissions/operation-index.js';
import { shippedCatalog } from '../../shipped-catalog.js';

// Texts that a mistake in the fixing might write: the proof must not let one of them through.

const tools = { catalog: shippedCatalog, index: new OperationIndex(shippedCatalog) };
const read = 'Microsoft.Storage/storageAccounts/read';
const unclear = 'Anyscale.Platform/agreements/read';
const blobRead = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read';

function nodesOf(root: JsonNode): JsonNode[] {
  const children =
    root.kind === 'array' ? root.items : root.kind === 'object' ? root.members.map(({ value }) => value) : [];
  return [root, ...children.flatMap(nodesOf)];
}

/** Why the fix at that place is not proved by the text that came of it. */
function objections(before: string, pointer: string, fix: Fix, after: string | undefined): string[] {
  const document = readJson(before, 'role.json');
  const { start, end } = nodesOf(document.root!).find(node => pointerOf(node) === pointer)!;
  const at = { document, pointer, range: { start, end } };
  const { planned } = planFixes(document, [{ at, fix, evidence: {} } as unknown as FixableFinding]);
  expect(planned).toHaveLength(1);
  return unprovedIn(document, after, planned, tools).map(({ reason }) => reason);
}

const role = (permission: string): string =>
  `{ "Name": "Reader of blobs", "IsCustom": true,\n  ${permission},\n  "AssignableScopes": ["/"] }\n`;
const duplicate = role(`"Actions": ["${read}", /* once */ "${blobRead}", "${read}"]`);
const more = 'more of the text would change than the fix is about';

test.each<[string, string | undefined, string[]]>([
  ['the duplicate alone is gone', role(`"Actions": ["${read}", /* once */ "${blobRead}"]`), []],
  ['blanks in the list differ', role(`"Actions": [ "${read}" , /* once */ "${blobRead}" ]`), []],
  ['nothing was written', undefined, ['the encoding of the file would not hold the changed text']],
  ['nothing changed', duplicate, [more]],
  ['all is gone', '', [more]],
  ['the text is damaged', role(`"Actions": ["${read}", /* once */ "${blobRead}"`), [more]],
  ['the other one is gone', role(`"Actions": ["${read}", /* once */ "${read}"]`), [more]],
  ['one more is gone', role(`"Actions": ["${read}" /* once */]`), [more]],
  ['all entries are gone', role('"Actions": [/* once */]'), [more]],
  ['the comment is gone', role(`"Actions": ["${read}", "${blobRead}"]`), [more]],
  ['the comment is another one', role(`"Actions": ["${read}", /* twice */ "${blobRead}"]`), [more]],
  ['the comment stands elsewhere', role(`"Actions": [/* once */ "${read}", "${blobRead}"]`), [more]],
  ['the comment is an entry', role(`"Actions": ["${read}", "/* once */", "${blobRead}"]`), [more]],
  ['the order is another', role(`"Actions": [/* once */ "${blobRead}", "${read}"]`), [more]],
  ['an entry is another', role(`"Actions": ["${read}", /* once */ "${blobRead}s"]`), [more]],
  ['an entry is new', role(`"Actions": ["${read}", /* once */ "${blobRead}", "*"]`), [more]],
  ['the list has another name', role(`"NotActions": ["${read}", /* once */ "${blobRead}"]`), [more]],
  ['the list is a text', role(`"Actions": "${read}"`), [more]],
  ['the list is an object', role(`"Actions": {"${read}": /* once */ "${blobRead}"}`), [more]],
  [
    'what stands before it changed',
    role(`"Actions": ["${read}", /* once */ "${blobRead}"]`).replace('Reader', 'Writer'),
    [more],
  ],
  [
    'what stands behind it changed',
    role(`"Actions": ["${read}", /* once */ "${blobRead}"]`).replace('["/"]', '["/a"]'),
    [more],
  ],
  ['the end changed', role(`"Actions": ["${read}", /* once */ "${blobRead}"]`).trimEnd(), [more]],
  [
    'another member came',
    role(`"Actions": ["${read}", /* once */ "${blobRead}"], "DataActions": []`),
    [more],
  ],
])('removing a duplicate: %s', (_, after, expected) => {
  expect(objections(duplicate, '/Actions/2', { kind: 'remove', effect: 'none' }, after)).toEqual(expected);
});

const misplaced = role(`"Actions": ["${read}", "${blobRead}"], "NotActions": []`);
const moved = (data: string, actions = `["${read}"]`): string =>
  role(`"Actions": ${actions}, "NotActions": []${data}`);

test.each<[string, string, string[]]>([
  ['it moves', moved(`, "DataActions": ["${blobRead}"]`), []],
  ['it stands in both', moved(`, "DataActions": ["${blobRead}"]`, `["${read}", "${blobRead}"]`), [more]],
  ['it is lost', moved(''), [more]],
  ['the new list is empty', moved(`, "DataActions": []`), ['dataActions would not hold it']],
  ['the new list holds another', moved(`, "DataActions": ["*"]`), [more]],
  ['the new list holds a number', moved(`, "DataActions": [1]`), [more]],
  ['the new list has another name', moved(`, "NotDataActions": ["${blobRead}"]`), [more]],
  ['the new list is none', moved(`, "DataActions": "${blobRead}"`), [more]],
  ['a comment came', moved(`, "DataActions": ["${blobRead}" /* new */]`), [more]],
  ['a comment came behind', moved(`, "DataActions": ["${blobRead}"] /* new */`), [more]],
  [
    'it stands in front',
    role(`"DataActions": ["${blobRead}"], "Actions": ["${read}"], "NotActions": []`),
    [more],
  ],
  ['a comment came in front', moved(`, /* new */ "DataActions": ["${blobRead}"]`), [more]],
])('moving a data action: %s', (_, after, expected) => {
  const fix: Fix = { kind: 'move', to: 'dataActions', effect: 'intended' };
  const found = objections(misplaced, '/Actions/1', fix, after);
  expect(found.map(reason => reason.replace('DataActions', 'dataActions'))).toEqual(expected);
});

test.each<[string, readonly string[]]>([
  ['["a"]', []],
  ['[/* why */ "a",\n"b"]', []],
  ['[/* azrbac-ignore x: y */ "a",\n"b"]', ['"a",']],
  ['[\n// azrbac-ignore x: y\n"a",\n"b"]', ['"a",']],
  ['["a" // azrbac-ignore x: y\n,\r\n"b"]', ['"b"]']],
  ['[/* azrbac-ignore x: y */ /* why */ "a"\n]', ['"a"']],
  ['[/* azrbac-ignore x: y */\n/* why */\n// and\n"a"\n]', ['"a"']],
  ['[/* azrbac-ignore x: y */ "a",\n/* azrbac-ignore x: y */ "b"\n]', ['"a",', '"b"']],
  ['[] // azrbac-ignore x: y', ['']],
])('%j: comments speak of %j', (text, expected) => {
  const found = suppressedStretches(readJson(text, 'role.json'));
  expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(expected);
});

test.each<{ what: string; before: string; at: string; fix: Fix; after: string; reasons: string[] }>([
  {
    what: 'an entry under a wider one goes',
    before: role(`"Actions": ["${read}", "Microsoft.Storage/*"]`),
    at: '/Actions/0',
    fix: { kind: 'remove', effect: 'none' },
    after: role('"Actions": ["Microsoft.Storage/*"]'),
    reasons: [],
  },
  {
    what: 'an entry under no other stays',
    before: role(`"Actions": ["${read}", "Microsoft.Compute/*"]`),
    at: '/Actions/0',
    fix: { kind: 'remove', effect: 'none' },
    after: role('"Actions": ["Microsoft.Compute/*"]'),
    reasons: ['no other entry of its list covers it'],
  },
  {
    what: 'blanks go',
    before: role(`"Actions": ["${read} "]`),
    at: '/Actions/0',
    fix: { kind: 'replace', text: read, effect: 'none' },
    after: role(`"Actions": ["${read}"]`),
    reasons: [],
  },
  {
    what: 'another operation is no way to write the same',
    before: role(`"Actions": ["${read} "]`),
    at: '/Actions/0',
    fix: { kind: 'replace', text: 'Microsoft.Storage/skus/read', effect: 'none' },
    after: role('"Actions": ["Microsoft.Storage/skus/read"]'),
    reasons: ['what would stand there means something else'],
  },
  {
    what: 'a wildcard of data actions moves',
    before: role(`"Actions": ["${read}", "${blobRead.replace('/read', '/*')}"], "DataActions": []`),
    at: '/Actions/1',
    fix: { kind: 'move', to: 'dataActions', effect: 'intended' },
    after: role(`"Actions": ["${read}"], "DataActions": ["${blobRead.replace('/read', '/*')}"]`),
    reasons: [],
  },
  {
    what: 'a wildcard that is about control as well does not move',
    before: role(`"Actions": ["${read}", "${blobRead.replace('/blobs/read', '/*')}"], "DataActions": []`),
    at: '/Actions/1',
    fix: { kind: 'move', to: 'dataActions', effect: 'intended' },
    after: role(`"Actions": ["${read}"], "DataActions": ["${blobRead.replace('/blobs/read', '/*')}"]`),
    reasons: ['the role would grant more or less than the fix is for'],
  },
  {
    what: 'a wildcard of which all would be taken away there does not move',
    before: role(
      `"Actions": ["${blobRead.replace('/read', '/*')}"], "NotDataActions": ["*"], "DataActions": []`,
    ),
    at: '/Actions/0',
    fix: { kind: 'move', to: 'dataActions', effect: 'intended' },
    after: role(
      `"Actions": [], "NotDataActions": ["*"], "DataActions": ["${blobRead.replace('/read', '/*')}"]`,
    ),
    reasons: ['NotDataActions takes away what it would grant there'],
  },
  {
    what: 'an operation of unknown plane that is spelled out stays beside a wildcard, which may not grant it',
    before: role(`"Actions": ["${unclear}", "${unclear.replace('read', '*')}"]`),
    at: '/Actions/0',
    fix: { kind: 'remove', effect: 'none' },
    after: role(`"Actions": ["${unclear.replace('read', '*')}"]`),
    reasons: ['the role would grant more or less than the fix is for'],
  },
  {
    what: 'what is no permission of a role stays as it is',
    before: role(`"Actions": ["${read}"], "Note": { "Actions": ["${read}", "${read}"] }`),
    at: '/Note/Actions/1',
    fix: { kind: 'remove', effect: 'none' },
    after: role(`"Actions": ["${read}"], "Note": { "Actions": ["${read}"] }`),
    reasons: ['it is not about a permission of a role'],
  },
  {
    what: 'what would be taken away there does not move',
    before: role(`"Actions": [], "NotActions": ["${read}"], "DataActions": ["${read}"]`),
    at: '/DataActions/0',
    fix: { kind: 'move', to: 'actions', effect: 'intended' },
    after: role(`"Actions": ["${read}"], "NotActions": ["${read}"], "DataActions": []`),
    reasons: ['NotActions takes away what it would grant there'],
  },
])('$what: $reasons', ({ before, at, fix, after, reasons }) => {
  expect(objections(before, at, fix, after)).toEqual(reasons);
});
