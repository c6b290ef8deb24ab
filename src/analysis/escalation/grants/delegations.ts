import { attributeKey } from '../../../rbac/conditions/knowledge.js';
import { knowledgeOf } from '../../../tenant/access/condition-truth.js';
import type { Tenant } from '../../../tenant/access/tenant.js';
import type { Truth } from '../../../rbac/conditions/truth.js';
import { isGuid } from '../../../rbac/model/guid.js';
import { parseScope } from '../../../rbac/model/scope.js';
import type { GrantedOperations, GrantEvaluator, Guard } from './grant-evaluator.js';
import { includes } from '../methods/interned-sets.js';
import { nothing } from '../methods/interned-sets.js';
import type { MethodTable } from '../methods/method-table.js';

/** A role that somebody may assign, to themselves or to whom they control. */
export interface AssignableRole {
  readonly roleGuid: string;
  readonly granted: GrantedOperations;
}

/** Which roles a condition lets somebody assign to their own good. Roles that lead to nothing are left out. */
export interface AssignableByCertainty {
  readonly definite: AssignableRoles;
  /** Nothing of `certain`. */
  readonly possible: AssignableRoles;
}

/** Roles, and what they give together: whoever may assign several may assign them all. */
export interface AssignableRoles {
  /** The same for the same roles: they come from few conditions, and are judged once. */
  readonly number: number;
  readonly roles: readonly AssignableRole[];
  readonly granted: GrantedOperations;
}

/** Who assigns: whom they may name in the request, so that the role is theirs. */
export interface Assigner {
  readonly type: string;
  /** Undefined where the conditions do not ask for it. */
  readonly ids: readonly string[] | undefined;
}

/**
 * Judges constrained delegation by the roles that a condition lets through
 * (https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-overview). A condition compares
 * role ids with those that it names, so that all others fare like one that no role has.
 */
export class Delegations {
  private readonly known = new Map<string, AssignableByCertainty>();
  /** The GUIDs that a guard names, by its number. */
  private readonly named: ReadonlySet<string>[] = [];
  /** How many lists of roles there are. */
  private lists = 0;
  private leading: readonly AssignableRole[] | undefined;

  constructor(
    private readonly tenant: Tenant,
    private readonly table: MethodTable,
    private readonly evaluator: GrantEvaluator,
  ) {}

  /** What the guard lets the assigner assign. */
  of(guard: Guard, { type, ids }: Assigner): AssignableByCertainty {
    const named = (this.named[guard.number] ??= namedGuids(guard.texts));
    const told = ids === undefined ? undefined : toldApart(ids, guard.texts, named);
    const key = [guard.number, type, ...(told ?? [])].join(' ');
    let delegation = this.known.get(key);
    if (delegation === undefined) {
      delegation = this.judge(guard.texts, named, { type, ids: told });
      this.known.set(key, delegation);
    }
    return delegation;
  }

  private judge(
    texts: readonly string[],
    named: ReadonlySet<string>,
    assigner: Assigner,
  ): AssignableByCertainty {
    const recipients = recipientsFor(assigner);
    const decide = (roleGuid: string): Truth => this.best(texts, roleGuid, recipients);
    const others = decide(unnamed);
    const found: Record<Truth, AssignableRole[]> = { true: [], unknown: [], false: [] };
    for (const role of this.leadingRoles()) {
      const truth = named.has(role.roleGuid) ? decide(role.roleGuid) : others;
      // One role that is as good as Owner says it all.
      if (truth === 'true' && this.isControl(role))
        return { definite: this.together([role]), possible: this.together([]) };
      found[truth].push(role);
    }
    return { definite: this.together(found.true), possible: this.together(found.unknown) };
  }

  private together(roles: readonly AssignableRole[]): AssignableRoles {
    const { held, control } = this.table;
    const number = roles.reduce((all, { granted }) => held.union(all, granted.number), nothing);
    const { definite, possible } = held.at(number);
    // Whoever may assign roles without a guard needs no other.
    const guards = includes(definite, control.mask) ? [] : roles.flatMap(({ granted }) => granted.guards);
    return {
      number: this.lists++,
      roles,
      granted: { definite, possible, number, guards: [...new Set(guards)] },
    };
  }

  private best(texts: readonly string[], roleGuid: string, recipients: readonly Recipient[]): Truth {
    let best: Truth = 'false';
    for (const { id, type, truth: most } of recipients) {
      const attributes = new Map([[nameOf('RoleDefinitionId'), [roleGuid]]]);
      if (id !== undefined) attributes.set(nameOf('PrincipalId'), [id]);
      if (type !== undefined) attributes.set(nameOf('PrincipalType'), [type]);
      const { operation, plane } = this.table.control.operations[0]!;
      const truth = this.tenant.conditions.truthOf(texts, knowledgeOf(operation, plane, root, attributes));
      if (truth === 'true' && most === 'true') return truth;
      if (truth !== 'false') best = 'unknown';
    }
    return best;
  }

  /** Every role that grants an operation of a method, and custom ones; those that are as good as Owner first. */
  private leadingRoles(): readonly AssignableRole[] {
    if (this.leading === undefined) {
      const { snapshot, catalog } = this.tenant;
      const guids = new Set<string>();
      for (const role of catalog.builtInRoles.all()) if (role.guid !== undefined) guids.add(role.guid);
      for (const { guid } of snapshot.roleDefinitions.all()) if (guid !== undefined) guids.add(guid);
      const roles = [...guids].sort().map(roleGuid => ({ roleGuid, granted: this.evaluator.of(roleGuid) }));
      const leading = roles.filter(
        ({ roleGuid, granted: { definite, possible } }) =>
          // A custom role that grants nothing of use may be edited by whoever has it.
          (definite | possible) !== 0n || snapshot.roleDefinitions.find(roleGuid)?.roleType === 'CustomRole',
      );
      this.leading = leading.sort((a, b) => this.rank(a) - this.rank(b));
    }
    return this.leading;
  }

  /** What is as good as Owner first, then what grants most. */
  private rank(role: AssignableRole): number {
    const size = role.granted.definite.toString(2).replaceAll('0', '').length;
    return (this.isControl(role) ? -1_000 : 0) - size;
  }

  private isControl({ granted }: AssignableRole): boolean {
    return (granted.definite & this.table.control.mask) !== 0n;
  }
}

interface Recipient {
  readonly id: string | undefined;
  readonly type: string | undefined;
  /** The most that can be said of a role that it is given. */
  readonly truth: Truth;
}

/**
 * The assigner and its groups; and perhaps a service principal or a group of its own making, which people may make unless
 * their directory forbids it (https://learn.microsoft.com/entra/fundamentals/users-default-permissions).
 */
function recipientsFor({ type, ids }: Assigner): readonly Recipient[] {
  const known = type === 'User' || type === 'ServicePrincipal' || type === 'Group' ? type : undefined;
  const [self, ...groups] = ids ?? [undefined];
  return [
    { id: self, type: known, truth: 'true' },
    ...groups.map(id => ({ id, type: 'Group', truth: 'true' as const })),
    ...(type === 'User' ? ['ServicePrincipal', 'Group'] : []).map(made => ({
      id: unnamed,
      type: made,
      truth: 'unknown' as const,
    })),
  ];
}

/** The same ids as far as the texts tell them apart: all that they do not name fare like one that nobody has. */
function toldApart(
  [self = unnamed, ...groups]: readonly string[],
  texts: readonly string[],
  named: ReadonlySet<string>,
): readonly string[] {
  if (texts.some(text => matchingParts.test(text))) return [self, ...groups];
  const told = (id: string): string => (named.has(id) || !isGuid(id) ? id : unnamed);
  return [told(self), ...new Set(groups.map(told))];
}

/** Operators for which an id need not be named to be meant. */
const matchingParts = /Like|StartsWith/i;

function nameOf(attribute: string): string {
  return attributeKey('Request', `Microsoft.Authorization/roleAssignments:${attribute}`);
}

/** The GUIDs in the texts, with hyphens or without, in lower case with hyphens. */
function namedGuids(texts: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const text of texts) {
    for (const [word] of text.toLowerCase().matchAll(/[0-9a-f-]{32,36}/g)) {
      const dashed = isGuid(word)
        ? word
        : word.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
      if (isGuid(dashed)) found.add(dashed);
    }
  }
  return found;
}

/** No role and no principal has it. */
const unnamed = 'ffffffff-ffff-4fff-bfff-fffffffffff0';

const root = parseScope('/');
