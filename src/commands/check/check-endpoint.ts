import { join } from 'node:path';
import { ActionSets } from '../../rbac/action-sets/action-sets.js';
import { analyse } from '../../analysis/azure-ml/analyse.js';
import type { JobInput } from '../../analysis/azure-ml/job-inputs.js';
import type { SourceRef } from '../../input/source-document.js';
import { computeIdentity, type DataAccess } from '../../analysis/azure-ml/data-access.js';
import { type IdentityNeed, type NamedScopes, nameIn } from '../../analysis/azure-ml/need.js';
import { type FileProblem, problem } from '../../analysis/azure-ml/problem.js';
import { readAzureMl } from '../../analysis/azure-ml/read-resources.js';
import type { FileKind } from '../../analysis/azure-ml/recognise.js';
import {
  type AzureMlResource,
  type ResourceKindInFile,
  userAssignedOf,
} from '../../analysis/azure-ml/resource.js';
import { shippedCatalogFolder } from '../../package/package-folder.js';
import { UserError } from '../../errors.js';
import type { Io } from '../../cli/io.js';
import { readText } from '../../workspace/read-text.js';

/** The files that the command line names, by what they are to be. */
export interface EndpointFiles {
  readonly endpoint: readonly string[];
  readonly deployment: readonly string[];
  readonly datastore: readonly string[];
  readonly compute: readonly string[];
  readonly connection: readonly string[];
  readonly environment: readonly string[];
  readonly data: readonly string[];
  readonly 'workspace-file': readonly string[];
  readonly previous: readonly string[];
}

/** What is known about these files. */
export interface FileCheck {
  readonly resources: readonly AzureMlResource[];
  readonly needs: readonly IdentityNeed[];
  readonly inputs: readonly DataAccess[];
  readonly problems: readonly FileProblem[];
  /** Object ids that the files themselves say, and names by which a snapshot may know a principal. */
  readonly known: readonly KnownPrincipal[];
}

export interface KnownPrincipal {
  readonly identity: IdentityNeed['identity'];
  readonly which: string | undefined;
  readonly principal: string | undefined;
  readonly displayName: string | undefined;
  /** The ARM id of the resource whose identity it is, or of the user-assigned identity. */
  readonly resource: string | undefined;
}

/** Reads and analyses the files. @throws UserError where one cannot be opened. */
export async function checkEndpointFiles(
  files: EndpointFiles,
  known: (resources: readonly AzureMlResource[]) => KnownResources,
  io: Io,
): Promise<FileCheck> {
  const resources: AzureMlResource[] = [];
  const problems: FileProblem[] = [];
  for (const [option, { expected, kinds }] of Object.entries(fileOptions) as [
    keyof typeof fileOptions,
    FileOption,
  ][]) {
    for (const file of files[option]) {
      if (option === 'data' && isAddress(file)) continue;
      const read = await readFile(file, expected, io);
      resources.push(...read.resources);
      problems.push(...read.problems, ...unexpected(option, kinds, read.resources));
    }
  }
  const earlier: AzureMlResource[] = [];
  for (const file of files.previous) {
    const read = await readFile(file, undefined, io);
    earlier.push(...read.resources);
    problems.push(...read.problems);
  }
  refuseTooMany(resources.length + earlier.length);
  const sets = new ActionSets(join(shippedCatalogFolder(), 'action-sets'));
  const { scopes, clientOf } = known(resources);
  const addresses = addressesIn(files.data, resources[0]?.at);
  const found = analyse({ resources, earlier, scopes, addresses, clientOf, sets });
  return {
    ...found,
    resources,
    problems: [...problems, ...found.problems],
    known: knownPrincipals(resources, scopes),
  };
}

/** What options and the snapshot tell of the resources in the files. */
export interface KnownResources {
  readonly scopes: NamedScopes;
  readonly clientOf: ((identity: string) => string | undefined) | undefined;
}

function isAddress(text: string): boolean {
  return text.includes('://');
}

/** An address on the command line has no place of its own: it is told at the first resource that reads it. */
function addressesIn(data: readonly string[], at: SourceRef | undefined): JobInput[] {
  const addresses = data.filter(isAddress);
  if (addresses.length > 0 && at === undefined)
    throw new UserError(`"--data ${addresses[0]}" needs the endpoint or the compute that reads it.`, {
      hint: 'Add --endpoint FILE or --compute FILE.',
    });
  return addresses.map(value => ({ name: undefined, path: { value, at: at! }, at: at! }));
}

/** Each cluster may read each datastore: their product must stay small. */
function refuseTooMany(count: number): void {
  if (count <= maxResources) return;
  throw new UserError(`These files describe ${count} resources; a run takes ${maxResources}.`, {
    hint: 'Check one endpoint at a time, with its deployments, computes and datastores.',
  });
}

const maxResources = 500;

interface FileOption {
  /** What a file is taken for where nothing in it tells. */
  readonly expected: FileKind;
  /** One of them must be in it. */
  readonly kinds: readonly ResourceKindInFile[];
}

const fileOptions = {
  endpoint: { expected: 'managed-online-endpoint', kinds: ['online-endpoint', 'batch-endpoint'] },
  deployment: { expected: 'managed-online-deployment', kinds: ['online-deployment', 'batch-deployment'] },
  datastore: { expected: 'datastore', kinds: ['datastore'] },
  compute: { expected: 'compute', kinds: ['compute'] },
  connection: { expected: 'connection', kinds: ['connection'] },
  environment: { expected: 'environment', kinds: ['environment'] },
  data: { expected: 'data-asset', kinds: ['data-asset'] },
  'workspace-file': { expected: 'workspace', kinds: ['workspace'] },
} as const satisfies Record<string, FileOption>;

async function readFile(file: string, expected: FileKind | undefined, io: Io) {
  const { shown, text } = await readText(file, undefined, io);
  return readAzureMl(text, shown, expected);
}

function unexpected(
  option: string,
  kinds: readonly ResourceKindInFile[],
  resources: readonly AzureMlResource[],
): FileProblem[] {
  const [first] = resources;
  if (first === undefined || resources.some(({ kind }) => kinds.includes(kind))) return [];
  const message = `--${option} names this file, and what it describes is ${first.kind.replaceAll('-', ' ')}.`;
  return [problem('unexpected-file', message, first.at)];
}

/** Microsoft Entra names the identity of a resource below a workspace after both. */
function knownPrincipals(
  resources: readonly AzureMlResource[],
  { workspace }: NamedScopes,
): KnownPrincipal[] {
  const below = (type: string, name: string | undefined): string | undefined =>
    workspace === undefined || name === undefined ? undefined : `${workspace}/${type}/${name}`;
  return resources.flatMap((resource): KnownPrincipal[] => {
    if (resource.kind === 'online-endpoint') {
      const id = below('onlineEndpoints', resource.name?.value);
      const displayName = id && `${nameIn(workspace!)}/onlineEndpoints/${resource.name!.value}`;
      return principalsOf('endpoint', undefined, { displayName, resource: id }, resource);
    }
    if (resource.kind === 'compute') {
      const { displayName } = computeIdentity(resource, workspace);
      const id = below('computes', resource.name?.value);
      return principalsOf('compute', resource.name?.value, { displayName, resource: id }, resource);
    }
    if (resource.kind !== 'workspace') return [];
    return principalsOf('workspace', undefined, { displayName: undefined, resource: workspace }, resource);
  });
}

function principalsOf(
  identity: IdentityNeed['identity'],
  which: string | undefined,
  own: Pick<KnownPrincipal, 'displayName' | 'resource'>,
  resource: Extract<AzureMlResource, { kind: 'online-endpoint' | 'compute' | 'workspace' }>,
): KnownPrincipal[] {
  const users = userAssignedOf(resource.identity);
  if (users.length === 0) return [{ identity, which, principal: undefined, ...own }];
  return users.map(user => ({
    identity,
    which: user.resourceId.value,
    principal: user.principalId,
    displayName: undefined,
    resource: user.resourceId.value,
  }));
}
