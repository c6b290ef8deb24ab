import { getOrInsert } from '../../maps.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import { keysAround, parseScope, type Scope } from '../../rbac/model/scope.js';
import { ScopeDisplayNames } from '../../tenant/snapshot/scope-names.js';
import { longestWayUp } from '../../tenant/snapshot/scope-tree.js';
import type {
  AssignmentData,
  AssignmentNumber,
  ContributionData,
  ContributionNumber,
  PatternData,
  PatternsNumber,
  PrincipalData,
  PrincipalNumber,
  RoleNumber,
  ScopeData,
  ScopeNumber,
} from './report-data.js';

/** Gives numbers to what stands in many places of a report, so that it is written once. */
export class Tables {
  readonly scopes: ScopeData[] = [];
  readonly principals: PrincipalData[] = [];
  /** GUIDs. What is said of a role is worked out at the end. */
  readonly roles: string[] = [];
  readonly assignments: AssignmentData[] = [];
  readonly patterns: (readonly PatternData[])[] = [];
  private readonly scopeNumbers = new Map<string, ScopeNumber>();
  private readonly parsed = new Map<string, Scope>();
  private readonly principalNumbers = new Map<string, PrincipalNumber>();
  private readonly roleNumbers = new Map<string, RoleNumber>();
  private readonly assignmentNumbers = new Map<RoleAssignment | string, AssignmentNumber>();
  private readonly patternNumbers = new Map<readonly PatternData[], PatternsNumber>();
  readonly contributions: ContributionData[] = [];
  private readonly contributionNumbers = new Map<string, ContributionNumber>();
  private readonly counts = new Map<string, number>();
  private readonly byId: Map<string, RoleAssignment> = new Map();
  private readonly scopeNames: ScopeDisplayNames;

  constructor(private readonly tenant: Tenant) {
    this.scopeNames = new ScopeDisplayNames(tenant.snapshot);
    for (const { place } of tenant.assignments)
      this.counts.set(place.key, (this.counts.get(place.key) ?? 0) + 1);
  }

  /** -1 for none. */
  scope(text: string | null | undefined): ScopeNumber {
    if (text == null || text === '') return -1;
    return this.place(this.parse(text));
  }

  place(scope: Scope): ScopeNumber {
    if (!this.scopeNumbers.has(scope.key))
      for (const each of this.newAround(scope).reverse()) this.addScope(each);
    return this.scopeNumbers.get(scope.key)!;
  }

  /** The scope and those around it that are not listed yet, up to where they go in a circle or further up than Azure's go. */
  private newAround(scope: Scope): Scope[] {
    const found = new Map<string, Scope>();
    let groups = 0;
    for (let at: Scope | undefined = scope; at !== undefined; at = this.parentOf(at)) {
      if (this.scopeNumbers.has(at.key) || found.has(at.key)) break;
      if (at.kind === 'management-group' && ++groups > longestWayUp) break;
      found.set(at.key, at);
    }
    return [...found.values()];
  }

  private addScope(scope: Scope): void {
    this.scopeNumbers.set(scope.key, this.scopes.length);
    this.scopes.push({
      text: scope.text,
      name: nameOf(scope),
      ...this.displayNameOf(scope),
      kind: scope.kind,
      parent: this.scopeNumbers.get(this.parentOf(scope)?.key ?? '') ?? -1,
      assignments: this.counts.get(scope.key) ?? 0,
    });
  }

  principal(id: string | null | undefined): PrincipalNumber {
    if (id == null || id === '') return -1;
    let number = this.principalNumbers.get(id);
    if (number === undefined) {
      number = this.principals.length;
      this.principalNumbers.set(id, number);
      const known = this.tenant.snapshot.principals.get(id);
      const isGroup = known?.type === 'Group' || this.tenant.memberships.hasMembers(id);
      this.principals.push({
        id,
        type: known?.type ?? (isGroup ? 'Group' : 'Unknown'),
        name: known?.displayName ?? null,
        ...(isGroup && { members: this.tenant.memberships.membersOf(id).length }),
      });
    }
    return number;
  }

  /** A role by its GUID. */
  role(guid: string | null | undefined): RoleNumber {
    if (guid == null || guid === '') return -1;
    let number = this.roleNumbers.get(guid);
    if (number === undefined) {
      number = this.roles.length;
      this.roleNumbers.set(guid, number);
      this.roles.push(guid);
    }
    return number;
  }

  assignment(assignment: RoleAssignment, state?: 'eligible' | 'passing'): AssignmentNumber {
    let number = this.assignmentNumbers.get(assignment);
    if (number === undefined) {
      const { id, roleGuid, principalId, place, condition } = assignment;
      number = this.assignments.length;
      this.assignmentNumbers.set(assignment, number);
      const how = state ?? (this.tenant.isTimeBound(assignment) ? 'passing' : undefined);
      this.assignments.push({
        id,
        scope: this.place(place),
        role: this.role(roleGuid),
        principal: this.principal(principalId),
        ...(condition !== undefined && { condition }),
        ...(how !== undefined && { state: how }),
      });
    }
    return number;
  }

  /** Lists that are the same object are written once. */
  patternsOf(patterns: readonly PatternData[]): PatternsNumber {
    let number = this.patternNumbers.get(patterns);
    if (number === undefined) {
      number = this.patterns.length;
      this.patternNumbers.set(patterns, number);
      this.patterns.push(patterns.slice(0, maxPatterns));
    }
    return number;
  }

  /** The same for all members of a group. */
  contribution(contribution: ContributionData): ContributionNumber {
    const { assignment, via = [], isConditional, patterns } = contribution;
    const key = `${assignment} ${patterns} ${isConditional} ${via.join(' ')}`;
    let number = this.contributionNumbers.get(key);
    if (number === undefined) {
      number = this.contributions.length;
      this.contributionNumbers.set(key, number);
      this.contributions.push(contribution);
    }
    return number;
  }

  /** An assignment by its id. Who wants many of them should have the assignments themselves. */
  assignmentOfId(id: string): RoleAssignment | undefined {
    if (this.byId.size === 0) {
      for (const list of [this.tenant.snapshot.eligibleAssignments, this.tenant.assignments])
        for (const assignment of list) this.byId.set(assignment.id, assignment);
    }
    return this.byId.get(id);
  }

  private displayNameOf(scope: Scope): { displayName?: string } {
    const isNamed = scope.kind === 'subscription' || scope.kind === 'management-group';
    const displayName = isNamed ? this.scopeNames.around(scope.key)?.name : undefined;
    return displayName === undefined ? {} : { displayName };
  }

  /** The one around it, subscriptions and management groups by what the snapshot says. */
  private parentOf(scope: Scope): Scope | undefined {
    const { managementGroups, subscriptions } = this.tenant.snapshot;
    if (scope.kind === 'root') return undefined;
    if (scope.kind === 'management-group')
      return this.managementGroup(managementGroups.get(scope.managementGroup));
    if (scope.kind === 'subscription') return this.managementGroup(subscriptions.get(scope.subscription));
    const around = keysAround(scope).at(-1);
    return around === undefined || around === scope.key ? undefined : this.parse(around);
  }

  private managementGroup(name: string | null | undefined): Scope {
    return this.parse(name == null ? '/' : `/providers/Microsoft.Management/managementGroups/${name}`);
  }

  private parse(text: string): Scope {
    return getOrInsert(this.parsed, text, () => parseScope(text));
  }
}

/** How many strings of a role are named where it gives something. */
export const maxPatterns = 12;

function nameOf({ key, text, kind }: Scope): string | null {
  if (kind === 'root' || key === '/') return null;
  return text.replace(/\/$/, '').split('/').at(-1) ?? null;
}
