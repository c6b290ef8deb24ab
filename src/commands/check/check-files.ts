import { type ExitCode, exitSuccess, exitFindings, exitFailure, exitUnknown } from '../../cli/exit-codes.js';
import { join, resolve } from 'node:path';
import type { ActionSet, ResourceKind } from '../../rbac/action-sets/action-set.js';
import { ActionSets } from '../../rbac/action-sets/action-sets.js';
import type { CoverageOptions } from '../../rbac/action-sets/coverage.js';
import { isOfKind, kindInWords } from '../../rbac/action-sets/resource-kind.js';
import { checkManifests } from '../../analysis/azure-ml/check-manifests.js';
import { readManifests, type ManifestObject } from '../../analysis/azure-ml/manifest.js';
import type { IdentityNeed, NamedScopes } from '../../analysis/azure-ml/need.js';
import type { FileProblem } from '../../analysis/azure-ml/problem.js';
import { scoreProblems } from '../../analysis/azure-ml/score-problems.js';
import { shippedCatalogFolder } from '../../package/package-folder.js';
import { type Notice, UserError } from '../../errors.js';
import { readYaml } from '../../input/yaml.js';
import { parseScope } from '../../rbac/model/scope.js';
import { OperationIndex } from '../../rbac/permissions/operation-index.js';
import { formatNotice } from '../../text/notice.js';
import { accessFile } from './access-file.js';
import { checkExpectations, type AccessCheck } from './check-access.js';
import { type CheckOptions, exitCodeOfReport } from './check-outcome.js';
import { checkEndpointFiles, type FileCheck, type KnownResources } from './check-endpoint.js';
import { filesJson, filesText } from './check-files-report.js';
import { findNamedRoles } from '../../workspace/find-role.js';
import { problemItem } from '../../reporters/check/check-item.js';
import { isCiFormat } from '../../reporters/check/ci-reports.js';
import { ciReport } from './ci-report.js';
import { declaredPlaces } from './declared-places.js';
import { identityItems } from './identity-items.js';
import { identitiesOf } from './identities.js';
import { ResourceNames, workspaceNamed } from './resource-names.js';
import { ResourceIdentities } from '../../tenant/snapshot/resource-identities.js';
import type { AzureMlResource } from '../../analysis/azure-ml/resource.js';
import { conditionAnswers, settledNeeds } from './settled-needs.js';
import type { Io } from '../../cli/io.js';
import { type LoadedTenant, loadTenant } from '../../workspace/load-tenant.js';
import { openWorkspace, type Workspace } from '../../workspace/workspace.js';
import { readText } from '../../workspace/read-text.js';
import { replaceFile } from '../../cli/replace-file.js';
import { printNotices, writeReport } from '../../cli/output.js';

/** `azrbac check` of files of Azure Machine Learning and of Kubernetes. */
export async function runFiles(options: CheckOptions, coverage: CoverageOptions, io: Io): Promise<ExitCode> {
  const given = namedScopes(options);
  const loaded = await loadDeployed(options, io);
  const names = loaded && new ResourceNames(loaded.tenant.snapshot);
  const identitiesInSnapshot = loaded && new ResourceIdentities(loaded.tenant.snapshot);
  const known = (resources: readonly AzureMlResource[]): KnownResources => ({
    scopes: { ...given, workspace: given.workspace ?? (names && workspaceNamed(resources, names)) },
    clientOf: identitiesInSnapshot && (id => identitiesInSnapshot.clientOf(id)),
  });
  const endpoint = await checkEndpointFiles(options, known, io);
  const manifests = await checkManifestFiles(options.manifests, given, io);
  const settling = { answers: conditionAnswers(options), names, sets: shippedSets() };
  const found = {
    ...endpoint,
    needs: settledNeeds([...endpoint.needs, ...manifests.needs], settling),
    problems: [...endpoint.problems, ...manifests.problems, ...(await roleProblems(options, endpoint, io))],
  };
  const { identities, notices } = identitiesOf(found, options.principal, loaded?.tenant.snapshot);
  const access = accessFile(
    identities,
    'What the identities of these files need, as azrbac check worked it out.',
    shippedSets(),
  );
  writeExpectations(access, options, io);
  const checked = loaded && (await evaluate(access, loaded, options, coverage));
  const all = [
    ...manifests.notices,
    ...notices,
    ...unusedPrincipals(options),
    ...(loaded?.notices ?? []),
    ...noticesOf(checked, options),
  ];
  const report = { ...found, identities, checked: checked?.report, notices: all };
  const { format } = options;
  const items = [
    ...found.problems.map(problemItem),
    ...(checked === undefined
      ? []
      : identityItems(checked.report, {
          placeOf: declaredPlaces(identities, found.resources),
          tenant: checked.tenant,
        })),
  ];
  const text = isCiFormat(format)
    ? ciReport(format, { items, notices: all })
    : format === 'json'
      ? filesJson(report)
      : filesText(report);
  writeReport(text, options, io);
  printNotices(all.map(formatNotice), options, io);
  return exitCode(found.problems, checked, all);
}

function shippedSets(): ActionSets {
  return new ActionSets(join(shippedCatalogFolder(), 'action-sets'));
}

/** The scopes that options name. @throws UserError where one is no id of such a resource. */
function namedScopes(options: CheckOptions): NamedScopes {
  const scope = (name: string, id: string | undefined, kind: ResourceKind): string | undefined => {
    if (id === undefined) return undefined;
    if (isOfKind(parseScope(id), kind)) return id.replace(/\/$/, '');
    throw new UserError(`"--${name}" is not the ARM id of ${kindInWords(kind)}: "${id}".`, {
      hint: 'It looks like /subscriptions/GUID/resourceGroups/NAME/providers/NAMESPACE/TYPE/NAME.',
    });
  };
  const account = (id: string): string => scope('data-storage-account', id, 'storage-account')!;
  return {
    workspace: scope('workspace', options.workspace, 'workspace'),
    'storage-account': scope('storage-account', options['storage-account'], 'storage-account'),
    'container-registry': scope('container-registry', options['container-registry'], 'container-registry'),
    'key-vault': scope('key-vault', options['key-vault'], 'key-vault'),
    'machine-learning-registry': scope(
      'machine-learning-registry',
      options['machine-learning-registry'],
      'machine-learning-registry',
    ),
    dataStorageAccounts: options['data-storage-account'].map(account),
    privateRegistries: options['private-container-registry'].map(
      id => scope('private-container-registry', id, 'container-registry')!,
    ),
    'node-resource-group': scope('node-resource-group', options['node-resource-group'], 'resource-group'),
    registryMode: options['repository-permissions'] ? 'repository' : 'registry',
  };
}

async function checkManifestFiles(files: readonly string[], scopes: NamedScopes, io: Io) {
  const objects: ManifestObject[] = [];
  const problems: FileProblem[] = [];
  const notices: Notice[] = [];
  for (const file of files) {
    const { shown, text } = await readText(file, undefined, io);
    const read = await readManifests(text, shown);
    objects.push(...read.objects);
    problems.push(...read.problems);
    if (read.objects.length + read.problems.length > 0) continue;
    const message =
      'The file holds no manifest that has to do with identities: no workload, ServiceAccount, AzureIdentity or AzureIdentityBinding.';
    notices.push({ code: 'no-manifest', message, file: shown });
  }
  const found = checkManifests(objects, scopes);
  return {
    needs: found.needs as readonly IdentityNeed[],
    problems: [...problems, ...found.problems],
    notices,
  };
}

const notCompared = 'principal-not-compared';

/** Who is who matters where what they hold is known, and in a file of expectations. */
function unusedPrincipals(options: CheckOptions): Notice[] {
  const isUsed = options.snapshot !== undefined || options['write-expectations'] !== undefined;
  if (options.principal.length === 0 || isUsed) return [];
  const message =
    'What the principals hold was not looked at: --principal needs --snapshot, or --write-expectations.';
  return [{ code: notCompared, message }];
}

/** `--role` is the role of a caller here. */
async function roleProblems(options: CheckOptions, { resources }: FileCheck, io: Io): Promise<FileProblem[]> {
  if (options.role === undefined) return [];
  const workspace = await openWorkspace(options, io);
  const { catalog } = workspace;
  const { roles } = await findNamedRoles(options.role, options, workspace);
  const scoring = shippedSets().get('online-scoring') as ActionSet;
  return scoreProblems(resources, roles, scoring, { catalog, index: new OperationIndex(catalog) });
}

function writeExpectations(text: string, options: CheckOptions, io: Io): void {
  const file = options['write-expectations'];
  if (file === undefined) return;
  replaceFile({ path: resolve(io.cwd, file), shown: file }, text);
  printNotices([`Wrote "${file}".`], options, io);
}

interface Deployed extends LoadedTenant {
  readonly workspace: Workspace;
}

async function loadDeployed(options: CheckOptions, io: Io): Promise<Deployed | undefined> {
  if (options.snapshot === undefined) return undefined;
  const workspace = await openWorkspace(options, io);
  return { ...(await loadTenant(options.snapshot, workspace, options)), workspace };
}

async function evaluate(
  access: string,
  { tenant, workspace }: Deployed,
  options: CheckOptions,
  coverage: CoverageOptions,
): Promise<AccessCheck> {
  const file = options['write-expectations'] ?? unwritten;
  const document = await readYaml(access, file);
  const request = { ...options, snapshot: tenant, file, options: coverage };
  return checkExpectations(document, request, workspace);
}

/** Expectations that nobody asked to be written are in no file. */
function noticesOf(checked: AccessCheck | undefined, options: CheckOptions): Notice[] {
  const notices = checked?.report.notices ?? [];
  if (options['write-expectations'] !== undefined) return [...notices];
  return notices.map(({ file, ...notice }) =>
    file === undefined || file === unwritten ? notice : { ...notice, file },
  );
}

const unwritten = 'access.yaml';

/** What could not be read comes first, then what is wrong, then what nobody looked at. */
function exitCode(
  problems: readonly FileProblem[],
  checked: AccessCheck | undefined,
  notices: readonly Notice[],
): ExitCode {
  if (problems.some(({ code }) => code === 'yaml-syntax')) return exitFailure;
  const isFault = ({ code, severity }: FileProblem): boolean =>
    severity === 'error' && !ofOtherKind.has(code);
  const held = checked === undefined ? exitSuccess : exitCodeOfReport(checked.report);
  if (problems.some(isFault) || held === exitFindings) return exitFindings;
  const isOpen =
    problems.some(({ code }) => ofOtherKind.has(code)) || notices.some(({ code }) => unchecked.has(code));
  return isOpen ? exitUnknown : held;
}

/** What was not checked: files that are not what their option takes, and what no file or page tells. */
const ofOtherKind: ReadonlySet<string> = new Set([
  'unknown-file',
  'unexpected-file',
  'input-not-located',
  'compute-instance-not-checked',
]);

const unchecked: ReadonlySet<string> = new Set([
  'no-manifest',
  'principal-unknown',
  'principal-ambiguous',
  notCompared,
]);
