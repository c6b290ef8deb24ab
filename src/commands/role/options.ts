import { declareCommand } from '../../cli/command-spec.js';
import { formatOption, commonOptions } from '../../cli/common-options.js';

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
