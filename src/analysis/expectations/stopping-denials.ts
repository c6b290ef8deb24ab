import { compareText } from '../../compare-text.js';
import type { Denial } from '../../tenant/access/denials.js';
import { namesOf } from '../../rbac/action-sets/coverage.js';
import type { PermissionSet } from '../../rbac/permissions/permission-set.js';
import type { StoppingDenial } from './check-report.js';

/** Which deny assignments take away what is missing, or make conditional what is needed; by id. */
export function stoppingDenials(
  denials: readonly Denial[],
  missing: PermissionSet,
  conditional: PermissionSet,
): StoppingDenial[] {
  return denials
    .flatMap(denial => {
      const taken = denial.takenFrom(missing).definite;
      const possible = denial.takenFrom(conditional).possible;
      const operations = namesOf(taken.union(possible));
      if (operations.length === 0) return [];
      const { id, name = null, scope, condition = null } = denial.deny;
      return [{ id, name, scope, operations, condition }];
    })
    .sort((a, b) => compareText(a.id, b.id));
}
