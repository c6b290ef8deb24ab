import type { SnapshotGap } from '../snapshot/snapshot.js';
import type { UnitResult, WrittenRow } from '../snapshot-writer/unit-result.js';
import { type AzureFailure, reasonOf } from './azure-failure.js';
import type { AzureHttp } from './azure-http.js';
import { guidOf } from '../model/guid.js';
import { type AzureRow, pageIn, strangeRows } from './azure-list.js';
import type { Clock } from './clock.js';
import { failureIn } from './authorization-unit.js';
import { graphPermission, isPassing } from './gap.js';
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

  constructor(
    private readonly http: AzureHttp,
    private readonly clock: Clock,
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
    const starts = Array.from({ length: Math.ceil(sorted.length / mostIds) }, (_, at) => at * mostIds);
    await Promise.all(starts.map(start => this.readSome(sorted.slice(start, start + mostIds))));
  }

  private async readSome(ids: readonly string[]): Promise<void> {
    try {
      const rows = await this.byIds(ids, `?$select=${selected}`).catch(failure =>
        failureIn(failure).kind === 'unsupported' ? this.byIds(ids, '') : Promise.reject(failure),
      );
      for (const row of rows) this.objects.set(String(row['id']).toLowerCase(), row);
    } catch (failure) {
      this.failures.push(failureIn(failure));
    }
  }

  private async byIds(ids: readonly string[], query: string): Promise<readonly AzureRow[]> {
    const url = `${this.http.endpoints.graph}/v1.0/directoryObjects/getByIds${query}`;
    const { body } = await this.http.send({ method: 'POST', url, body: { ids } });
    const { rows, strange, link } = pageIn(body);
    const broken = strangeRows(link === undefined ? strange : strange + 1);
    if (broken !== undefined) this.failures.push(broken);
    return rows;
  }

  private async readMembers(groups: Set<string>, ids: Set<string>): Promise<void> {
    const asked = new Set<string>();
    for (let open = [...groups]; open.length > 0; open = [...groups].filter(id => !asked.has(id))) {
      for (const id of open) asked.add(id);
      const lists = open.flatMap(id => [
        { path: `/groups/${id}/members?$select=id&$top=999` },
        // v1.0 leaves service principals out of the members unless they are asked for by their type:
        // https://learn.microsoft.com/graph/api/group-list-members
        {
          path: `/groups/${id}/members/microsoft.graph.servicePrincipal?$count=true&$select=id&$top=999`,
          headers: { ConsistencyLevel: 'eventual' },
        },
      ]);
      for (const [at, { rows, failure }] of (await readInBatches(this.http, this.clock, lists)).entries()) {
        const group = open[Math.floor(at / 2)]!;
        if (failure !== undefined && failure.kind !== 'missing') this.failures.push(failure);
        for (const row of rows) this.addMember(row, group, groups, ids);
      }
    }
  }

  private addMember(row: AzureRow, group: string, groups: Set<string>, ids: Set<string>): void {
    const id = this.idOf(row);
    if (id === undefined) return;
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
    const isOpen = (id: string): boolean => !asked.has(id) && mayHaveOwners(this.objects.get(id));
    for (let open = [...ids].filter(isOpen); open.length > 0; open = [...ids].filter(isOpen)) {
      for (const id of open) asked.add(id);
      const lists = open.map(id => {
        const kind = typeOf(this.objects.get(id)) === 'Group' ? 'groups' : 'servicePrincipals';
        return { path: `/${kind}/${id}/owners?$select=id&$top=999` };
      });
      const added: string[] = [];
      for (const [at, { rows, failure }] of (await readInBatches(this.http, this.clock, lists)).entries()) {
        if (failure !== undefined && failure.kind !== 'missing') this.failures.push(failure);
        const owners = rows.flatMap(row => this.idOf(row) ?? []);
        this.owners.set(open[at]!, owners.sort());
        for (const owner of owners) if (!ids.has(owner)) added.push(owner);
      }
      for (const owner of added) ids.add(owner);
      await this.readObjects([...new Set(added)].filter(id => !this.objects.has(id)));
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
      isOpen: this.failures.some(isPassing),
    };
  }

  /** Of somebody whom the directory does not have any more, nothing: that is what an orphaned assignment is known by. */
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

const mostIds = 1_000;
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
  const reasons = new Set(failures.map(failure => reasonOf(failure, graphPermission)));
  return [...reasons].sort().map(reason => ({ what: 'principals', scope: '/', reason }));
}
