import {
  conditionInWords,
  type NeedCondition,
  needConditionNames,
} from '../../rbac/action-sets/need-conditions.js';
import { declareCommand, type OptionTable } from '../../cli/command-spec.js';
import { formatOption, commonOptions, exportOptions } from '../../cli/common-options.js';

type ConditionOption = { readonly type: 'boolean'; readonly describe: string };

/** For each condition of needs, whether it holds: neither is said, and the need stays open. */
function conditionOptions(): Readonly<Record<`${'' | 'no-'}${NeedCondition}`, ConditionOption>> {
  const options = needConditionNames.flatMap(name => [
    [name, { type: 'boolean', describe: `Of what is needed when ${conditionInWords(name)}: it is` }],
    [`no-${name}`, { type: 'boolean', describe: 'It is not' }],
  ]);
  return Object.fromEntries(options) as Record<`${'' | 'no-'}${NeedCondition}`, ConditionOption>;
}

/** Options of `azrbac check`: files of the Azure ML CLI and of Kubernetes, and what they do not say. */
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
  environment: {
    type: 'string',
    multiple: true,
    argument: 'FILE',
    describe: 'An environment that deployments or jobs run in: which registry is its image in?',
  },
  data: {
    type: 'string',
    multiple: true,
    argument: 'FILE|URI',
    describe: 'What jobs read: a data asset as YAML, or an address such as https://, abfss:// or azureml://',
  },
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
  'private-container-registry': {
    type: 'string',
    multiple: true,
    argument: 'ID',
    describe:
      'The ARM id of a registry beside that of the workspace, with images that are pulled or built upon',
  },
  'node-resource-group': {
    type: 'string',
    argument: 'ID',
    describe: 'The ARM id of the resource group that holds the nodes of the AKS cluster',
  },
  'repository-permissions': {
    type: 'boolean',
    describe: 'The registry uses ABAC repository permissions and ignores AcrPull',
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
      'Who is who in the snapshot: caller=…, operator=…, endpoint=…, or the name of an identity or compute; WHO=- leaves it out',
  },
  ...conditionOptions(),
  'write-expectations': {
    type: 'string',
    argument: 'FILE',
    describe: 'Write what is needed as an expectations file',
  },
} as const satisfies OptionTable;

export const checkDeclaration = declareCommand({
  name: 'check',
  summary: 'says whether a role or an identity has what it needs, and nothing more',
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
    assignments: {
      type: 'string',
      multiple: true,
      argument: 'PATH',
      describe:
        'What identities will hold: Terraform, Bicep or ARM templates that assign roles, in place of a snapshot',
    },
    ...exportOptions,
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
    format: formatOption(['text', 'json', 'github', 'azure', 'sarif', 'junit', 'markdown']),
    ...commonOptions,
  },
  examples: [
    [
      'azrbac check access.yaml --snapshot snapshot.json',
      'whether identities hold what they need, and no more',
    ],
    ['azrbac check access.yaml --assignments infra/', 'whether they will, once the code is deployed'],
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
