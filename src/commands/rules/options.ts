import { declareCommand } from '../../cli/command-spec.js';
import { formatOption, commonOptions } from '../../cli/common-options.js';

export const rulesDeclaration = declareCommand({
  name: 'rules',
  summary: 'lists the rules, or shows one with its reason, fix and examples',
  positionals: [{ name: 'ID', describe: 'the rule to show', required: false, repeatable: false }],
  options: { format: formatOption(['text', 'json']), ...commonOptions },
  examples: [
    ['azrbac rules', 'all rules by category'],
    ['azrbac rules ml-scoring-wildcard', 'one rule in full'],
    ['azrbac rules --format json', 'all rules, for a script'],
  ],
});
