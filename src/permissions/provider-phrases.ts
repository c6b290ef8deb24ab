import type { ProviderOperations } from '../catalog/operation-table.js';
import type { Plane } from '../model/role-definition.js';
import { Bitset } from './bitset.js';
import { operationVerbs, withVerb, type OperationVerb } from './operation-verbs.js';
import { byLowerCase, type PermissionSet } from './permission-set.js';
import type { Phrase, Wording } from './role-summary.js';

/** Up to that many operations are named; of more, the number is said. */
const mostNamed = 3;

/** Words for what no area speaks of: per provider and verb, as the catalog has them. */
export function providerPhrases(set: PermissionSet, wording: Wording): Phrase[] {
  const known = (['control', 'data'] as const).flatMap(plane =>
    wording.catalog.operations.providers.flatMap(provider => phrasesOf(provider, plane, wording)),
  );
  return [...known, ...unlistedPhrases(set)];
}

function phrasesOf(provider: ProviderOperations, plane: Plane, { catalog, index, granted, said }: Wording): Phrase[] {
  const here = new Bitset(index.size);
  here.addRange(provider.first, provider.first + provider.count);
  const mine = intersection(granted[plane], here);
  const left = mine.clone();
  left.removeAll(said[plane]);
  if (left.isEmpty) return [];
  const all = intersection(index.mask(plane), here);
  const namesOf = (operations: Bitset): string[] => Array.from(operations, i => catalog.operations.at(i).name);
  const area = catalog.operations.at(provider.first).name.split('/', 1)[0]!;
  return operationVerbs.flatMap(verb => {
    const unsaid = withVerb(left, verb, index);
    if (unsaid.isEmpty) return [];
    const [granted, possible] = [withVerb(mine, verb, index), withVerb(all, verb, index)];
    const words = wordsFor(verb, { area, plane, unsaid: namesOf(unsaid), granted: granted.size, possible: possible.size });
    return [{ phrase: words.phrase, area, plane, operations: words.speaksOfAll ? namesOf(granted) : namesOf(unsaid) }];
  });
}

interface Counts {
  readonly area: string;
  readonly plane: Plane;
  readonly unsaid: readonly string[];
  readonly granted: number;
  readonly possible: number;
}

function wordsFor(verb: OperationVerb, { area, plane, unsaid, granted, possible }: Counts): { phrase: string; speaksOfAll: boolean } {
  const of = plane === 'data' ? `the data of ${area}` : area;
  if (granted === possible && possible > mostNamed) return { phrase: `${verbs[verb]} everything ${everything[verb]} ${of}`, speaksOfAll: true };
  if (unsaid.length <= mostNamed) return { phrase: unsaid.map(name => nameOne(verb, name)).join(', '), speaksOfAll: false };
  return { phrase: `${verbs[verb]} ${granted} of ${possible} ${kinds[verb]} ${of}`, speaksOfAll: true };
}

const verbs: Readonly<Record<OperationVerb, string>> = {
  read: 'reads',
  write: 'creates or changes',
  delete: 'deletes',
  action: 'performs',
};

const everything: Readonly<Record<OperationVerb, string>> = { read: 'in', write: 'in', delete: 'in', action: 'that is an action in' };

const kinds: Readonly<Record<OperationVerb, string>> = {
  read: 'kinds of things in',
  write: 'kinds of things in',
  delete: 'kinds of things in',
  action: 'actions in',
};

/** `Microsoft.Compute/disks/read` as "reads Microsoft.Compute/disks"; an action keeps its name. */
function nameOne(verb: OperationVerb, name: string): string {
  return `${verbs[verb]} ${name.slice(0, name.lastIndexOf('/'))}`;
}

/** Nobody knows what these are: they are not in the catalog. */
function unlistedPhrases(set: PermissionSet): Phrase[] {
  return (['control', 'data'] as const).flatMap(plane => {
    const operations = [...set[plane].unlisted.values()].sort(byLowerCase);
    if (operations.length === 0) return [];
    const what = operations.length === 1 ? 'one operation' : `${operations.length} operations`;
    return [{ phrase: `holds ${what} that the catalog does not know`, area: 'unknown', plane, operations }];
  });
}

function intersection(a: Bitset, b: Bitset): Bitset {
  const both = a.clone();
  both.keepAll(b);
  return both;
}
