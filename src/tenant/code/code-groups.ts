import type { CodeMembership } from '../../input/code-resource.js';
import { locatedItems, type LocatedValue } from '../../input/located-value.js';
import { append } from '../../maps.js';
import { mentionsIn } from './mentions.js';

/** A principal as code speaks of it. */
export interface CodeMember {
  /** An object id, or what stands for it. */
  readonly id: string;
  /** The address of the resource that makes it, and what is deployed with that. */
  readonly resource: string | undefined;
  readonly domain: string;
}

/** The groups that code puts principals in. */
export class CodeGroups {
  private readonly groupsOf = new Map<string, string[]>();
  private readonly open = new Set<string>();
  private readonly byResource: ReadonlyMap<string, string>;

  constructor(memberships: readonly CodeMembership[], principals: readonly CodeMember[]) {
    this.byResource = new Map(
      principals.flatMap(({ id, resource, domain }) => (resource ? [[keyOf(domain, resource), id]] : [])),
    );
    for (const { group, members, domain } of memberships) {
      for (const id of this.idsOf(group, domain)) {
        for (const member of this.idsOf(members, domain)) append(this.groupsOf, member, id);
        if (areOpen(members)) this.open.add(id);
      }
    }
  }

  /** The groups that it is in directly. */
  of(id: string): readonly string[] {
    return this.groupsOf.get(id) ?? [];
  }

  /** All groups that have a member. */
  get all(): ReadonlySet<string> {
    return new Set([...this.groupsOf.values()].flat());
  }

  /** Whether some of its members, or all, are unknown. */
  isOpen(id: string): boolean {
    return this.open.has(id);
  }

  /** What has no role and no id goes by its address; a value that nobody gives a resource for is nobody. */
  private idsOf(value: LocatedValue, domain: string): string[] {
    return [...addressesIn(value)].map(
      mentioned => this.byResource.get(keyOf(domain, mentioned)) ?? mentioned,
    );
  }
}

/** Object ids, and addresses of resources without what is asked of them. */
function addressesIn(value: LocatedValue): ReadonlySet<string> {
  const attribute = /\.(?:object_id|id|principal_id|client_id)$/;
  return new Set([...mentionsIn(value)].map(mentioned => mentioned.replace(attribute, '')));
}

function keyOf(domain: string, resource: string): string {
  return JSON.stringify([domain, resource]);
}

function areOpen(members: LocatedValue): boolean {
  if (members.kind === 'list') return members.more !== undefined || locatedItems(members).some(areOpen);
  return members.kind === 'unknown' && mentionsIn(members).size === 0;
}
