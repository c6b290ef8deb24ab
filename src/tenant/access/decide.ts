import { compareText } from '../../compare-text.js';
import { roleName } from '../../rbac/model/role-name.js';
import type { RoleAssignment } from '../../rbac/model/role-assignment.js';
import type { SnapshotGap } from '../snapshot/snapshot.js';
import type { AccessQuestion, AppliedDenial, Grant } from './access-question.js';
import { type DirectoryIdentity, isDenied } from './denied-principals.js';
import type { Decision, Reason } from './decision.js';
import { membershipCommand } from './membership-command.js';
import { outOfReach, unknownReach } from './reach-reason.js';
import type { Tenant } from './tenant.js';

/** Decides one question for as many principals as are asked about. */
export class Decider {
  private readonly grantGaps: readonly SnapshotGap[];
  private readonly denyGaps: readonly SnapshotGap[];

  constructor(
    private readonly tenant: Tenant,
    private readonly question: AccessQuestion,
  ) {
    const absent = tenant.gaps.absentSubscription(question.scope) ?? [];
    this.grantGaps = tenant.gaps.at(question.scope, 'grants').concat(absent);
    this.denyGaps = tenant.gaps.at(question.scope, 'denies').concat(absent);
  }

  decide(principal: string): Decision {
    const { reach } = this.question;
    if (reach === 'out') return { decision: 'not-granted', because: [outOfReach(this.question)] };
    const weighed = this.weigh(principal);
    const { decision, because } = reach === 'unknown' ? this.underUnknowns(weighed) : weighed;
    return { decision, because: each([...because].sort(inOrder)) };
  }

  /** What would be granted is not, perhaps, where nobody knows whether the operation has an effect at the scope. */
  private underUnknowns(weighed: Decision): Decision {
    const { decision, because } = weighed;
    if (decision !== 'allowed' && decision !== 'conditional') return weighed;
    return { decision: 'unknown', because: [unknownReach(this.question), ...because] };
  }

  private weigh(principal: string): Decision {
    const identity = this.tenant.identityOf(principal);
    const denied = this.denied(principal, identity);
    const denials = denied.definite.map(denial => this.denialReason(denial, principal));
    if (denials.length > 0) return { decision: 'denied', because: denials };

    const { definite, conditional, unread } = this.granted(principal, identity);
    if (definite.length === 0 && conditional.length === 0 && unread.length === 0) {
      return { decision: 'not-granted', because: this.eligible(principal) };
    }
    const undecided = [...denied.unread, ...(definite.length > 0 ? [] : unread)];
    if (undecided.length > 0)
      return { decision: 'unknown', because: [...undecided, ...definite, ...conditional] };
    const guards = denied.conditional.map(denial => this.denialReason(denial, principal));
    if (definite.length > 0 && guards.length === 0) return { decision: 'allowed', because: definite };
    return {
      decision: 'conditional',
      because: [...guards, ...(definite.length > 0 ? definite : conditional)],
    };
  }

  private granted(principal: string, identity: DirectoryIdentity): Granted {
    const definite: Reason[] = [];
    const conditional: Reason[] = [];
    const unread = this.grantGaps.map(gapReason);
    for (const id of identity.ids) {
      const { grants, ofUnknownRoles, atUnknownPlaces } = this.question.grantsOf(id);
      for (const grant of grants) {
        const reason = this.grantReason('role-assignment', grant, principal, id);
        (grant.truth === 'true' ? definite : conditional).push(reason);
      }
      unread.push(...ofUnknownRoles.map(unknownRole), ...atUnknownPlaces.map(unknownPlace));
    }
    unread.push(...this.unknownGroups(principal, identity));
    return { definite, conditional, unread };
  }

  /** A group that it is not known to be in matters only if that group would change the answer. */
  private unknownGroups(principal: string, { ids, isComplete }: DirectoryIdentity): Reason[] {
    if (isComplete) return [];
    for (const id of this.question.groupsThatMayGrant)
      if (!ids.includes(id)) return [groupsReason(principal, this.tenant)];
    return [];
  }

  private denied(principal: string, identity: DirectoryIdentity): Denied {
    const definite: AppliedDenial[] = [];
    const conditional: AppliedDenial[] = [];
    const unread: Reason[] = this.denyGaps.map(gapReason);
    for (const denial of this.question.denials) {
      const isMeant = isDenied(denial.deny, identity, this.tenant.snapshot.principals);
      if (isMeant === 'false') continue;
      if (isMeant === 'unknown') unread.push(groupsReason(principal, this.tenant));
      else if (denial.reach === 'unknown') unread.push(unknownDenyPlace(denial));
      else if (denial.truth === 'true') definite.push(denial);
      else conditional.push(denial);
    }
    return { definite, conditional, unread };
  }

  private eligible(principal: string): Reason[] {
    return this.tenant
      .identityOf(principal)
      .ids.flatMap(id =>
        this.question
          .eligibleGrantsOf(id)
          .map(grant => this.grantReason('eligible-assignment', grant, principal, id)),
      );
  }

  private grantReason(
    kind: 'role-assignment' | 'eligible-assignment',
    { assignment, witness, truth }: Grant,
    principal: string,
    holder: string,
  ): Reason {
    const { permission } = witness.permission;
    const conditions = [assignment.condition, permission.condition?.value].filter(text => text !== undefined);
    const role = this.tenant.role(assignment.roleGuid)?.role;
    return {
      kind,
      id: assignment.id,
      scope: assignment.scope,
      role: role === undefined ? null : roleName(role),
      pattern: witness.entry.text.trim(),
      via: this.tenant.memberships.via(principal, holder),
      // One that is known to hold decides nothing any more.
      condition: truth === 'true' ? null : conditions.join(' AND '),
    };
  }

  private denialReason({ deny, witness, truth }: AppliedDenial, principal: string): Reason {
    const holder = this.tenant.identityOf(principal).ids.find(id => deny.principals.has(id));
    const condition = [deny.condition, witness.permission.permission.condition?.value];
    return {
      kind: 'deny-assignment',
      id: deny.id,
      scope: deny.scope,
      role: deny.name ?? null,
      pattern: witness.entry.text.trim(),
      via: holder === undefined ? [] : this.tenant.memberships.via(principal, holder),
      condition: truth === 'true' ? null : condition.filter(text => text !== undefined).join(' AND '),
    };
  }
}

/** What is missing may leave open both what is granted and what is denied: it is said once. Gaps stand first. */
function each(sorted: readonly Reason[]): Reason[] {
  const isSame = (a: Reason, b: Reason | undefined): boolean =>
    a.kind === 'gap' && b?.kind === 'gap' && a.explanation === b.explanation && a.id === b.id;
  return sorted.filter((reason, at) => !isSame(reason, sorted[at - 1]));
}

/** The order of the snapshot says nothing. */
function inOrder(a: Reason, b: Reason): number {
  const [keyA, keyB] = [a, b].map(({ kind, id, pattern }) => `${kinds.indexOf(kind)} ${id} ${pattern ?? ''}`);
  return compareText(keyA!, keyB!);
}

const kinds: readonly Reason['kind'][] = [
  'out-of-reach',
  'gap',
  'deny-assignment',
  'role-assignment',
  'eligible-assignment',
];

interface Granted {
  readonly definite: readonly Reason[];
  readonly conditional: readonly Reason[];
  readonly unread: readonly Reason[];
}

interface Denied {
  readonly definite: readonly AppliedDenial[];
  readonly conditional: readonly AppliedDenial[];
  readonly unread: readonly Reason[];
}

function gapReason({ what, scope, reason }: SnapshotGap): Reason {
  return {
    ...noGrant,
    kind: 'gap',
    id: what,
    scope,
    explanation: `Not read: ${what} at ${scope}: ${reason}.`,
  };
}

function unknownRole({ id, scope, roleGuid }: RoleAssignment): Reason {
  const explanation = `The role "${roleGuid}" is neither in the snapshot nor built in.`;
  return { ...noGrant, kind: 'gap', id, scope, role: roleGuid, explanation };
}

function unknownPlace({ id, scope }: RoleAssignment): Reason {
  return { ...noGrant, kind: 'gap', id, scope, explanation: notKnownToLieIn(scope) };
}

function unknownDenyPlace({ deny: { id, scope, name } }: AppliedDenial): Reason {
  return { ...noGrant, kind: 'gap', id, scope, role: name ?? null, explanation: notKnownToLieIn(scope) };
}

function notKnownToLieIn(scope: string): string {
  return `The snapshot does not say whether the scope lies in ${scope}.`;
}

function groupsReason(principal: string, { snapshot }: Tenant): Reason {
  const explanation = snapshot.principals.has(principal)
    ? 'The snapshot does not hold all the groups that the principal may be in.'
    : 'The principal is not in the snapshot, so its groups are not known.';
  const command = `Save in the folder of the snapshot what this prints: ${membershipCommand([principal])}`;
  return {
    ...noGrant,
    kind: 'gap',
    id: 'principals',
    scope: '/',
    explanation: `${explanation} ${command}`,
  };
}

const noGrant = { role: null, pattern: null, via: [], condition: null } as const;
