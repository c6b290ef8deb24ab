// Every command, on all samples, in every format.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const lintFormats = ['text', 'json', 'sarif', 'github', 'azure', 'gitlab', 'markdown', 'junit', 'csv'];
const auditFormats = [...lintFormats, 'html'];
const plain = ['text', 'json'];
const asOf = ['--as-of', '2026-08-22'];
const shop = '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/shop';

/**
 * The runs on a folder of samples (see samples.mjs). `cwd` is relative to it.
 * @returns {{ command: string, format: string, args: string[], cwd: string, stdin?: string }[]}
 */
export function commandRuns(folder, { corpus } = {}) {
  const runs = [];
  const add = (command, formats, args, { cwd = '.', stdin } = {}) => {
    for (const format of formats)
      runs.push({ command, format, args: [...command.split(' '), ...args, '--format', format], cwd, stdin });
  };

  for (const path of ['docs', 'examples', 'docs/examples/online-endpoint-scorer.json'])
    add('lint', lintFormats, [path, '--profile', 'strict', ...asOf]);
  add('lint', plain, ['--list-files', 'docs']);
  if (corpus !== undefined) add('lint', lintFormats, [corpus, ...asOf]);
  for (const snapshot of [...filesIn(folder, 'snapshots'), 'docs/tenant/snapshot.json', 'docs/audit/tenant.json'])
    add('lint', plain, ['--snapshot', snapshot, ...asOf]);
  add('lint', lintFormats, ['--snapshot', 'tenant.ndjson.gz', ...asOf]);
  add('lint', plain, ['docs/access/roles', '--snapshot', 'docs/access/snapshot.json', '--expect', 'docs/access/access.yaml', ...asOf]);
  add('audit', auditFormats, ['--snapshot', 'tenant.ndjson.gz', ...asOf]);
  add('audit', auditFormats, ['--snapshot', 'docs/audit/tenant.json', '--expect', 'docs/audit/access.yaml', ...asOf]);
  for (const snapshot of filesIn(folder, 'snapshots').filter((_, i) => i % 6 === 0)) add('audit', ['json'], ['--snapshot', snapshot, ...asOf]);

  for (const file of filesIn(folder, 'examples').filter((_, i) => i % 8 === 0)) add('role', plain, [file]);
  for (const role of ['Owner', 'Reader', 'AzureML Data Scientist', 'Role Based Access Control Administrator', 'Key Vault Data Access Administrator'])
    add('role', plain, [role]);
  add('expand', plain, ['Microsoft.Compute/*/read', '*/write', '--not', 'Microsoft.Compute/disks/*']);
  add('expand', plain, ['--plane', 'data', 'Microsoft.Storage/*', 'Contoso.Nothing/*']);

  add('check', plain, ['access.yaml', '--snapshot', 'snapshot.json'], { cwd: 'docs/access' });
  add('check', plain, ['team.yaml', '--snapshot', 'snapshot.json', '--accept-conditional'], { cwd: 'docs/access' });
  add('check', plain, ['--endpoint', 'endpoint.yml', '--deployment', 'blue.yml', '--compute', 'cluster.yml', '--manifests', 'pods.yaml'], { cwd: 'docs/azure-ml' });
  for (const set of ['online-scoring', 'online-control-plane', 'batch-invoke', 'blob-read', 'acr-pull'])
    for (const role of ['AzureML Data Scientist', 'AcrPull', 'Storage Blob Data Reader', 'Owner'])
      add('check', plain, ['--action-set', set, '--role', role]);
  add('action-sets', plain, []);
  for (const set of ['online-scoring', 'endpoint-identity-user-assigned', 'online-scoring-with-key', 'mlops-ci-deploy']) add('action-sets', plain, [set]);

  add('explain', plain, ['docs/examples/deployment-failed.log']);
  add('explain', plain, ["AuthorizationFailed: action 'Microsoft.Authorization/roleAssignments/write'"]);
  add('explain', plain, ["RoleAssignmentExists", '--as-of', '2026-08-22']);
  add('explain', plain, ['--token', '-', ...asOf], { stdin: sampleToken() });

  const decisions = [
    ['docs/tenant/snapshot.json', 'Ada', 'Microsoft.Compute/virtualMachines/restart/action'],
    ['docs/tenant/snapshot.json', 'Release Pipeline', 'Microsoft.Storage/storageAccounts/delete'],
    ['docs/tenant/snapshot.json', 'Release Pipeline', 'Microsoft.Authorization/roleAssignments/write'],
    ['docs/tenant/snapshot.json', 'shop-web', 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'],
    ['docs/tenant/snapshot.json', 'Ben', 'Microsoft.Compute/virtualMachines/delete'],
  ];
  for (const [snapshot, principal, action] of decisions) {
    add('can', plain, ['--principal', principal, '--action', action, '--scope', shop, '--snapshot', snapshot]);
    add('who-can', plain, ['--action', action, '--scope', shop, '--snapshot', snapshot]);
    add('access', plain, [principal, '--snapshot', snapshot]);
    add('access', plain, [principal, '--snapshot', snapshot, '--scope', shop]);
    add('access', plain, [principal, '--snapshot', snapshot, '--all']);
  }
  add('who-can', plain, ['--action', 'Microsoft.Compute/virtualMachines/write', '--scope', '/', '--snapshot', 'tenant.ndjson.gz']);
  add('test', ['text', 'json', 'junit', 'markdown'], ['access-tests.yaml', '--snapshot', 'snapshot.json'], { cwd: 'docs/tenant' });
  for (const snapshot of ['docs/paths/tenant.json', 'docs/audit/tenant.json', 'tenant.ndjson.gz']) {
    add('paths', plain, ['--snapshot', snapshot]);
    add('paths', plain, ['--snapshot', snapshot, '--include-eligible', '--all', '--max-steps', '3']);
  }

  add('rules', plain, []);
  for (const rule of ['action-unknown', 'role-equals-owner', 'scope-malformed', 'ml-scoring-wildcard']) add('rules', plain, [rule]);
  add('catalog info', plain, []);
  add('catalog search', plain, ['storage', 'blob', 'delete']);
  for (const shell of ['bash', 'zsh', 'fish']) runs.push({ command: 'completion', format: 'text', args: ['completion', shell], cwd: '.' });
  for (const command of new Set(runs.map(run => run.command)))
    runs.push({ command, format: 'help', args: [...command.split(' '), '--help'], cwd: '.' });
  return runs;
}

function filesIn(folder, name) {
  return readdirSync(join(folder, name))
    .filter(file => statSync(join(folder, name, file)).isFile())
    .sort()
    .map(file => `${name}/${file}`);
}

/** Not signed by anybody; its claims are made up. */
function sampleToken() {
  const part = value => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    aud: 'https://ml.azure.com',
    appid: '99999999-aaaa-bbbb-cccc-000000000000',
    oid: '22222222-aaaa-bbbb-cccc-333333333333',
    tid: '33333333-aaaa-bbbb-cccc-444444444444',
    idtyp: 'app',
    exp: 1_787_400_000,
  };
  return `${part({ alg: 'none' })}.${part(claims)}.c2lnbmF0dXJl`;
}
