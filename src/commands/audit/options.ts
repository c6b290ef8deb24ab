import { declareCommand } from '../../cli/command-spec.js';
import { azureOptions } from '../../cli/azure-options.js';
import {
  reportOptions,
  baselineOptions,
  formatsOption,
  commonOptions,
  ruleOptions,
  trustOptions,
  exportOptions,
} from '../../cli/common-options.js';

export const auditDeclaration = declareCommand({
  name: 'audit',
  summary:
    'says what is wrong with the access of a tenant: every rule, expectations and paths, grouped by cause',
  positionals: [
    {
      name: 'ROLES',
      describe: 'role definition files that are about to be deployed: the tenant is audited as it will be',
      required: false,
      repeatable: true,
      completes: 'files',
    },
  ],
  options: {
    snapshot: {
      type: 'string',
      argument: 'PATH',
      describe:
        'Audit what was collected: a snapshot file, or a folder with the output of az … list -o json; without it, azrbac audit collects first',
    },
    ...exportOptions,
    expect: {
      type: 'string',
      argument: 'FILE',
      describe: 'Check what identities hold against what FILE says they need, as azrbac check does',
    },
    'include-eligible': {
      type: 'boolean',
      describe: 'In paths, take activating an eligible assignment (PIM) for a step, too',
    },
    ...azureOptions,
    'save-snapshot': {
      type: 'string',
      argument: 'FILE',
      describe: 'Keep what was collected: a file named .json or .ndjson.gz',
    },
    format: formatsOption([
      'text',
      'concise',
      'html',
      'json',
      'sarif',
      'github',
      'azure',
      'gitlab',
      'markdown',
      'junit',
      'csv',
    ]),
    ...ruleOptions,
    ...baselineOptions,
    ...trustOptions,
    'exit-zero': reportOptions['exit-zero'],
    'include-built-in': { type: 'boolean', describe: "Audit Azure's own roles in role files, too" },
    ...commonOptions,
  },
  examples: [
    ['azrbac audit --snapshot tenant.ndjson.gz', 'what is wrong, worst first'],
    [
      'azrbac audit --snapshot tenant.ndjson.gz --format html --output report.html',
      'a page to look through, in one file',
    ],
    [
      'azrbac audit --snapshot tenant.ndjson.gz --expect access.yaml --format markdown --output audit.md',
      'with what identities were expected to hold, for a job summary',
    ],
    [
      'azrbac audit --snapshot tenant.ndjson.gz --baseline audit-baseline.json --fail-on high',
      'nightly: fails on what is new',
    ],
    [
      'azrbac audit --tenant --save-snapshot tenant.ndjson.gz',
      'collect all of a tenant, keep it, and audit it',
    ],
    ['azrbac audit --snapshot tenant.ndjson.gz --format csv --output findings.csv', 'for a spreadsheet'],
  ],
});
