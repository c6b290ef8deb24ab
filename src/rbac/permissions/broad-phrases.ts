import type { Plane } from '../model/role-definition.js';
import { operationVerbs, withVerb, type OperationVerb } from './operation-verbs.js';
import { operationNames, type Phrase, type RoleSummary, type Wording } from './wording.js';

/** From this share on, what is missing is the exception. */
const nearlyAll = 0.9;

/** What a role does across all providers, if it is that broad, and what it does not do anywhere. */
export function broadPhrases(wording: Wording): RoleSummary {
  const can = planes.flatMap(plane => operationVerbs.flatMap(verb => broadPhrase(plane, verb, wording)));
  return { can, cannot: can.length === 0 ? [] : [...cannotChange(wording), ...cannotUseData(wording)] };
}

const planes = ['control', 'data'] as const;

const names: Readonly<Record<Plane, string>> = {
  control: 'Azure Resource Manager',
  data: 'the data of services',
};

const words: Readonly<Record<Plane, Readonly<Record<OperationVerb, (share: string) => string>>>> = {
  control: {
    read: share => `reads ${share} that Azure Resource Manager shows`,
    write: share => `creates and changes ${share}`,
    delete: share => `deletes ${share}`,
    action: share =>
      `performs ${share === 'everything' ? 'every action' : 'nearly every action'} on resources`,
  },
  data: {
    read: share => `reads ${share} that services store`,
    write: share => `writes ${share} that services store`,
    delete: share => `deletes ${share} that services store`,
    action: share =>
      `performs ${share === 'everything' ? 'every action' : 'nearly every action'} on the data of services`,
  },
};

function broadPhrase(plane: Plane, verb: OperationVerb, wording: Wording): Phrase[] {
  const { index, granted, said } = wording;
  const all = withVerb(index.mask(plane), verb, index);
  const mine = withVerb(granted[plane], verb, index);
  if (mine.size < all.size * nearlyAll || all.isEmpty) return [];
  said[plane].addAll(mine);
  const isAll = mine.size === all.size;
  const phrase = words[plane][verb](isAll ? 'everything' : 'nearly everything');
  const counted = isAll ? phrase : `${phrase} (${mine.size} of ${all.size} operations)`;
  return [{ phrase: counted, area: names[plane], plane, operations: operationNames(mine, wording) }];
}

function cannotChange(wording: Wording): Phrase[] {
  const { index, granted } = wording;
  const reads = withVerb(granted.control, 'read', index);
  if (reads.size !== granted.control.size) return [];
  const changes = index.mask('control').clone();
  changes.removeAll(index.expand('*/read'));
  return [
    {
      phrase: 'change anything',
      area: names.control,
      plane: 'control',
      operations: operationNames(changes, wording),
    },
  ];
}

function cannotUseData(wording: Wording): Phrase[] {
  if (!wording.granted.data.isEmpty) return [];
  const phrase = 'read or change data, such as blobs and secrets, as itself: it has no data actions';
  return [
    {
      phrase,
      area: names.data,
      plane: 'data',
      operations: operationNames(wording.index.mask('data'), wording),
    },
  ];
}
