import { providerOf } from '../model/provider-of.js';
import type { ProviderOperations } from '../catalog/operation-table.js';
import type { Plane } from '../model/role-definition.js';
import { Bitset } from './bitset.js';
import { operationVerbs, withVerb, type OperationVerb } from './operation-verbs.js';
import { byLowerCase, type PermissionSet } from './permission-set.js';
import { intersection, operationNames, type Phrase, type Wording } from './wording.js';

/** Words for what no area speaks of: per provider and verb, as the catalog has them. */
export function providerPhrases(set: PermissionSet, wording: Wording): Phrase[] {
  const known = planes.flatMap(plane =>
    wording.catalog.operations.providers.flatMap(provider => phrasesOf(provider, plane, wording)),
  );
  return [...known, ...planes.flatMap(plane => unlistedPhrases(set, plane))];
}

const planes: readonly Plane[] = ['control', 'data'];

/** Up to that many operations are named; of more, the number is said. */
const maxNamed = 3;

/** The area of all that no area describes. */
export const otherOperations = 'other operations';

function phrasesOf(provider: ProviderOperations, plane: Plane, wording: Wording): Phrase[] {
  const { index, granted, said } = wording;
  const here = new Bitset(index.size);
  here.addRange(provider.first, provider.first + provider.count);
  const mine = intersection(granted[plane], here);
  const left = mine.clone();
  left.removeAll(said[plane]);
  if (left.isEmpty) return [];
  const all = intersection(index.mask(plane), here);
  return operationVerbs.flatMap(verb => {
    const operations = {
      left: withVerb(left, verb, index),
      mine: withVerb(mine, verb, index),
      all: withVerb(all, verb, index),
    };
    return operations.left.isEmpty ? [] : [phraseOf(verb, plane, operations, wording)];
  });
}

/** Everything, a few by name, or how many of how many. Numbers speak of all that is granted, said before or not. */
function phraseOf(
  verb: OperationVerb,
  plane: Plane,
  { left, mine, all }: Readonly<Record<'left' | 'mine' | 'all', Bitset>>,
  wording: Wording,
): Phrase {
  const operations = operationNames(mine, wording);
  const provider = providerOf(operations[0]!);
  if (mine.size === all.size && all.size > maxNamed) {
    return {
      phrase: `${everything[verb]} in ${within(provider, plane)}`,
      area: otherOperations,
      plane,
      operations,
    };
  }
  if (left.size <= maxNamed) {
    const named = operationNames(left, wording);
    const phrase = `${verbs[verb]} ${listOf(named.map(typeOf))} in ${within(provider, plane)}`;
    return { phrase, area: otherOperations, plane, operations: named };
  }
  const phrase = `${verbs[verb]} ${mine.size} of ${all.size} ${kinds[verb]} in ${within(provider, plane)}`;
  return { phrase, area: otherOperations, plane, operations };
}

function within(provider: string, plane: Plane): string {
  return plane === 'data' ? `the data of ${provider}` : provider;
}

const verbs: Readonly<Record<OperationVerb, string>> = {
  read: 'reads',
  write: 'creates or changes',
  delete: 'deletes',
  action: 'performs',
};

const kinds: Readonly<Record<OperationVerb, string>> = {
  read: 'kinds of things',
  write: 'kinds of things',
  delete: 'kinds of things',
  action: 'actions',
};

const everything: Readonly<Record<OperationVerb, string>> = {
  read: 'reads everything',
  write: 'creates or changes everything',
  delete: 'deletes everything',
  action: 'performs every action',
};

/** `Microsoft.Compute/disks/read` as "disks". */
function typeOf(operation: string): string {
  const [, ...segments] = operation.split('/');
  const isVerb = (operationVerbs as readonly string[]).includes(segments.at(-1)?.toLowerCase() ?? '');
  return (isVerb ? segments.slice(0, -1) : segments).join('/') || 'the provider';
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Nobody knows what these are. */
function unlistedPhrases(set: PermissionSet, plane: Plane): Phrase[] {
  const operations = [...set[plane].unlisted.values()].sort(byLowerCase);
  if (operations.length === 0) return [];
  const what = operations.length === 1 ? 'one operation' : `${operations.length} operations`;
  return [
    { phrase: `holds ${what} that the catalog does not know`, area: otherOperations, plane, operations },
  ];
}
