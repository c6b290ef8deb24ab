import { declareCommand } from '../../cli/command-spec.js';
import {
  formatOption,
  commonOptions,
  accessOptions,
  snapshotOption,
  exportOptions,
} from '../../cli/common-options.js';

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
    ...exportOptions,
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
      'can the pipeline make someone Owner, whatever its conditions?',
    ],
  ],
});
