import { declareCommand } from '../../cli/command-spec.js';
import { commonOptions, exportOptions, formatOption } from '../../cli/common-options.js';

export const explainDeclaration = declareCommand({
  name: 'explain',
  summary:
    'says what an Azure error means, what was missing, and which role grants it; or what an access token is for',
  positionals: [
    {
      name: 'TEXT',
      describe: 'the error, a file that holds it, or "-" for standard input (the default)',
      required: false,
      repeatable: true,
      completes: 'files',
    },
  ],
  options: {
    // Without choices: a message about a wrong value would show the token.
    token: {
      type: 'string',
      argument: '-',
      describe:
        'Read an access token from standard input and say whose it is and what it is for; never show it',
    },
    for: {
      type: 'string',
      choices: ['control-plane', 'scoring', 'batch-invoke', 'storage', 'key-vault'],
      argument: 'CALL',
      describe:
        'With --token: whether it suits control-plane, scoring, batch-invoke, storage or key-vault calls',
    },
    as: {
      type: 'string',
      choices: ['az', 'powershell', 'bicep', 'terraform'],
      argument: 'LANGUAGE',
      describe: 'How to write the role assignment: az (the default), powershell, bicep or terraform',
    },
    snapshot: {
      type: 'string',
      argument: 'PATH',
      describe: 'Say what the principal of the error holds in this snapshot',
    },
    ...exportOptions,
    format: formatOption(['text', 'json']),
    ...commonOptions,
  },
  examples: [
    ['az ml online-deployment create -f deployment.yml 2>&1 | azrbac explain', 'what a failed command means'],
    ['azrbac explain error.log', 'every error in a log, each once'],
    ['azrbac explain LinkedAuthorizationFailed', 'an error code alone'],
    ['azrbac explain error.log --snapshot tenant.ndjson.gz', 'why the principal of the error lacks it'],
    ['azrbac explain error.log --as terraform', 'the role assignment as code'],
    [
      'az account get-access-token --resource https://ml.azure.com | azrbac explain --token - --for scoring',
      'whether a token can score an online endpoint',
    ],
  ],
});
