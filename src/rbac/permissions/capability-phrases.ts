import type { Plane } from '../model/role-definition.js';
import { Bitset } from './bitset.js';
import type { Capability, CapabilityArea } from './capability-area.js';
import type { OperationIndex } from './operation-index.js';
import { intersection, operationNames, type Phrase, type Wording } from './wording.js';

/** Whether the role grants something of the area that was not said of it anyway. */
export function isTouched(area: CapabilityArea, { index, granted, said }: Wording): boolean {
  return area.within.some(prefix => {
    const inArea = index.expand(`${prefix}*`);
    return planes.some(plane => {
      const left = intersection(granted[plane], inArea);
      left.removeAll(said[plane]);
      return !left.isEmpty;
    });
  });
}

/** What the role can do in the area, less what was said broadly and needs no repetition. Marks what it speaks of. */
export function canPhrases(area: CapabilityArea, saidBroadly: Wording['said'], wording: Wording): Phrase[] {
  return area.capabilities.flatMap(capability => {
    const { plane, phrase, conditionalPhrase } = capability;
    const operations = grantedOf(capability, wording);
    if (operations === undefined) return [];
    if (capability.notable !== true && operations.isSubsetOf(saidBroadly[plane])) return [];
    wording.said[plane].addAll(operations);
    const said = { phrase, area: area.area, plane, operations: operationNames(operations, wording) };
    return [conditionalPhrase === undefined ? said : { ...said, conditionalPhrase }];
  });
}

/** What it cannot do in the area and one might expect. */
export function cannotPhrases(area: CapabilityArea, wording: Wording): Phrase[] {
  return area.capabilities.flatMap(capability => {
    const { plane, cannot } = capability;
    if (cannot === undefined) return [];
    const operations = operationsOf(capability, wording.index);
    if (operations.isEmpty || operations.intersects(wording.granted[plane])) return [];
    if (isPossibleOtherwise(capability, wording)) return [];
    return [{ phrase: cannot, area: area.area, plane, operations: operationNames(operations, wording) }];
  });
}

const planes: readonly Plane[] = ['control', 'data'];

/** The operations behind the phrase, where it holds. */
function grantedOf(capability: Capability, { index, granted }: Wording): Bitset | undefined {
  const operations = operationsOf(capability, index);
  if (capability.any !== undefined) {
    operations.keepAll(granted[capability.plane]);
    return operations.isEmpty ? undefined : operations;
  }
  // A catalog of the user's own may lack one of them.
  const isKnown = capability.all?.every(pattern => index.expand(pattern).intersects(operations)) ?? false;
  return isKnown && operations.isSubsetOf(granted[capability.plane]) ? operations : undefined;
}

function operationsOf({ all = [], any = [], plane }: Capability, index: OperationIndex): Bitset {
  const operations = new Bitset(index.size);
  for (const pattern of [...all, ...any]) operations.addAll(index.expand(pattern));
  operations.keepAll(index.mask(plane));
  return operations;
}

function isPossibleOtherwise({ unless = [] }: Capability, { index, granted }: Wording): boolean {
  return unless.some(pattern => planes.some(plane => index.expand(pattern).intersects(granted[plane])));
}
