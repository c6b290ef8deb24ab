import { getOrInsert } from '../../maps.js';
import type { HeldAccess, HeldRole } from '../../tenant/access/held-access.js';
import type { CheckContext } from '../checks/check-context.js';
import type { RolePermissions } from '../../rbac/permissions/role-permissions.js';
import type { RuleSet } from './rules.js';
import {
  joined,
  keyOf,
  sensitiveOperations,
  worstFirst,
  type SensitiveOperation,
} from './sensitive-operations.js';

/** A sensitive operation that somebody holds, and one of the role assignments that give it. */
export interface HeldSensitiveOperation extends SensitiveOperation {
  readonly through: HeldRole;
}

/** Finds what is sensitive in what principals hold; looks into each role once. */
export class SensitiveAccess {
  private readonly byRole = new Map<RolePermissions, readonly SensitiveOperation[]>();

  constructor(
    private readonly ruleSet: Pick<RuleSet, 'rules' | 'groups'>,
    private readonly context: Pick<CheckContext, 'catalog' | 'index'>,
  ) {}

  /** Each operation once, however many roles give it: through the first that gives it for certain, else the first. */
  of(access: HeldAccess): HeldSensitiveOperation[] {
    const found = new Map<string, HeldSensitiveOperation>();
    for (const through of access.roles) {
      for (const sensitive of this.ofRole(through.role)) {
        const held = this.held(sensitive, through, access);
        if (held !== undefined) found.set(keyOf(held), joined(found.get(keyOf(held)), held));
      }
    }
    return worstFirst([...found.values()]);
  }

  private ofRole(role: RolePermissions): readonly SensitiveOperation[] {
    return getOrInsert(this.byRole, role, () => sensitiveOperations(role, this.ruleSet, this.context));
  }

  /** Undefined where this role does not give it after all: its condition holds it back, or it is denied. */
  private held(
    sensitive: SensitiveOperation,
    through: HeldRole,
    { definite, conditional }: HeldAccess,
  ): HeldSensitiveOperation | undefined {
    const { operation, plane } = sensitive;
    const { granted, assignment } = through;
    if (definite.has(operation, plane)) {
      return granted.definite.has(operation, plane)
        ? { ...sensitive, through, isConditional: false }
        : undefined;
    }
    if (conditional.has(operation, plane)) {
      const isGiven = granted.definite.has(operation, plane) || granted.possible.has(operation, plane);
      return isGiven ? { ...sensitive, through, isConditional: true } : undefined;
    }
    // Sets do not hold what a wildcard covers and an old catalog lacks.
    if (this.context.catalog.operations.indexOf(operation) >= 0) return undefined;
    const isConditional = sensitive.isConditional || assignment.condition !== undefined;
    return { ...sensitive, through, isConditional };
  }
}
