import { expect, test } from 'vitest';
import { fixDocument, type FixableFinding } from '../../src/fix/fix-document.js';
import type { Fix } from '../../src/checks/check.js';
import { type JsonNode, pointerOf } from '../../src/input/json-node.js';
import { readJson } from '../../src/input/json.js';
import type { SourceDocument } from '../../src/input/source-document.js';
import { OperationIndex } from '../../src/permissions/operation-index.js';
import { shippedCatalog } from '../shipped-catalog.js';

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
): { text: string; applied: number; refused: number } {
  const document = readJson(text, 'role.json');
  const result = fixDocument(
    document,
    fixes.map(([pointer, fix]) => finding(document, pointer, fix)),
    tools,
  );
  return { text: result.text, applied: result.applied.length, refused: result.refused.length };
}

test('a duplicate goes with its line', () => {
  const text = role(`  "Actions": [\n    "${score}", // the call\n    "${score.toLowerCase()}"\n  ]`);
  expect(fixed(text, ['/Actions/1', { kind: 'remove', effect: 'none' }])).toEqual({
    text: role(`  "Actions": [\n    "${score}" // the call\n  ]`),
    applied: 1,
    refused: 0,
  });
});

test('removing what is no duplicate is refused, the other fix is applied', () => {
  const text = role(`  "Actions": ["${score}", "Microsoft.Compute/virtualMachines/read", "${score}"]`);
  const remove: Fix = { kind: 'remove', effect: 'none' };
  expect(fixed(text, ['/Actions/1', remove], ['/Actions/2', remove])).toEqual({
    text: role(`  "Actions": ["${score}", "Microsoft.Compute/virtualMachines/read"]`),
    applied: 1,
    refused: 1,
  });
});

test('a data action moves to a list that is there', () => {
  const text = role(`  "Actions": ["${score}", "${blobRead}"],\n  "DataActions": []`);
  expect(fixed(text, ['/Actions/1', { kind: 'move', to: 'dataActions', effect: 'intended' }])).toEqual({
    text: role(`  "Actions": ["${score}"],\n  "DataActions": ["${blobRead}"]`),
    applied: 1,
    refused: 0,
  });
});

test('a data action moves to a list made for it, spelt like its neighbours', () => {
  const text = role(`  "Actions": ["${score}", "${blobRead}"]`);
  expect(fixed(text, ['/Actions/1', { kind: 'move', to: 'dataActions', effect: 'intended' }]).text).toBe(
    role(`  "DataActions": ["${blobRead}"],\n  "Actions": ["${score}"]`),
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
  ).toEqual({
    text: role(`  "Actions": ["${score}", "Microsoft.Compute/virtualMachines/read"]`),
    applied: 2,
    refused: 0,
  });
});

test('a replacement that would grant something else than it names is refused', () => {
  const text = role('  "Actions": ["Microsoft.Compute/virtualMachines/*"]');
  const widen: Fix = { kind: 'replace', text: 'Microsoft.Compute/*', effect: 'none' };
  expect(fixed(text, ['/Actions/0', widen])).toEqual({ text, applied: 0, refused: 1 });
});
