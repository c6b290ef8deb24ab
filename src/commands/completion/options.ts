import { declareCommand } from '../../cli/command-spec.js';
import { commonOptions } from '../../cli/common-options.js';

export const completionDeclaration = declareCommand({
  name: 'completion',
  summary: 'prints a completion script for a shell',
  positionals: [{ name: 'SHELL', describe: 'bash, zsh or fish', required: true, repeatable: false }],
  options: { output: commonOptions.output, help: commonOptions.help },
  examples: [
    ['source <(azrbac completion bash)', 'in ~/.bashrc'],
    ['azrbac completion zsh > "${fpath[1]}/_azrbac"', 'for zsh'],
    ['azrbac completion fish > ~/.config/fish/completions/azrbac.fish', 'for fish'],
  ],
});
