import { compareText } from '../../compare-text.js';
import type { Catalog } from '../catalog/catalog.js';
import { Bitset } from './bitset.js';
import { broadPhrases } from './broad-phrases.js';
import { canPhrases, cannotPhrases, isTouched } from './capability-phrases.js';
import type { CapabilityArea } from './capability-area.js';
import type { RolePermissions } from './role-permissions.js';
import type { OperationIndex } from './operation-index.js';
import { type PermissionSet, unionOf } from './permission-set.js';
import { providerPhrases } from './provider-phrases.js';
import type { Phrase, RoleSummary, Wording } from './wording.js';

/** What is granted, by whether conditions have a say in it. */
export interface GrantedSets {
  readonly definite: PermissionSet;
  /** Under conditions alone: nothing of `certain`. */
  readonly conditional: PermissionSet;
}

/** Says in plain words what the role grants: broad things first, then by area, then what no area speaks of. */
export function summarize(
  permissions: RolePermissions,
  areas: readonly CapabilityArea[],
  catalog: Pick<Catalog, 'operations'>,
  index: OperationIndex,
): RoleSummary {
  return summarizeSets(grantedBy(permissions), areas, catalog, index);
}

/** The same for whatever grants it, such as all that somebody holds at a scope. */
export function summarizeSets(
  granted: GrantedSets,
  areas: readonly CapabilityArea[],
  catalog: Pick<Catalog, 'operations'>,
  index: OperationIndex,
): RoleSummary {
  const set = granted.definite.union(granted.conditional);
  const wording = startWording(set, catalog, index);
  const broad = broadPhrases(wording);
  const inOrder = [...areas].sort((a, b) => a.order - b.order || compareText(a.name, b.name));
  const touched = inOrder.filter(
    area => isTouched(area, wording) || (broad.can.length > 0 && area.isForBroadRoles),
  );
  const saidBroadly = { control: wording.said.control.clone(), data: wording.said.data.clone() };
  const specific = inOrder.flatMap(area => canPhrases(area, saidBroadly, wording));
  const can = [...broad.can, ...specific, ...providerPhrases(set, wording)];
  const lacking = [...broad.cannot, ...touched.flatMap(area => cannotPhrases(area, wording))];
  const cannot = canGiveItselfMore(set) ? [] : lacking;
  return { can: can.map(phrase => withCondition(phrase, granted)), cannot };
}

function grantedBy({ entries, set }: RolePermissions): GrantedSets {
  const isConditional = ({ permission }: (typeof entries)[number]): boolean =>
    permission.condition !== undefined;
  const nothing = set.subtract(set);
  if (!entries.some(isConditional)) return { definite: set, conditional: nothing };
  const definite = unionOf(
    entries.filter(entry => !isConditional(entry)).map(entry => entry.set),
    nothing,
  );
  return { definite, conditional: set.subtract(definite) };
}

function startWording(
  set: PermissionSet,
  catalog: Pick<Catalog, 'operations'>,
  index: OperationIndex,
): Wording {
  return {
    catalog,
    index,
    granted: { control: set.control.known, data: set.data.known },
    said: { control: new Bitset(index.size), data: new Bitset(index.size) },
  };
}

/** Then no "cannot" would be true for long. A condition may let through the very role that it lacks. */
function canGiveItselfMore(set: PermissionSet): boolean {
  return ['roleAssignments/write', 'roleDefinitions/write'].some(operation =>
    set.has(`Microsoft.Authorization/${operation}`, 'control'),
  );
}

/** Says so where every operation behind the phrase is granted under a condition alone. */
function withCondition(
  { conditionalPhrase, ...phrase }: Phrase,
  { definite, conditional }: GrantedSets,
): Phrase {
  const isConditional =
    !conditional.isEmpty && phrase.operations.every(operation => !definite.has(operation, phrase.plane));
  return isConditional
    ? { ...phrase, phrase: conditionalPhrase ?? phrase.phrase, conditional: true }
    : phrase;
}
