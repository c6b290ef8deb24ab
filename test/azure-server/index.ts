import { Access } from './access.js';
import { Arm } from './arm.js';
import { AzureError, refusal } from './azure-error.js';
import { certificate, writeCaFile } from './certificate.js';
import { undisturbed } from './disruption.js';
import { Faults, type FaultSchedule, refusedActions } from './faults.js';
import { Graph } from './graph.js';
import type { QuotaSize } from './quota.js';
import { ResourceGraph } from './resource-graph.js';
import type { Answer, AzureRequest, RequestRecord, Service } from './request.js';
import { respond } from './respond.js';
import { ScopeTree } from './scope-tree.js';
import { startService, type RunningService } from './service.js';
import type { AzureTenant } from './tenant.js';
import { TokenEndpoint } from './token-endpoint.js';
import { Tokens } from './tokens.js';
import { azurePageSizes, type PageSizes, type World } from './world.js';
import type { ServerResponse } from 'node:http';

export interface AzureServerOptions {
  readonly pageSizes?: Partial<PageSizes>;
  /** What Resource Graph lets a user ask. As good as endless, unless it is said. */
  readonly quota?: QuotaSize;
  /** What goes wrong. */
  readonly faults?: FaultSchedule;
  /** Answers as Azure would never: what is given instead of the right answer, if anything. */
  hostile?(request: AzureRequest, right: Answer, strangerOrigin: string): Answer | undefined;
  readonly tokenLifetimeSeconds?: number;
  /** Requests are remembered, unless there are too many of them. */
  readonly remember?: 'requests' | 'refusals';
}

/** A local Azure: ARM, Resource Graph, Microsoft Graph and the token endpoint over HTTPS, each on a port of its own. */
export interface AzureServer {
  readonly armEndpoint: string;
  readonly graphEndpoint: string;
  readonly authorityHost: string;
  /** Belongs to nobody: a caller that sends its token here has been lured away. */
  readonly strangerOrigin: string;
  /** PEM of the authority that signed the certificate, and the file that holds it. */
  readonly ca: string;
  readonly caFile: string;
  /** What a child process needs to sign in with `--auth env`. */
  readonly environment: Readonly<Record<string, string>>;
  /** The same for `--auth managed-identity` and, with the token in a file, `--auth workload`. */
  readonly managedIdentityEnvironment: Readonly<Record<string, string>>;
  readonly federatedToken: string;
  readonly requests: readonly RequestRecord[];
  /** What was asked that Azure does not know or does not take: a test expects none. */
  readonly refusals: readonly string[];
  readonly tokens: Tokens;
  close(): Promise<void>;
}

const federatedToken = 'federated-token-of-a-workload';
const identityHeader = 'identity-header-of-an-app-service';

export async function startAzureServer(
  tenant: AzureTenant,
  options: AzureServerOptions = {},
): Promise<AzureServer> {
  const { key, cert, ca } = certificate();
  const tree = new ScopeTree(tenant);
  const { faults } = options;
  const world: World = {
    tenant,
    tree,
    access: new Access(tenant, tree, faults === undefined ? [] : refusedActions(faults)),
    pageSizes: { ...azurePageSizes, ...options.pageSizes },
  };
  const tokens = new Tokens(tenant, options.tokenLifetimeSeconds ?? 3600);
  const disruptions = faults === undefined ? undisturbed : new Faults(faults);
  const resourceGraph = new ResourceGraph(world, options.quota ?? { queries: 1_000_000, seconds: 5 });
  const arm = new Arm(world, resourceGraph);
  const graph = new Graph(world, request => disruptions.nextItem(request));
  const requests: RequestRecord[] = [];
  const refusals: string[] = [];
  const services = {} as Record<Service, RunningService>;
  let endpoint: TokenEndpoint | undefined;

  const answer = (request: AzureRequest): Answer => {
    if (request.service === 'stranger') throw refusal(404, 'NotFound', 'A stranger was asked.');
    if (request.service === 'authority') return endpoint!.answer(request);
    tokens.check(request.headers.authorization, request.origin, services.authority.origin);
    return request.service === 'arm' ? arm.answer(request) : graph.answer(request);
  };
  const handle = async (request: AzureRequest, response: ServerResponse): Promise<void> => {
    const record = {
      service: request.service,
      method: request.method,
      path: request.path,
      query: Object.fromEntries(request.query),
      status: 0,
      startedAt: performance.now(),
    };
    if (options.remember !== 'refusals') requests.push(record);
    const disruption = disruptions.next(request);
    if (disruption?.kind === 'expired') tokens.expireAll();
    const right =
      disruption?.kind === 'answer' ? disruption.answer : answerOrError(request, answer, refusals);
    const given = disruption?.kind === 'changed' ? disruption.change(right, services.stranger.origin) : right;
    const hostile = options.hostile?.(request, given, services.stranger.origin);
    record.status = await respond(response, hostile ?? given, disruption);
  };

  for (const service of ['arm', 'graph', 'authority', 'stranger'] as const)
    services[service] = await startService(service, { key, cert, ca }, handle);
  const audiences = [services.arm.origin, services.graph.origin];
  endpoint = new TokenEndpoint({ tenant, tokens, audiences, federatedToken, identityHeader });
  const { file, remove } = writeCaFile(ca);
  return {
    armEndpoint: services.arm.origin,
    graphEndpoint: services.graph.origin,
    authorityHost: services.authority.origin,
    strangerOrigin: services.stranger.origin,
    ca,
    caFile: file,
    environment: {
      NODE_EXTRA_CA_CERTS: file,
      AZURE_TENANT_ID: tenant.tenantId,
      AZURE_CLIENT_ID: tenant.caller.clientId,
      AZURE_CLIENT_SECRET: tenant.caller.clientSecret,
    },
    managedIdentityEnvironment: {
      NODE_EXTRA_CA_CERTS: file,
      IDENTITY_ENDPOINT: `${services.authority.origin}/msi/token`,
      IDENTITY_HEADER: identityHeader,
    },
    federatedToken,
    requests,
    refusals,
    tokens,
    async close() {
      await Promise.all(Object.values(services).map(service => service.close()));
      remove();
    },
  };
}

function answerOrError(
  request: AzureRequest,
  answer: (request: AzureRequest) => Answer,
  refusals: string[],
): Answer {
  try {
    return answer(request);
  } catch (error) {
    const known = error instanceof AzureError ? error : internalError(error);
    if (!known.isLegitimate)
      refusals.push(`${request.service} ${request.method} ${request.path}: ${known.status} ${known.message}`);
    const body =
      request.service === 'authority' ? { error: known.code, error_description: known.message } : known.body;
    return { status: known.status, headers: known.headers, body };
  }
}

/** A mistake of the server's own: a test must see it, too. */
function internalError(error: unknown): AzureError {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new AzureError(500, 'InternalServerError', text);
}
