import { declareCommand } from '../../cli/command-spec.js';
import { formatOption, commonOptions } from '../../cli/common-options.js';

export const expandDeclaration = declareCommand({
  name: 'expand',
  summary: 'lists the operations that action patterns cover',
  positionals: [
    {
      name: 'PATTERN',
      describe: 'an action pattern such as "Microsoft.Compute/*/read"',
      required: true,
      repeatable: true,
    },
  ],
  options: {
    not: {
      type: 'string',
      multiple: true,
      argument: 'PATTERN',
      describe: 'Take away what PATTERN covers, as NotActions do',
    },
    plane: {
      type: 'string',
      choices: ['control', 'data'],
      argument: 'PLANE',
      describe: 'Read the patterns as Actions (control, the default) or as DataActions (data)',
    },
    format: formatOption(['text', 'json']),
    ...commonOptions,
  },
  examples: [
    [
      "azrbac expand 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action'",
      'what a wildcard hands out besides scoring',
    ],
    ["azrbac expand '*' --not 'Microsoft.Authorization/*/write' --not '*/delete'", 'what NotActions leave'],
    ["azrbac expand --plane data 'Microsoft.Storage/*/read' --format json", 'data actions, for a script'],
  ],
});
