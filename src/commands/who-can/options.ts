import { declareCommand } from '../../cli/command-spec.js';
import {
  formatOption,
  commonOptions,
  accessOptions,
  snapshotOption,
  exportOptions,
} from '../../cli/common-options.js';

export const whoCanDeclaration = declareCommand({
  name: 'who-can',
  summary: 'lists who may do an operation at a scope, members of groups included, and why',
  positionals: [],
  options: {
    ...accessOptions,
    snapshot: snapshotOption,
    ...exportOptions,
    format: formatOption(['text', 'json']),
    ...commonOptions,
  },
  examples: [
    [
      'azrbac who-can --action Microsoft.KeyVault/vaults/secrets/getSecret/action --scope /subscriptions/99999999-8888-7777-6666-555555555555 --snapshot tenant.ndjson.gz',
      'who reads secrets in the whole subscription?',
    ],
    [
      'azrbac who-can -a Microsoft.Authorization/roleAssignments/write -s /subscriptions/99999999-8888-7777-6666-555555555555 --snapshot exports/ --format json',
      'who can hand out roles, for a script',
    ],
  ],
});
