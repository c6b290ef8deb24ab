import type { AccessKind } from '../../../src/analysis/exposure/kind-table.js';
import { expectedVerdict } from '../../tenant/access/reference.js';
import { callerOf, isMissing, segments } from '../../tenant/access/reference-rows.js';
import type { AssignmentRow, QuestionRow, World } from '../../tenant/access/world-rows.js';

// Figures as docs/report.md defines them, as slow and obvious as can be: each assignment by itself, each operation of each
// kind, decided as Azure does, step by step.

/** By principal in lower case: the points of each kind, in the order of the kinds. */
export function referencePoints(world: World, principal: string, kinds: readonly AccessKind[]): number[] {
  const { ids } = callerOf(world, placeOf(principal, '/'));
  const own = [...world.roleAssignments, ...world.activeAssignments].filter(({ properties }) =>
    ids.includes(bare(properties.principalId)),
  );
  return kinds.map(kind =>
    Math.max(0, ...own.map(row => kind.weight * levelOf(world, row, principal, kind))),
  );
}

function levelOf(world: World, row: AssignmentRow, principal: string, { patterns }: AccessKind): number {
  const { scope } = row.properties;
  const alone: World = {
    ...world,
    roleAssignments: [row],
    activeAssignments: [],
    // One that is about a scope alone leaves what lies below.
    denyAssignments: world.denyAssignments.filter(({ properties }) => !properties.doNotApplyToChildScopes),
    // What else was not read is told apart from a figure; whom a deny assignment is about is a part of it.
    gaps: isMissing(world, 'principals', placeOf(principal, '/')) ? [unreadDirectory] : [],
    isComplete: true,
  };
  const levels = patterns!.map(({ pattern: operation, plane }) => {
    const verdict = expectedVerdict(alone, { principal, operation, plane, scope });
    if (verdict === 'allowed') return reach(scope);
    // Where nobody knows the role, nothing is known to be held.
    return verdict === 'denied' || verdict === 'not-granted' || !isKnown(world, row) ? 0 : reach(scope) / 2;
  });
  return Math.max(...levels);
}

const unreadDirectory = { what: 'principals', scope: '/', reason: 'access is refused' };

function placeOf(principal: string, scope: string): QuestionRow {
  return { principal, operation: '', plane: 'control', scope };
}

/** An unknown role gives nothing that is known; `Reader` may stand in the snapshot as something else. */
function isKnown(_: World, { properties }: AssignmentRow): boolean {
  return !properties.roleDefinitionId.endsWith('ff');
}

function reach(scope: string): number {
  const parts = segments(scope);
  if (parts.length === 0) return 1;
  if (parts[0] === 'providers') return parts[1] === 'microsoft.management' && parts.length === 4 ? 1 : 0.2;
  if (parts.length === 2) return 0.8;
  return parts.length === 4 && parts[2] === 'resourcegroups' ? 0.5 : 0.2;
}

function bare(id: string): string {
  return id.toLowerCase().replace(/-/g, '');
}
