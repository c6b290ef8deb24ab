import { declareCommand } from '../../cli/command-spec.js';
import { formatOption, commonOptions, snapshotOption, exportOptions } from '../../cli/common-options.js';

export const pathsDeclaration = declareCommand({
  name: 'paths',
  summary:
    'finds who can take over a subscription or management group, in which steps, and what cuts them off',
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
    ...exportOptions,
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
