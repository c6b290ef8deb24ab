import { declareCommand } from '../../cli/command-spec.js';
import {
  baselineOptions,
  commonOptions,
  formatsOption,
  reportOptions,
  ruleOptions,
  trustOptions,
  exportOptions,
} from '../../cli/common-options.js';

export const lintDeclaration = declareCommand({
  name: 'lint',
  summary: 'finds what Azure would reject, and what grants too much, in role definition files',
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
    format: formatsOption([
      'text',
      'concise',
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
    snapshot: {
      type: 'string',
      argument: 'PATH',
      describe:
        'Lint what was collected of a tenant, too: its roles, role assignments, conditions, PIM and denies',
    },
    ...exportOptions,
    expect: {
      type: 'string',
      argument: 'FILE',
      describe: 'With --snapshot: also find what identities hold beyond what FILE says they need, or miss',
    },
    ...baselineOptions,
    ...trustOptions,
    fix: {
      type: 'boolean',
      describe: 'Fix what is safe to fix, such as duplicates, and report the rest',
    },
    'fix-typos': {
      type: 'boolean',
      describe: 'With --fix: also correct operations that have exactly one near match',
    },
    'fix-dry-run': {
      type: 'boolean',
      describe:
        'Print what --fix would change as a diff for git apply; with --format, report what it would leave',
    },
    'include-built-in': { type: 'boolean', describe: "Lint Azure's own roles in exports, too" },
    'allow-empty': { type: 'boolean', describe: 'Succeed if there is no role definition at all' },
    'fail-on-unknown': {
      type: 'boolean',
      describe: 'Exit with 3 where parts of the files are unknown or were not read, and nothing else fails',
    },
    'list-files': { type: 'boolean', describe: 'List the files that would be read, and stop' },
    'print-config': {
      type: 'boolean',
      describe: 'Print what is configured for PATH, with the severity of every rule, and stop',
    },
    'stdin-filename': {
      type: 'string',
      argument: 'NAME',
      describe: 'The name of what comes through standard input',
    },
    ...reportOptions,
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
      'azrbac lint --fail-on high --format text --format sarif=azrbac.sarif',
      'a report to read, and one for code scanning',
    ],
  ],
});
