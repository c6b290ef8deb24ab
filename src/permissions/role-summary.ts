import type { Catalog } from '../catalog/catalog.js';
import { Bitset } from './bitset.js';
import { broadPhrases } from './broad-phrases.js';
import { canPhrases, cannotPhrases, isTouched } from './capability-phrases.js';
import type { CapabilityArea } from './capability-area.js';
import type { RolePermissions } from './effective.js';
import type { OperationIndex } from './operation-index.js';
import { providerPhrases } from './provider-phrases.js';
import type { Phrase, RoleSummary, Wording } from './wording.js';

/** Says in plain words what the role grants: broad things first, then by area, then what no area speaks of. */
export function summarize(
  permissions: RolePermissions,
  areas: readonly CapabilityArea[],
  catalog: Pick<Catalog, 'operations'>,
  index: OperationIndex,
): RoleSummary {
  const wording = startWording(permissions, catalog, index);
  const broad = broadPhrases(wording);
  const inOrder = [...areas].sort((a, b) => a.order - b.order || (a.name < b.name ? -1 : 1));
  const touched = inOrder.filter(
    area => isTouched(area, wording) || (broad.can.length > 0 && area.isForBroadRoles),
  );
  const saidBroadly = { control: wording.said.control.clone(), data: wording.said.data.clone() };
  const specific = inOrder.flatMap(area => canPhrases(area, saidBroadly, wording));
  const can = [...broad.can, ...specific, ...providerPhrases(permissions.set, wording)];
  const lacking = [...broad.cannot, ...touched.flatMap(area => cannotPhrases(area, wording))];
  const cannot = canGiveItselfMore(permissions) ? [] : lacking;
  return { can: can.map(phrase => withCondition(phrase, permissions)), cannot };
}

function startWording(
  { set }: RolePermissions,
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
function canGiveItselfMore(permissions: RolePermissions): boolean {
  return ['roleAssignments/write', 'roleDefinitions/write'].some(
    operation => permissions.witnesses(`Microsoft.Authorization/${operation}`, 'control').length > 0,
  );
}

/** Says so where every operation behind the phrase is granted under a condition alone. */
function withCondition({ conditionalPhrase, ...phrase }: Phrase, permissions: RolePermissions): Phrase {
  const isConditional =
    permissions.entries.some(({ permission }) => permission.condition !== undefined) &&
    phrase.operations.every(operation =>
      permissions.witnesses(operation, phrase.plane).every(witness => witness.isConditional),
    );
  return isConditional
    ? { ...phrase, phrase: conditionalPhrase ?? phrase.phrase, conditional: true }
    : phrase;
}
