import { guidOf } from '../../rbac/model/guid.js';
import type { Caller } from './access-tokens.js';
import { AzureFailure } from './azure-failure.js';
import type { AzureHttp, AzureRequest } from './azure-http.js';
import { type AzureRow, pageIn } from './list-page.js';
import type { Target } from './collection-request.js';
import { type ConnectionOptions, connect } from './connection.js';
import { type ScopeHierarchy, readScopeHierarchy } from './scope-hierarchy.js';
import { graphPermission, readPermissions } from './gap.js';
import {
  type Area,
  areaOf,
  directoryReader,
  groupsArea,
  reader,
  subscriptionsArea,
  unknown,
} from './preflight-areas.js';
import { ResourceGraph } from './resource-graph.js';

/** What the signed-in identity can read. */
export interface Preflight {
  readonly caller: Caller;
  readonly areas: readonly Area[];
}

/** Tries a little of everything that a collection reads. @throws UserError where nobody can sign in. */
export async function preflight(options: ConnectionOptions, target: Target): Promise<Preflight> {
  const { http, caller } = await connect({ ...options, limits: { attempts: 3, waiting: 20_000 } });
  const containers = await readScopeHierarchy(http, target, caller.tenantId ?? '');
  const trial = new Trial(http, containers);
  const areas = await Promise.all([
    subscriptionsArea(containers),
    groupsArea(containers),
    ...kinds.map(([what, path, version]) =>
      trial.list(what, `/providers/Microsoft.Authorization/${path}`, `${version}&$filter=atScope()`),
    ),
    trial.root(),
    trial.list('resources', '/resources', '2021-04-01&$top=1'),
    trial.list(
      'Azure Machine Learning',
      '/providers/Microsoft.MachineLearningServices/workspaces',
      '2024-10-01',
      'Microsoft.MachineLearningServices/workspaces/read',
    ),
    trial.resourceGraph(),
    trial.principals(caller),
  ]);
  return { caller, areas: [...areas, await trial.groupMembers()] };
}

const kinds = [
  ['role assignments', 'roleAssignments', '2022-04-01'],
  ['roles', 'roleDefinitions', '2022-04-01'],
  ['deny assignments', 'denyAssignments', '2022-04-01'],
  ['eligible assignments (PIM)', 'roleEligibilityScheduleInstances', '2020-10-01'],
  ['active assignments (PIM)', 'roleAssignmentScheduleInstances', '2020-10-01'],
] as const;

/** Trying all of many subscriptions would take as long as to read them. */
const maxTried = 10;

class Trial {
  private group: string | undefined;

  constructor(
    private readonly http: AzureHttp,
    private readonly containers: ScopeHierarchy,
  ) {}

  /** One page of a list in some subscriptions. */
  async list(area: string, path: string, version: string, permission = permissionOf(path)): Promise<Area> {
    const { subscriptions } = this.containers;
    const tried = subscriptions.slice(0, maxTried);
    const query = path.endsWith('/roleDefinitions')
      ? version.replace(/&.*/, "&$filter=type eq 'CustomRole'")
      : version;
    const results = await Promise.all(
      tried.map(({ id }) =>
        this.ask({
          method: 'GET',
          url: `${this.http.endpoints.arm}/subscriptions/${id}${path}?api-version=${encodeURI(query)}`,
        }),
      ),
    );
    for (const result of results) if (!(result instanceof AzureFailure)) this.noteGroup(result);
    const failures = results.filter(result => result instanceof AzureFailure);
    const readable = tried.length - failures.length;
    const count =
      tried.length < subscriptions.length
        ? `${tried.length} of ${subscriptions.length} were tried`
        : `of ${tried.length}`;
    return areaOf(area, {
      readable,
      tried: tried.length,
      detail: `in ${readable} subscriptions (${count})`,
      failure: failures[0],
      permission,
      ask: reader,
    });
  }

  async root(): Promise<Area> {
    const url = `${this.http.endpoints.arm}/providers/Microsoft.Authorization/roleAssignments?api-version=2022-04-01&$filter=atScope()`;
    const result = await this.ask({ method: 'GET', url });
    const failure = result instanceof AzureFailure ? result : undefined;
    const ask = 'a Global Administrator who elevates access and assigns the role Reader at the scope /';
    return areaOf('role assignments at the root (/)', {
      readable: failure ? 0 : 1,
      tried: 1,
      detail: 'what stands above all management groups',
      failure,
      permission: readPermissions.roleAssignments,
      ask,
    });
  }

  async resourceGraph(): Promise<Area> {
    const ids = this.containers.subscriptions.map(({ id }) => id).slice(0, 1000);
    if (ids.length === 0) return unknown('Azure Resource Graph', 'there is no subscription to ask for');
    const { rows, failure } = await new ResourceGraph(this.http).query('subscriptions', ids);
    const detail = `shows ${rows.length} of ${ids.length} subscriptions`;
    return areaOf('Azure Resource Graph', {
      readable: failure ? 0 : rows.length,
      tried: ids.length,
      detail,
      failure,
      permission: 'Microsoft.ResourceGraph/resources/read',
      ask: reader,
    });
  }

  async principals({ objectId }: Caller): Promise<Area> {
    const ids = [objectId ?? '00000000-0000-0000-0000-000000000000'];
    const url = `${this.http.endpoints.graph}/v1.0/directoryObjects/getByIds?$select=id,displayName`;
    const result = await this.ask({ method: 'POST', url, body: { ids } });
    const failure = result instanceof AzureFailure ? result : undefined;
    // Who may not read an object gets its id, and null for the rest.
    const isNamed =
      failure === undefined && (result as AzureRow[]).every(({ displayName }) => displayName !== null);
    return areaOf('users, groups and applications', {
      readable: failure ? 0 : isNamed ? 2 : 1,
      tried: 2,
      detail: 'names and types in Microsoft Graph',
      failure,
      permission: graphPermission,
      ask: directoryReader,
    });
  }

  async groupMembers(): Promise<Area> {
    if (this.group === undefined) return unknown('members of groups', 'no group was found to try it with');
    const url = `${this.http.endpoints.graph}/v1.0/groups/${this.group}/members?$select=id&$top=1`;
    const result = await this.ask({ method: 'GET', url });
    const failure = result instanceof AzureFailure && result.kind !== 'missing' ? result : undefined;
    return areaOf('members of groups', {
      readable: failure ? 0 : 1,
      tried: 1,
      detail: 'of the groups that hold roles',
      failure,
      permission: graphPermission,
      ask: directoryReader,
    });
  }

  private async ask(request: AzureRequest): Promise<readonly AzureRow[] | AzureFailure> {
    try {
      const { body, size } = await this.http.send(request);
      return pageIn(body, size).rows;
    } catch (failure) {
      if (failure instanceof AzureFailure && failure.kind !== 'stopped') return failure;
      throw failure;
    }
  }

  private noteGroup(rows: readonly AzureRow[]): void {
    for (const { properties } of rows) {
      const { principalId, principalType } = (properties ?? {}) as AzureRow;
      if (principalType === 'Group' && typeof principalId === 'string') this.group ??= guidOf(principalId);
    }
  }
}

function permissionOf(path: string): string {
  const type = path.slice(path.lastIndexOf('/') + 1);
  return type === 'resources' ? readPermissions.resources : `Microsoft.Authorization/${type}/read`;
}
