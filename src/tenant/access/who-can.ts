import { compareText } from '../../compare-text.js';
import type { Notice } from '../../errors.js';
import type { AccessQuestion } from './access-question.js';
import { Decider } from './decide.js';
import type { Decision } from './decision.js';
import { principalTypeOf } from './principal-type.js';
import { outOfReach } from './reach-reason.js';
import type { Tenant } from './tenant.js';

/** A principal that may do what was asked about, perhaps under a condition; or of which nobody can tell. */
export interface CapablePrincipal extends Decision {
  readonly id: string;
  readonly type: string;
  readonly displayName: string | null;
}

/** Users and service principals that may do the operation at the scope, members of groups among them; by id. */
export function whoCan(
  tenant: Tenant,
  question: AccessQuestion,
): { readonly principals: readonly CapablePrincipal[]; readonly notices: readonly Notice[] } {
  if (question.reach === 'out') return { principals: [], notices: [reachNotice(question, tenant)] };
  const { candidates, groupsWithoutMembers } = candidatesFor(tenant, question);
  const decider = new Decider(tenant, question);
  const principals: CapablePrincipal[] = [];
  for (const [id, type] of [...candidates].sort(([a], [b]) => compareText(a, b))) {
    const { decision, because } = decider.decide(id);
    if (decision === 'denied' || decision === 'not-granted') continue;
    const displayName = tenant.snapshot.principals.get(id)?.displayName ?? null;
    principals.push({ id, type, displayName, decision, because });
  }
  return { principals, notices: membersMissing(groupsWithoutMembers, tenant) };
}

interface Candidates {
  /** Id to type. */
  readonly candidates: ReadonlyMap<string, string>;
  readonly groupsWithoutMembers: ReadonlySet<string>;
}

/** Whoever has an assignment here that may grant it, and whoever is in a group that has one. */
function candidatesFor(tenant: Tenant, question: AccessQuestion): Candidates {
  const { snapshot, memberships } = tenant;
  const candidates = new Map<string, string>();
  const groupsWithoutMembers = new Set<string>();
  for (const [holder, around] of question.byHolder()) {
    if (!around.some(({ item }) => question.mayGrant(item))) continue;
    const type = principalTypeOf(holder, tenant);
    if (!groupTypes.includes(type) && !memberships.hasMembers(holder)) {
      candidates.set(holder, type);
      continue;
    }
    const members = memberships.membersOf(holder);
    // Of a group that is not listed, those are known who said so themselves.
    const isListed = snapshot.hasDirectory || snapshot.listedGroups.has(holder);
    if (members.length === 0 || !isListed) groupsWithoutMembers.add(holder);
    for (const member of members) candidates.set(member, snapshot.principals.get(member)!.type);
  }
  return { candidates, groupsWithoutMembers };
}

/** https://learn.microsoft.com/rest/api/authorization/role-assignments: a foreign group is one of another directory. */
const groupTypes = ['Group', 'ForeignGroup'];

function reachNotice(question: AccessQuestion, { snapshot }: Tenant): Notice {
  const message = outOfReach(question).explanation!;
  return { code: 'operation-out-of-reach', message, file: snapshot.source };
}

function membersMissing(groups: ReadonlySet<string>, { snapshot }: Tenant): Notice[] {
  return [...groups].sort().map(id => {
    const name = snapshot.principals.get(id)?.displayName;
    const message = `The group ${name === undefined ? id : `"${name}" (${id})`} may do it; the snapshot does not name its members.`;
    return { code: 'group-without-members', message, file: snapshot.source };
  });
}
