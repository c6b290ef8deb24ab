import type { CodeNames } from '../analysis/expectations/expectation-context.js';
import type { Expectations } from '../analysis/expectations/expectations.js';
import { type Notice, UserError } from '../errors.js';
import type { CodeContext } from '../input/code-resource.js';
import { rootCause } from '../input/located-value.js';
import type { RoleDefinition } from '../rbac/model/role-definition.js';
import type { Scope } from '../rbac/model/scope.js';
import { OperationIndex } from '../rbac/permissions/operation-index.js';
import type { Tenant } from '../tenant/access/tenant.js';
import { mayReach, scopesNamed } from '../tenant/code/code-places.js';
import { resolveAssignments, type ResolvedAssignment } from '../tenant/code/resolve-assignments.js';
import { CodeGroups, type CodeMember } from '../tenant/code/code-groups.js';
import { mentions, mentionsIn, namesResource } from '../tenant/code/mentions.js';
import { tenantOf } from '../tenant/code/tenants-of-code.js';
import { UnknownNames } from '../tenant/code/unknown-names.js';
import type { SnapshotGap } from '../tenant/snapshot/snapshot.js';
import { type LintInput, assignmentsIn, readFiles, rolesIn, selectFiles } from './lint-input.js';
import type { Workspace } from './workspace.js';

/** What was read of code. */
interface ReadCode {
  readonly resolved: readonly ResolvedAssignment[];
  readonly context: CodeContext;
  readonly roles: readonly RoleDefinition[];
  readonly names: UnknownNames;
  readonly notices: readonly Notice[];
}

/** What code will let principals do once it is deployed, and the names that it has for them. */
export class CodeAccess implements CodeNames {
  readonly index: OperationIndex;
  private readonly unassigned = new Set<string>();

  readonly roles: readonly RoleDefinition[];
  readonly notices: readonly Notice[];

  private constructor(
    private readonly workspace: Workspace,
    private readonly read: ReadCode,
  ) {
    this.index = new OperationIndex(workspace.catalog);
    this.roles = read.roles;
    this.notices = read.notices;
  }

  /** @throws UserError where a path cannot be opened, or there is no role assignment in any. */
  static async read(paths: readonly string[], workspace: Workspace): Promise<CodeAccess> {
    const selection = selectFiles(paths, { 'stdin-filename': undefined }, workspace);
    const input = await readFiles(selection, workspace, 'context too');
    const [problem] = input.problems;
    if (problem !== undefined) throw new UserError(problem.message);
    const roles = rolesIn(input);
    const names = new UnknownNames();
    const resolved = resolveAssignments(assignmentsIn(input), roles, workspace.catalog, names);
    if (resolved.length === 0) {
      throw new UserError(`No role assignment was found in ${paths.join(', ')}.`, {
        hint: 'Name a folder with Terraform, Bicep or ARM templates that assign roles.',
      });
    }
    return new CodeAccess(workspace, {
      resolved,
      context: contextOf(input),
      roles,
      names,
      notices: input.notices,
    });
  }

  principals(name: string): readonly string[] {
    const ids = this.read.resolved
      .filter(({ principal, code }) => {
        const value = code.principal?.value;
        const identity = value?.kind === 'unknown' ? value.identity : undefined;
        return principal.shown === name || principal.resource === name || isPart(identity, name);
      })
      .map(({ principal }) => principal.id);
    // What nothing is assigned to is a principal all the same.
    if (ids.length === 0 && this.read.context.places.some(({ address }) => address === name)) {
      this.unassigned.add(name);
      return [name];
    }
    return [...new Set(ids)];
  }

  scopes(name: string): readonly Scope[] {
    return scopesNamed(name, this.read.context.places, this.read.names);
  }

  /** A tenant that holds what will be assigned for certain. What may be, or may be elsewhere, is a gap in it. */
  tenantFor(expectations: Expectations): { readonly tenant: Tenant; readonly notices: readonly Notice[] } {
    const asked = new Set(expectations.identities.flatMap(({ principal }) => principal?.value ?? []));
    const scopes = expectations.identities.flatMap(({ needs = [] }) =>
      needs.flatMap(({ scope }) => scope?.value ?? []),
    );
    const concerned = this.read.resolved.filter(
      ({ principal, code }) =>
        code.kind === 'role-assignment' &&
        (asked.has(principal.id) || !principal.isIdentified || principal.type === 'Group'),
    );
    const groups = new CodeGroups(this.read.context.memberships, this.members());
    const gaps = [
      ...concerned.flatMap(each => [
        ...gapsOf(each),
        ...gapsAt(each, scopes),
        ...(groups.isOpen(each.principal.id) ? [membersGap(each)] : []),
      ]),
      ...this.unreadGaps(asked),
    ];
    const open = new Set(concerned.filter(each => gapsAt(each, scopes).length > 0));
    const certain = this.read.resolved.filter(each => each.unknowns.length === 0 && !open.has(each));
    const tenant = tenantOf(certain, this.workspace.catalog, {
      index: this.index,
      gaps,
      scopes,
      unassigned: [...this.unassigned],
      groups,
    });
    return { tenant, notices: gapNotices(gaps) };
  }

  /** What is not read and is told of a principal may give it anything. */
  private unreadGaps(asked: ReadonlySet<string>): SnapshotGap[] {
    return this.read.context.unread.flatMap(({ name, domain, given, text = '' }) => {
      const mentioned = new Set(given.flatMap(value => [...mentionsIn(value)]));
      const told = this.members().find(
        ({ id, resource, domain: own }) =>
          asked.has(id) &&
          (mentioned.has(id) ||
            (own === domain &&
              resource !== undefined &&
              (mentions(mentioned, resource) || namesResource(text, resource)))),
      );
      if (told === undefined) return [];
      const reason = `${name} was not read and is given ${told.resource ?? told.id}`;
      return [{ what: 'roleAssignments', scope: '/', reason } as const];
    });
  }

  /** All principals that something is known of. */
  private members(): CodeMember[] {
    return [
      ...this.read.resolved.map(({ principal: { id, resource }, code: { domain } }) => ({
        id,
        resource,
        domain,
      })),
      ...this.read.context.places
        .filter(({ address }) => this.unassigned.has(address))
        .map(({ address, domain }) => ({ id: address, resource: address, domain })),
    ];
  }
}

function contextOf({ contexts = [] }: LintInput): CodeContext {
  const all = contexts.map(each => each());
  return {
    places: all.flatMap(({ places }) => places),
    memberships: all.flatMap(({ memberships }) => memberships),
    unread: all.flatMap(({ unread }) => unread),
  };
}

/** Once for each assignment that leaves something open. */
function gapNotices(gaps: readonly SnapshotGap[]): Notice[] {
  const reasons = [...new Set(gaps.map(({ reason }) => reason))];
  return reasons.map(reason => ({
    code: 'assignment-unknown',
    message: `${reason}: what it gives does not count, and no answer there is certain.`,
  }));
}

function isPart(identity: string | undefined, name: string): boolean {
  return identity !== undefined && (identity === name || identity.startsWith(`${name}.`));
}

function gapsOf({ code, scope, principal, unknowns }: ResolvedAssignment): SnapshotGap[] {
  const [first] = principal.isIdentified
    ? unknowns
    : [...unknowns, { part: 'principal', reason: undefined } as const];
  if (first === undefined) return [];
  const isPlaced = scope.reason === undefined;
  const what = first.reason === undefined ? 'its principal' : rootCause(first.reason).name;
  return [
    {
      what: 'roleAssignments',
      scope: isPlaced ? scope.place.key : '/',
      reason: `${code.address} depends on ${what}, which is unknown`,
    },
  ];
}

function membersGap({ scope: { place }, principal: { id } }: ResolvedAssignment): SnapshotGap {
  return { what: 'roleAssignments', scope: place.key, reason: `Who is in ${id} is not known` };
}

/** Where it may apply or not; then nobody knows what it gives at its own place either. */
function gapsAt({ code, scope }: ResolvedAssignment, asked: readonly Scope[]): SnapshotGap[] {
  const reached = asked.filter(each => mayReach(scope.place, each));
  if (reached.length === 0) return [];
  const reason = `${code.address} applies at ${scope.text}, which may be a place that is asked about or not`;
  const keys = new Set([...reached.map(({ key }) => key), scope.place.key]);
  return [...keys].map(key => ({ what: 'roleAssignments', scope: key, reason }));
}
