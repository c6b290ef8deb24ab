import { declareCommand } from '../../cli/command-spec.js';
import { azureOptions } from '../../cli/azure-options.js';
import { commonOptions, formatOption } from '../../cli/common-options.js';

export const collectDeclaration = declareCommand({
  name: 'collect',
  summary: 'reads from Azure all that decides who may do what, and writes it as a snapshot',
  positionals: [],
  options: {
    ...azureOptions,
    format: formatOption(['text', 'json']),
    ...commonOptions,
    output: {
      type: 'string',
      short: 'o',
      argument: 'SNAPSHOT',
      describe: 'The snapshot to write: a file named .json or .ndjson.gz',
    },
    operations: {
      type: 'string',
      argument: 'FILE',
      describe: 'Write the operations of all resource providers to FILE, for azrbac catalog update',
    },
    roles: {
      type: 'string',
      argument: 'FILE',
      describe: 'Write the built-in roles to FILE, for azrbac catalog update',
    },
  },
  examples: [
    [
      'azrbac collect --subscription 99999999-8888-7777-6666-555555555555 --output prod.json',
      'one subscription, signed in with az login or whatever else there is',
    ],
    ['azrbac collect --tenant --preflight', 'first see what can be read, and what permission is missing'],
    ['azrbac collect --tenant --auth workload --output tenant.ndjson.gz', 'all of a tenant, from a pipeline'],
    ['azrbac collect --tenant --output tenant.ndjson.gz --resume', 'go on after an interruption'],
    [
      'azrbac collect --cloud usgov --management-group Platform --auth device-code -o platform.ndjson.gz',
      'a management group in another cloud, with a code to enter in a browser',
    ],
    [
      'azrbac collect --operations operations.json --roles roles.json',
      'what azrbac catalog update makes a catalog of',
    ],
  ],
});
