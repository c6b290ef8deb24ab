import type { SnapshotGap } from '../snapshot/snapshot.js';
import type { UnitResult, WrittenRow } from '../snapshot-writer/unit-result.js';
import { AzureFailure, failureReason } from './azure-failure.js';
import type { AzureHttp } from './azure-http.js';
import { guidOf } from '../../rbac/model/guid.js';
import { type AzureRow, pageIn, strangeRows } from './list-page.js';
import type { Clock } from './clock.js';
import { failureIn } from './authorization-unit.js';
import { graphPermission, isTransientGap } from './gap.js';
import { readInBatches } from './graph-batch.js';

/** Principals that assignments name, and what type the assignments say they are. Ids are in lower case. */
export type NamedPrincipals = ReadonlyMap<string, string>;

/**
 * Reads who the named principals are, who is in which group and who owns what. From the groups that are named downward:
 * other groups give nobody access.
 */
export class DirectoryReader {
  private readonly objects = new Map<string, AzureRow>();
  private readonly memberOf = new Map<string, Set<string>>();
  private readonly owners = new Map<string, string[]>();
  private readonly failures: AzureFailure[] = [];
  private links = 0;
  private isEndless = false;

  constructor(
    readonly http: AzureHttp,
    readonly clock: Clock,
    private readonly limits = { objects: 2_000_000, links: 10_000_000 },
  ) {}

  async read(named: NamedPrincipals): Promise<UnitResult> {
    const ids = new Set(named.keys());
    const groups = new Set([...named].filter(([, type]) => type === 'Group').map(([id]) => id));
    // An assignment may not say what its principal is: then the directory does.
    await this.readObjects([...ids]);
    for (const id of ids) if (typeOf(this.objects.get(id)) === 'Group') groups.add(id);
    await this.readMembers(groups, ids);
    await this.readObjects([...ids].filter(id => !this.objects.has(id)));
    await this.readOwners(ids);
    return this.result(ids, named);
  }

  /** https://learn.microsoft.com/graph/api/directoryobject-getbyids: 1,000 at a time; ids that nobody has are left out. */
  private async readObjects(ids: readonly string[]): Promise<void> {
    const sorted = [...ids].sort();
    const starts = Array.from({ length: Math.ceil(sorted.length / maxIds) }, (_, at) => at * maxIds);
    await Promise.all(starts.map(start => this.readSome(sorted.slice(start, start + maxIds))));
  }

  private async readSome(ids: readonly string[]): Promise<void> {
    try {
      const rows = await this.byIds(ids, `?$select=${selected}`).catch(failure =>
        failureIn(failure).kind === 'unsupported' ? this.byIds(ids, '') : Promise.reject(failure),
      );
      const asked = new Set(ids);
      for (const row of rows) {
        const id = String(row['id']).toLowerCase();
        if (asked.has(id)) this.objects.set(id, row);
      }
    } catch (failure) {
      this.failures.push(failureIn(failure));
    }
  }

  private async byIds(ids: readonly string[], query: string): Promise<readonly AzureRow[]> {
    const url = `${this.http.endpoints.graph}/v1.0/directoryObjects/getByIds${query}`;
    const { body, size } = await this.http.send({ method: 'POST', url, body: { ids } });
    const { rows, strange, link } = pageIn(body, size);
    const broken = strangeRows(link === undefined ? strange : strange + 1);
    if (broken !== undefined) this.failures.push(broken);
    return rows;
  }

  private async readMembers(groups: Set<string>, ids: Set<string>): Promise<void> {
    const asked = new Set<string>();
    for (let level = 1; !this.isEndless; level++) {
      const open = [...groups].filter(id => !asked.has(id));
      if (open.length === 0) return;
      if (level > maxLevels) return this.endless(`groups contain each other ${maxLevels} levels deep`);
      for (const id of open) asked.add(id);
      const lists = open.flatMap(group => [
        { group, path: `/groups/${group}/members?$select=id&$top=999` },
        // v1.0 leaves service principals out of the members unless they are asked for by their type:
        // https://learn.microsoft.com/graph/api/group-list-members
        {
          group,
          path: `/groups/${group}/members/microsoft.graph.servicePrincipal?$count=true&$select=id&$top=999`,
          headers: { ConsistencyLevel: 'eventual' },
        },
      ]);
      await readInBatches(this, lists, ({ group }, { rows, failure }) => {
        if (failure !== undefined && failure.kind !== 'missing') this.failures.push(failure);
        for (const row of rows) this.addMember(row, group, groups, ids);
      });
    }
  }

  /** Somebody who makes up groups and members would never come to an end. */
  private endless(reason: string): void {
    if (!this.isEndless)
      this.failures.push(new AzureFailure('endless', `the directory does not end: ${reason}`));
    this.isEndless = true;
  }

  /** Whether there is room for one more member or owner. */
  private admits(id: string, ids: ReadonlySet<string>): boolean {
    const { objects, links } = this.limits;
    if (ids.size >= objects && !ids.has(id)) this.endless(`it has more than ${objects} objects`);
    if (++this.links > links) this.endless(`it has more than ${links} members and owners`);
    return !this.isEndless;
  }

  private addMember(row: AzureRow, group: string, groups: Set<string>, ids: Set<string>): void {
    const id = this.idOf(row);
    if (id === undefined || !this.admits(id, ids)) return;
    ids.add(id);
    const known = this.memberOf.get(id);
    if (known === undefined) this.memberOf.set(id, new Set([group]));
    else known.add(group);
    if (typeOf(row) === 'Group') groups.add(id);
  }

  /** Ids become parts of paths: what is none is missing. */
  private idOf(row: AzureRow): string | undefined {
    const id = guidOf(String(row['id']));
    if (id === undefined) this.failures.push(strangeRows(1)!);
    return id;
  }

  /** Owners of a group decide who is in it, and owners of an application sign in as it. They have owners themselves. */
  private async readOwners(ids: Set<string>): Promise<void> {
    const asked = new Set<string>();
    for (let level = 1; !this.isEndless; level++) {
      const open = [...ids].filter(id => !asked.has(id) && mayHaveOwners(this.objects.get(id)));
      if (open.length === 0) return;
      if (level > maxLevels) return this.endless(`owners own each other ${maxLevels} levels deep`);
      for (const id of open) asked.add(id);
      const lists = open.map(id => {
        const kind = typeOf(this.objects.get(id)) === 'Group' ? 'groups' : 'servicePrincipals';
        return { id, path: `/${kind}/${id}/owners?$select=id&$top=999` };
      });
      const added = new Set<string>();
      await readInBatches(this, lists, ({ id }, { rows, failure }) => {
        if (failure !== undefined && failure.kind !== 'missing') this.failures.push(failure);
        const owners = rows.flatMap(row => this.idOf(row) ?? []).filter(one => this.admits(one, ids));
        this.owners.set(id, owners.sort());
        for (const owner of owners) if (!ids.has(owner)) added.add(owner);
      });
      for (const owner of added) ids.add(owner);
      await this.readObjects([...added].filter(id => !this.objects.has(id)));
    }
  }

  private result(ids: ReadonlySet<string>, named: NamedPrincipals): UnitResult {
    const rows: WrittenRow[] = [];
    for (const id of ids) {
      const row = this.principalRow(id, named.get(id));
      if (row !== undefined) rows.push({ key: id, json: JSON.stringify(row) });
    }
    return {
      rows: new Map([['principals', rows]]),
      shared: [],
      gaps: gapsOf(this.failures),
      isOpen: this.failures.some(isTransientGap),
    };
  }

  /** A row of a principal; nothing of somebody whom the directory does not have any more: that is what an orphaned assignment is known by. */
  private principalRow(id: string, assignedType: string | undefined): AzureRow | undefined {
    const object = this.objects.get(id);
    if (object === undefined && this.failures.length === 0 && !this.memberOf.has(id)) return undefined;
    const { displayName, userType, accountEnabled, servicePrincipalType } = object ?? {};
    const owners = this.owners.get(id);
    return {
      id,
      type: typeOf(object) ?? assignedType ?? 'Unknown',
      displayName: typeof displayName === 'string' ? displayName : null,
      memberOf: [...(this.memberOf.get(id) ?? [])].sort(),
      ...(owners !== undefined && { owners }),
      ...(userType != null && { userType }),
      ...(accountEnabled != null && { accountEnabled }),
      ...(servicePrincipalType != null && { servicePrincipalType }),
    };
  }
}

/** Nobody nests groups, or owners, as deep as that. */
const maxLevels = 100;

const maxIds = 1_000;
const selected = 'id,displayName,userType,accountEnabled,servicePrincipalType';

function typeOf(object: AzureRow | undefined): string | undefined {
  const type = object?.['@odata.type'];
  return typeof type === 'string' ? types.get(type.toLowerCase()) : undefined;
}

const types: ReadonlyMap<string, string> = new Map([
  ['#microsoft.graph.user', 'User'],
  ['#microsoft.graph.group', 'Group'],
  ['#microsoft.graph.serviceprincipal', 'ServicePrincipal'],
  ['#microsoft.graph.device', 'Device'],
]);

/** Azure itself owns managed identities. */
function mayHaveOwners(object: AzureRow | undefined): boolean {
  const type = typeOf(object);
  return (
    type === 'Group' ||
    (type === 'ServicePrincipal' && object?.['servicePrincipalType'] !== 'ManagedIdentity')
  );
}

/** A directory has no scopes: what is missing of it is one gap for each reason. */
function gapsOf(failures: readonly AzureFailure[]): SnapshotGap[] {
  const reasons = new Set(failures.map(failure => failureReason(failure, graphPermission)));
  return [...reasons].sort().map(reason => ({ what: 'principals', scope: '/', reason }));
}
