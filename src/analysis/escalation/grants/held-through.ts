import type { RoleAssignment } from '../../../rbac/model/role-assignment.js';

/** An assignment, and who has it: the principal itself, or a group. */
export interface HeldThrough {
  readonly kind: 'role-assignment' | 'eligible-assignment';
  readonly assignment: RoleAssignment;
  readonly holder: string;
}
