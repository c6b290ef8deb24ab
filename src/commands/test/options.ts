import { declareCommand } from '../../cli/command-spec.js';
import { formatOption, commonOptions, snapshotOption, exportOptions } from '../../cli/common-options.js';

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
    ...exportOptions,
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
      'fails if someone has access that they should not have',
    ],
    [
      'azrbac test access-tests.yaml --snapshot exports/ --format junit --output access.xml',
      'test results for CI',
    ],
  ],
});
