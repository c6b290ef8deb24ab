import { declareCommand } from '../../cli/command-spec.js';
import { formatOption, commonOptions, snapshotOption, exportOptions } from '../../cli/common-options.js';

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
    ...exportOptions,
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
