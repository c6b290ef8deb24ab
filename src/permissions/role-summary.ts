import type { Catalog } from '../catalog/catalog.js';
import type { Plane } from '../model/role-definition.js';
import { Bitset } from './bitset.js';
import { broadPhrases } from './broad-phrases.js';
import type { Capability, CapabilityArea } from './capability-area.js';
import type { RolePermissions } from './effective.js';
import type { OperationIndex } from './operation-index.js';
import { providerPhrases } from './provider-phrases.js';

/** Plain words, and the operations that make them true. */
export interface Phrase {
  readonly phrase: string;
  /** The kind of resource: that of a capability area, or a provider's namespace. */
  readonly area: string;
  readonly plane: Plane;
  /** Canonical names, sorted. What is granted for `can`, what is lacking for `cannot`. */
  readonly operations: readonly string[];
  /** Granted under conditions only. */
  readonly conditional?: true;
}

/** What the holder of a role can and cannot do. Every operation that the role grants stands behind some phrase. */
export interface RoleSummary {
  readonly can: readonly Phrase[];
  readonly cannot: readonly Phrase[];
}

/** What is known of the sets while the words are looked for. */
export interface Wording {
  readonly catalog: Pick<Catalog, 'operations'>;
  readonly index: OperationIndex;
  readonly granted: Readonly<Record<Plane, Bitset>>;
  /** What some phrase already speaks of. */
  readonly said: Readonly<Record<Plane, Bitset>>;
}

/** Says in plain words what the role grants: broad things first, then by area, then what no area speaks of. */
export function summarize(
  permissions: RolePermissions,
  areas: readonly CapabilityArea[],
  catalog: Pick<Catalog, 'operations'>,
  index: OperationIndex,
): RoleSummary {
  const wording: Wording = {
    catalog,
    index,
    granted: { control: permissions.set.control.known, data: permissions.set.data.known },
    said: { control: new Bitset(index.size), data: new Bitset(index.size) },
  };
  const broad = broadPhrases(wording);
  const sorted = [...areas].sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1));
  const touched = sorted.filter(area => isTouched(area, wording));
  const saidBroadly = { control: wording.said.control.clone(), data: wording.said.data.clone() };
  const specific = sorted.flatMap(area => canPhrases(area, saidBroadly, wording));
  const rest = providerPhrases(permissions.set, wording);
  const canAssignRoles = permissions
    .witnesses('Microsoft.Authorization/roleAssignments/write', 'control')
    .some(({ isConditional }) => !isConditional);
  // Whoever assigns roles can give itself what the role lacks: then no "cannot" would be true for long.
  const spokenOf = broad.can.length > 0 ? [...touched, ...sorted.filter(({ name }) => name === 'access-control')] : touched;
  const cannot = canAssignRoles ? [] : [...broad.cannot, ...cannotPhrases([...new Set(spokenOf)], wording)];
  const isConditional = (phrase: Phrase): boolean =>
    permissions.entries.some(({ permission }) => permission.condition !== undefined) &&
    phrase.operations.every(operation =>
      permissions.witnesses(operation, phrase.plane).every(witness => witness.isConditional),
    );
  const can = [...broad.can, ...specific, ...rest].map(phrase =>
    isConditional(phrase) ? { ...phrase, conditional: true as const } : phrase,
  );
  return { can, cannot };
}

function isTouched(area: CapabilityArea, { index, granted, said }: Wording): boolean {
  return area.within.some(prefix => {
    const inArea = index.expand(`${prefix}*`);
    return (['control', 'data'] as const).some(plane => {
      const left = granted[plane].clone();
      left.keepAll(inArea);
      left.removeAll(said[plane]);
      return !left.isEmpty;
    });
  });
}

function canPhrases(area: CapabilityArea, saidBroadly: Wording['said'], wording: Wording): Phrase[] {
  return area.capabilities.flatMap(capability => {
    const operations = grantedOf(capability, wording);
    if (operations === undefined) return [];
    if (capability.notable !== true && operations.isSubsetOf(saidBroadly[capability.plane])) return [];
    wording.said[capability.plane].addAll(operations);
    return [toPhrase(capability.phrase, area, capability.plane, operations, wording)];
  });
}

function cannotPhrases(areas: readonly CapabilityArea[], wording: Wording): Phrase[] {
  return areas.flatMap(area =>
    area.capabilities.flatMap(capability => {
      if (capability.cannot === undefined) return [];
      const operations = operationsOf(capability, wording.index);
      if (operations.isEmpty || operations.intersects(wording.granted[capability.plane])) return [];
      if (isPossibleOtherwise(capability, wording)) return [];
      return [toPhrase(capability.cannot, area, capability.plane, operations, wording)];
    }),
  );
}

/** The operations behind the phrase, where it holds. */
function grantedOf(capability: Capability, { index, granted }: Wording): Bitset | undefined {
  const operations = operationsOf(capability, index);
  if (operations.isEmpty) return undefined;
  if (capability.all !== undefined) {
    // A catalog of the user's own may lack one of them.
    const isKnown = capability.all.every(pattern => index.expand(pattern).intersects(operations));
    return isKnown && operations.isSubsetOf(granted[capability.plane]) ? operations : undefined;
  }
  operations.keepAll(granted[capability.plane]);
  return operations.isEmpty ? undefined : operations;
}

function operationsOf({ all = [], any = [], plane }: Capability, index: OperationIndex): Bitset {
  const operations = new Bitset(index.size);
  for (const pattern of [...all, ...any]) operations.addAll(index.expand(pattern));
  operations.keepAll(index.mask(plane));
  return operations;
}

function isPossibleOtherwise({ unless = [] }: Capability, { index, granted }: Wording): boolean {
  return unless.some(pattern => {
    const operations = index.expand(pattern);
    return operations.intersects(granted.control) || operations.intersects(granted.data);
  });
}

function toPhrase(
  phrase: string,
  { area }: CapabilityArea,
  plane: Plane,
  operations: Bitset,
  { catalog }: Wording,
): Phrase {
  return { phrase, area, plane, operations: Array.from(operations, i => catalog.operations.at(i).name) };
}
