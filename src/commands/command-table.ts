import { declareCommand, type OptionDeclaration, type OptionTable } from './declaration.js';

// Every command and option of azrbac, as data. Nothing here may import more than types: the table is read at every start.

const severityChoices = ['critical', 'high', 'medium', 'low', 'info'] as const;

function formatOption<const Formats extends readonly string[]>(choices: Formats) {
  return {
    type: 'string',
    short: 'f',
    choices,
    argument: 'FORMAT',
    describe: `How to write the report: ${choices.join(', ')}`,
  } as const satisfies OptionDeclaration;
}

/** What every command understands. */
const commonOptions = {
  output: {
    type: 'string',
    short: 'o',
    argument: 'FILE',
    describe: 'Write the report to FILE instead of standard output',
  },
  config: { type: 'string', short: 'c', argument: 'FILE', describe: 'Read the configuration from FILE' },
  quiet: { type: 'boolean', short: 'q', describe: 'Keep notices and summaries off standard error' },
  color: {
    type: 'string',
    choices: ['auto', 'always', 'never'],
    argument: 'WHEN',
    describe: 'Colour the text report: auto (default; NO_COLOR and FORCE_COLOR are respected), always, never',
  },
  'as-of': { type: 'string', argument: 'DATE', describe: 'Take DATE (YYYY-MM-DD) for today' },
  help: { type: 'boolean', short: 'h', describe: 'Show this help' },
} as const;

export const lintDeclaration = declareCommand({
  name: 'lint',
  summary: 'finds what Azure would refuse, and what grants too much, in role definition files',
  positionals: [
    {
      name: 'PATH',
      describe:
        'files, folders, globs, or "-" for standard input; default: the configured files, else the current folder',
      required: false,
      repeatable: true,
      completes: 'files',
    },
  ],
  options: {
    format: formatOption(['text', 'json', 'sarif', 'github', 'azure', 'gitlab', 'markdown', 'junit']),
    'fail-on': {
      type: 'string',
      choices: [...severityChoices, 'never'],
      argument: 'SEVERITY',
      describe: 'Exit with 1 from this severity on (default: medium), or never',
    },
    profile: {
      type: 'string',
      choices: ['recommended', 'strict'],
      argument: 'NAME',
      describe: 'Rules and severities to start from: recommended (default) or strict',
    },
    rule: {
      type: 'string',
      multiple: true,
      argument: 'ID=SEVERITY',
      describe: 'Set the severity of a rule, or turn it off: ID=off',
    },
    snapshot: {
      type: 'string',
      argument: 'PATH',
      describe:
        'Lint what was collected of a tenant, too: its roles, role assignments, conditions, PIM and denies',
    },
    expect: {
      type: 'string',
      argument: 'FILE',
      describe: 'With --snapshot: also find what identities hold beyond what FILE says they need, or miss',
    },
    baseline: { type: 'string', argument: 'FILE', describe: 'Accept the findings that FILE lists' },
    'update-baseline': { type: 'boolean', describe: 'Write the findings of this run to the baseline file' },
    fix: {
      type: 'boolean',
      describe: 'Mend what needs no judgement, such as duplicates, and report what is left',
    },
    'fix-typos': {
      type: 'boolean',
      describe: 'With --fix: also correct operations that have exactly one near match',
    },
    'fix-dry-run': { type: 'boolean', describe: 'Report what --fix would leave, and write nothing' },
    'include-built-in': { type: 'boolean', describe: "Lint Azure's own roles in exports, too" },
    'allow-empty': { type: 'boolean', describe: 'Succeed where there is no role definition at all' },
    'list-files': { type: 'boolean', describe: 'List the files that would be read, and stop' },
    'stdin-filename': {
      type: 'string',
      argument: 'NAME',
      describe: 'The name of what comes through standard input',
    },
    ...commonOptions,
  },
  examples: [
    ['azrbac lint roles/', 'lint every role definition below a folder'],
    [
      'az role definition list --custom-role-only -o json | azrbac lint -',
      'lint the custom roles of a subscription',
    ],
    ['azrbac lint --snapshot tenant.ndjson.gz', 'lint a tenant: who holds too much, and where'],
    ['azrbac lint roles/ --snapshot tenant.ndjson.gz', 'lint roles, and say whom their changes affect'],
    [
      'azrbac lint --rule action-casing=off --fail-on high --format sarif --output azrbac.sarif',
      'for code scanning',
    ],
  ],
});

export const expandDeclaration = declareCommand({
  name: 'expand',
  summary: 'lists the operations that action patterns cover',
  positionals: [
    {
      name: 'PATTERN',
      describe: 'an action pattern such as "Microsoft.Compute/*/read"',
      required: true,
      repeatable: true,
    },
  ],
  options: {
    not: {
      type: 'string',
      multiple: true,
      argument: 'PATTERN',
      describe: 'Take away what PATTERN covers, as NotActions do',
    },
    plane: {
      type: 'string',
      choices: ['control', 'data'],
      argument: 'PLANE',
      describe: 'Read the patterns as Actions (control, the default) or as DataActions (data)',
    },
    format: formatOption(['text', 'json']),
    ...commonOptions,
  },
  examples: [
    [
      "azrbac expand 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action'",
      'what a wildcard hands out besides scoring',
    ],
    ["azrbac expand '*' --not 'Microsoft.Authorization/*/write' --not '*/delete'", 'what NotActions leave'],
    ["azrbac expand --plane data 'Microsoft.Storage/*/read' --format json", 'data actions, for a script'],
  ],
});

export const roleDeclaration = declareCommand({
  name: 'role',
  summary: 'says what a role really grants, in plain words and operation by operation',
  positionals: [
    {
      name: 'ROLE',
      describe: 'the GUID or name of a built-in role, a role definition file, or "-" for standard input',
      required: true,
      repeatable: false,
      completes: 'files',
    },
  ],
  options: {
    name: {
      type: 'string',
      argument: 'NAME',
      describe: 'Of several roles in the file, the one of that name',
    },
    all: { type: 'boolean', describe: 'Show every operation in the text report, not the first few' },
    'stdin-filename': {
      type: 'string',
      argument: 'NAME',
      describe: 'The name of what comes through standard input',
    },
    format: formatOption(['text', 'json']),
    ...commonOptions,
  },
  examples: [
    ["azrbac role 'AzureML Data Scientist'", 'a built-in role by its name'],
    ['azrbac role roles/scorer.json', 'a role of your own'],
    ["az role definition list --name 'Our Operator' -o json | azrbac role -", 'a custom role of the tenant'],
    ['azrbac role Reader --format json', 'every operation, for a script'],
  ],
});

/** Of `azrbac check`: files of the Azure ML CLI and of Kubernetes, and what they do not say. */
const azureMlOptions = {
  endpoint: {
    type: 'string',
    multiple: true,
    argument: 'FILE',
    describe: 'An endpoint in the YAML of the Azure ML CLI: what do its callers, operator and identity need?',
  },
  deployment: { type: 'string', multiple: true, argument: 'FILE', describe: 'A deployment of the endpoint' },
  compute: {
    type: 'string',
    multiple: true,
    argument: 'FILE',
    describe: 'A compute that runs jobs of the endpoint',
  },
  datastore: { type: 'string', multiple: true, argument: 'FILE', describe: 'A datastore that jobs read' },
  connection: { type: 'string', multiple: true, argument: 'FILE', describe: 'A connection of the workspace' },
  'workspace-file': { type: 'string', multiple: true, argument: 'FILE', describe: 'The workspace as YAML' },
  previous: {
    type: 'string',
    multiple: true,
    argument: 'FILE',
    describe: 'An endpoint or workspace as it was: what cannot be changed in place?',
  },
  manifests: {
    type: 'string',
    multiple: true,
    argument: 'FILE',
    describe: 'Manifests of Kubernetes, for pod identity and workload identity',
  },
  workspace: { type: 'string', argument: 'ID', describe: 'The ARM id of the workspace' },
  'storage-account': {
    type: 'string',
    argument: 'ID',
    describe: 'The ARM id of its default storage account',
  },
  'data-storage-account': {
    type: 'string',
    multiple: true,
    argument: 'ID',
    describe: 'The ARM id of another account, which a datastore or a scoring script reads',
  },
  'container-registry': { type: 'string', argument: 'ID', describe: 'The ARM id of its container registry' },
  'repository-permissions': {
    type: 'boolean',
    describe: 'The registry takes permissions of repositories (ABAC), and pays no heed to AcrPull',
  },
  'key-vault': {
    type: 'string',
    argument: 'ID',
    describe: 'The ARM id of a key vault that scoring scripts read',
  },
  'machine-learning-registry': {
    type: 'string',
    argument: 'ID',
    describe: 'The ARM id of a registry of Azure Machine Learning whose assets are used',
  },
  principal: {
    type: 'string',
    multiple: true,
    argument: 'WHO=OBJECT-ID',
    describe:
      'Who is who in the snapshot: caller=…, operator=…, endpoint=…, or the name of an identity or compute',
  },
  'write-expectations': {
    type: 'string',
    argument: 'FILE',
    describe: 'Write what is needed as an expectations file',
  },
} as const satisfies OptionTable;

export const checkDeclaration = declareCommand({
  name: 'check',
  summary: 'says whether a role or an identity covers what it must do, and holds nothing more',
  positionals: [
    {
      name: 'EXPECTATIONS',
      describe: 'a YAML or JSON file that says what identities need and must never hold, or "-"',
      required: false,
      repeatable: false,
      completes: 'files',
    },
  ],
  options: {
    'action-set': {
      type: 'string',
      argument: 'ID',
      describe: 'What must be covered: an id of azrbac action-sets',
    },
    role: {
      type: 'string',
      argument: 'ROLE',
      describe: 'The role to check: a GUID, a built-in name, a file, or "-"',
    },
    snapshot: {
      type: 'string',
      argument: 'PATH',
      describe:
        'What identities hold: a snapshot, or a folder of az role assignment and definition lists as JSON',
    },
    name: {
      type: 'string',
      argument: 'NAME',
      describe: 'Of a file with several roles, check the one of that name',
    },
    'stdin-filename': { type: 'string', argument: 'NAME', describe: 'The name to give standard input' },
    'allow-excess': {
      type: 'string',
      choices: ['none', 'tolerated', 'any'],
      argument: 'WHAT',
      describe: 'What may be granted beyond the need: what the set tolerates (default), none, or any',
    },
    'accept-conditional': {
      type: 'boolean',
      describe: 'Count what is granted only where a condition holds as covered',
    },
    ...azureMlOptions,
    format: formatOption(['text', 'json']),
    ...commonOptions,
  },
  examples: [
    [
      'azrbac check access.yaml --snapshot snapshot.json',
      'whether identities hold what they need, and no more',
    ],
    [
      'azrbac check --action-set online-scoring --role roles/scorer.json',
      'fails when a scoring role grants writes',
    ],
    ["azrbac check --action-set blob-read --role 'Storage Blob Data Reader'", 'a built-in role'],
    [
      'azrbac check --endpoint endpoint.yml --deployment blue.yml --write-expectations access.yaml',
      'what an endpoint of Azure Machine Learning needs',
    ],
    ['azrbac check --manifests pods.yaml', 'whether identities of pods fit together'],
    [
      'azrbac check --action-set batch-invoke --role roles/ --allow-excess any',
      'only what is missing or forbidden',
    ],
  ],
});

export const actionSetsDeclaration = declareCommand({
  name: 'action-sets',
  summary: 'lists what identities need, by task, or shows one set in full',
  positionals: [{ name: 'ID', describe: 'the set to show', required: false, repeatable: false }],
  options: { format: formatOption(['text', 'json']), ...commonOptions },
  examples: [
    ['azrbac action-sets', 'all sets'],
    ['azrbac action-sets online-scoring', 'one set in full'],
  ],
});

export const explainDeclaration = declareCommand({
  name: 'explain',
  summary:
    'says what an Azure error means, what was missing, and which role grants it; or what an access token is for',
  positionals: [
    {
      name: 'TEXT',
      describe: 'the error, a file that holds it, or "-" for standard input (the default)',
      required: false,
      repeatable: true,
      completes: 'files',
    },
  ],
  options: {
    // Without choices: a message about a wrong value would show the token.
    token: {
      type: 'string',
      argument: '-',
      describe:
        'Read an access token from standard input and say whose it is and what it is for; never show it',
    },
    for: {
      type: 'string',
      choices: ['control-plane', 'scoring', 'batch-invoke', 'storage', 'key-vault'],
      argument: 'CALL',
      describe:
        'With --token: whether it suits control-plane, scoring, batch-invoke, storage or key-vault calls',
    },
    format: formatOption(['text', 'json']),
    ...commonOptions,
  },
  examples: [
    ['az ml online-deployment create -f deployment.yml 2>&1 | azrbac explain', 'what a failed command means'],
    ['azrbac explain error.log', 'every error in a log, each once'],
    ['azrbac explain LinkedAuthorizationFailed', 'an error code alone'],
    [
      'az account get-access-token --resource https://ml.azure.com | azrbac explain --token - --for scoring',
      'whether a token can score an online endpoint',
    ],
  ],
});

/** Of the commands that ask what somebody may do in a tenant. */
const accessOptions = {
  action: {
    type: 'string',
    short: 'a',
    required: true,
    argument: 'OPERATION',
    describe: 'One operation, such as Microsoft.Compute/virtualMachines/read',
  },
  scope: {
    type: 'string',
    short: 's',
    required: true,
    argument: 'SCOPE',
    describe: 'Where: a resource, resource group, subscription or management group',
  },
  plane: {
    type: 'string',
    choices: ['control', 'data'],
    argument: 'PLANE',
    describe: 'Where the operation is on both planes, or its plane is not known: control (default) or data',
  },
  attribute: {
    type: 'string',
    multiple: true,
    argument: '@SOURCE[NAME]=VALUE',
    describe: 'What conditions may take as known, such as the role in a request to assign one',
  },
} as const satisfies OptionTable;

const snapshotOption = {
  type: 'string',
  required: true,
  argument: 'PATH',
  describe: 'What was collected: a snapshot file, or a folder with the output of az … list -o json',
} as const satisfies OptionDeclaration;

export const canDeclaration = declareCommand({
  name: 'can',
  summary: 'says whether a principal may do an operation at a scope, and why',
  positionals: [],
  options: {
    principal: {
      type: 'string',
      short: 'p',
      required: true,
      argument: 'ID',
      describe: 'The object id of a user, group, service principal or managed identity, or its display name',
    },
    ...accessOptions,
    snapshot: snapshotOption,
    'accept-conditional': { type: 'boolean', describe: 'Exit with 0 where a condition decides' },
    format: formatOption(['text', 'json']),
    ...commonOptions,
  },
  examples: [
    [
      'azrbac can --principal 11111111-2222-3333-4444-555555555555 --action Microsoft.Compute/virtualMachines/delete --scope /subscriptions/99999999-8888-7777-6666-555555555555 --snapshot tenant.ndjson.gz',
      'may this identity delete machines anywhere in the subscription?',
    ],
    [
      "azrbac can -p 'Release Pipeline' -a Microsoft.Authorization/roleAssignments/write -s /subscriptions/99999999-8888-7777-6666-555555555555 --snapshot exports/ --attribute '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]=8e3af657-a8ff-443c-a75c-2fe8c4bcb635'",
      'may the pipeline make somebody Owner, whatever its conditions?',
    ],
  ],
});

export const whoCanDeclaration = declareCommand({
  name: 'who-can',
  summary: 'lists who may do an operation at a scope, members of groups included, and why',
  positionals: [],
  options: {
    ...accessOptions,
    snapshot: snapshotOption,
    format: formatOption(['text', 'json']),
    ...commonOptions,
  },
  examples: [
    [
      'azrbac who-can --action Microsoft.KeyVault/vaults/secrets/getSecret/action --scope /subscriptions/99999999-8888-7777-6666-555555555555 --snapshot tenant.ndjson.gz',
      'who reads secrets in the whole subscription?',
    ],
    [
      'azrbac who-can -a Microsoft.Authorization/roleAssignments/write -s /subscriptions/99999999-8888-7777-6666-555555555555 --snapshot exports/ --format json',
      'who can hand out roles, for a script',
    ],
  ],
});

export const accessDeclaration = declareCommand({
  name: 'access',
  summary: 'says everything a principal can do, where, and through what',
  positionals: [
    {
      name: 'PRINCIPAL',
      describe: 'the object id of a user, group, service principal or managed identity, or its display name',
      required: true,
      repeatable: false,
    },
  ],
  options: {
    scope: {
      type: 'string',
      short: 's',
      argument: 'SCOPE',
      describe: 'What it can do there; default: wherever it, or a group of its, holds an assignment',
    },
    snapshot: snapshotOption,
    all: {
      type: 'boolean',
      describe:
        'Leave nothing out: whole lists in text, and in JSON the operations where no --scope is given',
    },
    format: formatOption(['text', 'json']),
    ...commonOptions,
  },
  examples: [
    ["azrbac access 'Release Pipeline' --snapshot tenant.ndjson.gz", 'all that the pipeline can do'],
    [
      'azrbac access 11111111-2222-3333-4444-555555555555 --scope /subscriptions/99999999-8888-7777-6666-555555555555 --snapshot exports/ --format json',
      'every operation at one scope, for a script',
    ],
  ],
});

export const testDeclaration = declareCommand({
  name: 'test',
  summary: 'runs a table of expected decisions: who may do what, and who may not',
  positionals: [
    {
      name: 'FILE',
      describe: 'access tests in YAML or JSON, or "-" for standard input',
      required: true,
      repeatable: false,
      completes: 'files',
    },
  ],
  options: {
    snapshot: snapshotOption,
    all: { type: 'boolean', describe: 'List the tests that pass as well' },
    'stdin-filename': {
      type: 'string',
      argument: 'NAME',
      describe: 'The name of what comes through standard input',
    },
    format: formatOption(['text', 'json', 'junit', 'markdown']),
    ...commonOptions,
  },
  examples: [
    [
      'azrbac test access-tests.yaml --snapshot tenant.ndjson.gz',
      'fails when somebody may do what they should not',
    ],
    [
      'azrbac test access-tests.yaml --snapshot exports/ --format junit --output access.xml',
      'test results for CI',
    ],
  ],
});

export const pathsDeclaration = declareCommand({
  name: 'paths',
  summary:
    'finds who can come to control a subscription or management group, in which steps, and what cuts them off',
  positionals: [],
  options: {
    from: {
      type: 'string',
      argument: 'ID',
      describe: 'Only paths of this principal: its object id, or its display name',
    },
    to: {
      type: 'string',
      argument: 'SCOPE',
      describe: 'Only paths to this scope; default: all subscriptions and management groups',
    },
    snapshot: snapshotOption,
    'max-steps': { type: 'string', argument: 'N', describe: 'Leave out paths of more than N steps' },
    'include-eligible': {
      type: 'boolean',
      describe: 'Take activating an eligible assignment (PIM) for a step, too',
    },
    all: { type: 'boolean', describe: 'List those as well that are in control as they are' },
    format: formatOption(['text', 'json']),
    ...commonOptions,
  },
  examples: [
    ['azrbac paths --snapshot tenant.ndjson.gz', 'who can become as powerful as Owner of what?'],
    [
      "azrbac paths --from 'Release Pipeline' --to /subscriptions/99999999-8888-7777-6666-555555555555 --snapshot exports/",
      'can the pipeline take over the subscription?',
    ],
    [
      'azrbac paths --include-eligible --max-steps 2 --snapshot exports/ --format json',
      'short ones, for a script',
    ],
  ],
});

export const rulesDeclaration = declareCommand({
  name: 'rules',
  summary: 'lists the rules, or shows one with its reason, cure and examples',
  positionals: [{ name: 'ID', describe: 'the rule to show', required: false, repeatable: false }],
  options: { format: formatOption(['text', 'json']), ...commonOptions },
  examples: [
    ['azrbac rules', 'all rules by category'],
    ['azrbac rules ml-scoring-wildcard', 'one rule in full'],
    ['azrbac rules --format json', 'all rules, for a script'],
  ],
});

export const catalogInfoDeclaration = declareCommand({
  name: 'catalog info',
  summary: 'says what the operation catalog holds, and as of when',
  positionals: [],
  options: { format: formatOption(['text', 'json']), ...commonOptions },
  examples: [
    ['azrbac catalog info', 'date and counts'],
    ['azrbac catalog info --format json', 'the same for a script, with the names that were set aside'],
  ],
});

export const catalogSearchDeclaration = declareCommand({
  name: 'catalog search',
  summary: 'finds operations and built-in roles by words in their names',
  positionals: [
    {
      name: 'WORD',
      describe: 'what the name must contain, in any case; several words must all be there',
      required: true,
      repeatable: true,
    },
  ],
  options: { format: formatOption(['text', 'json']), ...commonOptions },
  examples: [
    ['azrbac catalog search listkeys', 'every operation that lists keys'],
    ['azrbac catalog search storage blob delete', 'names that contain all three words'],
    ['azrbac catalog search "machine learning" --format json', 'for a script'],
  ],
});

export const catalogUpdateDeclaration = declareCommand({
  name: 'catalog update',
  summary: 'builds a catalog folder from lists exported from Azure',
  positionals: [],
  options: {
    operations: {
      type: 'string',
      required: true,
      argument: 'FILE',
      describe: 'Output of: az provider operation list -o json (or the REST response)',
    },
    roles: {
      type: 'string',
      required: true,
      argument: 'FILE',
      describe: 'Output of: az role definition list -o json (or the REST response)',
    },
    to: {
      type: 'string',
      required: true,
      argument: 'DIR',
      describe: 'The folder to write, for "catalog" in the configuration',
    },
    format: formatOption(['text', 'json']),
    ...commonOptions,
  },
  examples: [
    ['az provider operation list -o json > operations.json', 'first export the operations,'],
    ['az role definition list -o json > roles.json', 'then the roles,'],
    [
      'azrbac catalog update --operations operations.json --roles roles.json --to azure-catalog',
      'then build; set "catalog": "azure-catalog" in azrbac.config.json',
    ],
  ],
});

export const completionDeclaration = declareCommand({
  name: 'completion',
  summary: 'prints a completion script for a shell',
  positionals: [{ name: 'SHELL', describe: 'bash, zsh or fish', required: true, repeatable: false }],
  options: { output: commonOptions.output, help: commonOptions.help },
  examples: [
    ['source <(azrbac completion bash)', 'in ~/.bashrc'],
    ['azrbac completion zsh > "${fpath[1]}/_azrbac"', 'for zsh'],
    ['azrbac completion fish > ~/.config/fish/completions/azrbac.fish', 'for fish'],
  ],
});

/** In the order of help. */
export const declarations = [
  lintDeclaration,
  expandDeclaration,
  roleDeclaration,
  checkDeclaration,
  actionSetsDeclaration,
  explainDeclaration,
  canDeclaration,
  whoCanDeclaration,
  accessDeclaration,
  testDeclaration,
  pathsDeclaration,
  rulesDeclaration,
  catalogInfoDeclaration,
  catalogSearchDeclaration,
  catalogUpdateDeclaration,
  completionDeclaration,
] as const;
