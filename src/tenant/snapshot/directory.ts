import { guidOf } from '../../rbac/model/guid.js';
import type { Principal } from '../../rbac/model/principal.js';
import { readPrincipal } from './rows.js';
import type { SharedTexts } from './shared-texts.js';

/** What an export says of somebody, as it is written there. */
export interface NamedPrincipal {
  readonly id: string;
  readonly type?: string | undefined;
  readonly displayName?: string | undefined;
  readonly userType?: string | undefined;
  readonly accountEnabled?: unknown;
  readonly servicePrincipalType?: string | undefined;
  /** Said by a list of principals, and not in passing: by a role assignment, or by a resource of its identity. */
  readonly isListed?: boolean;
}

/**
 * What exports tell of the directory, in pieces: who is called what, who is in which groups, and who is in a group.
 * Such lists never say whether they are the whole directory.
 */
export class Directory {
  private readonly named = new Map<string, NamedPrincipal>();
  private readonly groups = new Map<string, Set<string>>();
  private readonly members = new Map<string, Set<string>>();

  /** What a list of principals says goes before what is said in passing. */
  name(principal: NamedPrincipal): void {
    const id = guidOf(principal.id.trim());
    if (id === undefined) return;
    const known = this.named.get(id);
    const said = { ...principal, id };
    if (known === undefined) this.named.set(id, said);
    else
      this.named.set(
        id,
        known.isListed || !said.isListed ? { ...said, ...told(known) } : { ...known, ...told(said) },
      );
  }

  /** All groups that the principal is in. */
  setGroups(principal: string, groups: readonly string[]): void {
    addAll(this.groups, principal, groups);
  }

  /** All direct members of the group. */
  setMembers(group: string, members: readonly string[]): void {
    addAll(this.members, group, members);
  }

  /** Groups whose direct members are all known. */
  get listedGroups(): ReadonlySet<string> {
    return new Set(this.members.keys());
  }

  /** The principals of a collection, which are the whole directory where there are any, with what exports add to them. */
  join(collected: ReadonlyMap<string, Principal>, shared: SharedTexts): ReadonlyMap<string, Principal> {
    if (this.named.size + this.groups.size + this.members.size === 0) return collected;
    const joined = new Map(collected);
    const isOpen = collected.size === 0;
    for (const named of this.named.values()) {
      const known = joined.get(named.id);
      if (known !== undefined) joined.set(named.id, withName(known, named));
      else if (isOpen) joined.set(named.id, principalOf(named, shared));
    }
    for (const id of isOpen
      ? [...this.groups.keys(), ...[...this.members.values()].flatMap(set => [...set])]
      : [])
      if (!joined.has(id)) joined.set(id, principalOf({ id }, shared));
    for (const [id, groups] of this.groups) joinGroups(joined, id, groups, 'all');
    for (const [group, members] of this.members) for (const id of members) joinGroups(joined, id, [group]);
    return joined;
  }
}

function addAll(sets: Map<string, Set<string>>, key: string, ids: readonly string[]): void {
  let set = sets.get(key);
  if (set === undefined) sets.set(key, (set = new Set()));
  for (const id of ids) set.add(id);
}

/** Without what is not said. */
function told(principal: NamedPrincipal): NamedPrincipal {
  const entries = Object.entries(principal).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(entries) as unknown as NamedPrincipal;
}

function principalOf(named: NamedPrincipal, shared: SharedTexts): Principal {
  const read = readPrincipal({ ...named }, shared) as Principal;
  return { ...read, memberships: 'unknown' };
}

function withName(known: Principal, { displayName }: NamedPrincipal): Principal {
  return known.displayName === undefined ? { ...known, displayName } : known;
}

function joinGroups(
  principals: Map<string, Principal>,
  id: string,
  groups: Iterable<string>,
  memberships?: Principal['memberships'],
): void {
  const known = principals.get(id);
  if (known === undefined) return;
  const memberOf = [...new Set([...known.memberOf, ...groups])];
  principals.set(id, { ...known, memberOf, memberships: memberships ?? known.memberships });
}
