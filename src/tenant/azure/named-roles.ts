import { trailingGuid } from '../../rbac/model/guid.js';
import type { SnapshotGap } from '../snapshot/snapshot.js';
import type { SharedRow, UnitResult } from '../snapshot-writer/unit-result.js';
import { customRoleRows, failureIn } from './authorization-unit.js';
import { AzureFailure } from './azure-failure.js';
import type { AzureHttp } from './azure-http.js';
import { type AzureRow, rowsIn, strangeRows } from './list-page.js';
import { gapOf, isTransientGap } from './gap.js';

/** Where a role can be asked for, by its GUID: the subscription or management group of an assignment; `` is the root. */
export type NamedRoles = ReadonlyMap<string, string>;

export function addRole({ properties }: AzureRow, roles: Map<string, string>): void {
  const { roleDefinitionId, scope } = (properties ?? {}) as AzureRow;
  const guid = typeof roleDefinitionId === 'string' ? trailingGuid(roleDefinitionId) : undefined;
  if (guid === undefined) return;
  const at = typeof scope === 'string' ? (container.exec(scope)?.[0].toLowerCase() ?? '') : '';
  // Any would do, but the same each time: a subscription before a group, a group before the root.
  if (at >= (roles.get(guid) ?? '')) roles.set(guid, at);
}

const container =
  /^\/(?:subscriptions\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|providers\/microsoft\.management\/managementgroups\/[\w().-]+)(?=\/|$)/i;

/**
 * Roles that assignments name and no list has shown, one by one: Resource Graph leaves out in silence what the caller may
 * not read. `told` are the scopes, in lower case, of which a gap says already that roles are missing.
 */
export async function readNamedRoles(
  http: AzureHttp,
  roles: NamedRoles,
  told: ReadonlySet<string>,
): Promise<UnitResult> {
  const guids = [...roles.keys()].sort();
  const shared: SharedRow[] = [];
  const gaps: SnapshotGap[] = [];
  let isOpen = false;
  await Promise.all(
    guids.slice(0, maxAsked).map(async guid => {
      const scope = roles.get(guid)!;
      const id = `${scope}/providers/Microsoft.Authorization/roleDefinitions/${guid}`;
      const found = await readRole(http, id).catch(failureIn);
      if (!(found instanceof AzureFailure)) shared.push(...customRoleRows(found));
      else if (!told.has(scope || '/')) {
        gaps.push(gapOf('roleDefinitions', id, found));
        isOpen ||= isTransientGap(found);
      }
    }),
  );
  if (guids.length > maxAsked) {
    const reason = `${guids.length - maxAsked} more roles that assignments name are not shown in any list`;
    gaps.push({ what: 'roleDefinitions', scope: '/', reason });
  }
  return { rows: new Map(), shared, gaps, isOpen };
}

/** How many are asked for: more that no list shows are a sign that lists are refused, and not worth a request each. */
const maxAsked = 500;

async function readRole(http: AzureHttp, id: string): Promise<AzureRow> {
  const url = `${http.endpoints.arm}${id}?api-version=2022-04-01`;
  const { body } = await http.send({ method: 'GET', url });
  const [row] = rowsIn([body]).rows;
  if (row === undefined || trailingGuid(String(row['id'])) !== trailingGuid(id)) throw strangeRows(1)!;
  return row;
}
