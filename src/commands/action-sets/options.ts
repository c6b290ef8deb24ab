import { declareCommand } from '../../cli/command-spec.js';
import { formatOption, commonOptions } from '../../cli/common-options.js';

export const actionSetsDeclaration = declareCommand({
  name: 'action-sets',
  summary: 'lists what identities need, by task, or shows one set in full',
  positionals: [{ name: 'ID', describe: 'the set to show', required: false, repeatable: false }],
  options: { format: formatOption(['text', 'json']), ...commonOptions },
  examples: [
    ['azrbac action-sets', 'all sets'],
    ['azrbac action-sets online-scoring', 'one set in full'],
  ],
});
