import type { Tenant } from '../../access/tenant.js';
import type { RoleAssignment } from '../../model/role-assignment.js';

/** Tells which role assignments are there for a time only, since somebody activated them through PIM. */
export function temporaryAssignments({ snapshot }: Tenant): (assignment: RoleAssignment) => boolean {
  const ids = new Set(
    snapshot.activeAssignments
      .filter(({ assignmentType }) => assignmentType === 'Activated')
      .flatMap(({ id, originId }) => [id, originId ?? id]),
  );
  return ({ id }) => ids.has(id);
}
