import { declareCommand } from '../../cli/command-spec.js';
import { formatOption, commonOptions } from '../../cli/common-options.js';

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
