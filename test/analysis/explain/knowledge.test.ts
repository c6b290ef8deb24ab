import { expect, test } from 'vitest';
import { loadKnowledge, type TrapCase } from '../../../src/analysis/explain/known-errors.js';
import { Bitset } from '../../../src/rbac/permissions/bitset.js';
import { OperationIndex } from '../../../src/rbac/permissions/operation-index.js';
import { explain } from './explain-text.js';
import { shippedCatalog } from '../../shipped-catalog.js';

const { errors, traps } = loadKnowledge();
const index = new OperationIndex(shippedCatalog);

test('ids are unique', () => {
  const ids = [...errors, ...traps].map(({ id }) => id);
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual(['wrong-audience']);
});

test.each(errors)(
  '$id can be found and is about what there is',
  ({ codes, phrases, needs, traps: applied = [], yieldsTo = [], alsoNeeds = [] }) => {
    const words = [...phrases.flat(), ...alsoNeeds];
    expect(words.filter(word => word !== word.toLowerCase() || word.trim() !== word || word === '')).toEqual(
      [],
    );
    expect(applied.filter(id => !traps.some(trap => trap.id === id))).toEqual([]);
    expect(yieldsTo.filter(id => !errors.some(error => error.id === id))).toEqual([]);
    expect(codes.filter(code => !/^[A-Za-z_0-9:-]+$/.test(code))).toEqual([]);
    const operations = [
      ...(needs?.control ?? []).map(name => [name, 'control']),
      ...(needs?.data ?? []).map(name => [name, 'data']),
    ];
    const wrong = operations.filter(([name = '', plane]) => {
      const operation = shippedCatalog.findOperation(name);
      return operation?.name !== name || (operation.plane !== plane && operation.plane !== 'both');
    });
    expect(wrong).toEqual([]);
  },
);

test('no code belongs to two errors', () => {
  const codes = errors.flatMap(error => error.codes.map(code => code.toLowerCase()));
  expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
});

test.each([...errors, ...traps])('$id has a page of Microsoft to read', ({ reference }) => {
  expect(reference).toMatch(
    /^https:\/\/learn\.microsoft\.com\/(?:azure|entra|graph|cli|rest|troubleshoot)\/[a-z0-9/-]+$/,
  );
});

test.each(traps)('$id is one sentence or two and applies somewhere', ({ id, sentence, when }) => {
  expect(sentence).toMatch(/^[A-Z].*\.$/);
  const patterns = when.flatMap(({ operations = [] }: TrapCase) => operations);
  expect(patterns.filter(pattern => index.expand(pattern).isEmpty)).toEqual([]);
  expect(when.length > 0 || errors.some(error => error.traps?.includes(id))).toBe(true);
});

test.each([
  ['not-actions-no-deny', 'Contributor'],
  ['data-scientist-lists-no-keys', 'AzureML Data Scientist'],
])('%s speaks of operations that %s leaves out through NotActions', (id, name) => {
  const unionOf = (patterns: readonly string[]): Bitset => {
    const all = new Bitset(index.size);
    for (const pattern of patterns) all.addAll(index.expand(pattern));
    return all;
  };
  const role = shippedCatalog.builtInRoles.find(name)!;
  const left = unionOf(role.permissions.flatMap(({ notActions }) => notActions.map(entry => entry.text)));
  const cases = traps.find(trap => trap.id === id)!.when;
  const spoken = unionOf(cases.flatMap(({ operations = [] }) => operations));
  expect(spoken.size).toBeGreaterThan(1);
  expect(spoken.isSubsetOf(left)).toBe(true);
});

test('there are many kinds of errors, and each says where its words are from', () => {
  expect(errors.length).toBeGreaterThanOrEqual(90);
  const sources = errors.map(({ source, reference }) => source ?? reference);
  expect(sources.filter(source => !/^https:\/\/(?:learn\.microsoft|github)\.com\//.test(source))).toEqual([]);
});

test.each(errors)('$id is found in its samples', ({ id, samples }) => {
  expect(samples.length).toBeGreaterThanOrEqual(2);
  const missed = samples.filter(sample => !explain(sample).explanations.some(({ error }) => error === id));
  expect(missed).toEqual([]);
});
