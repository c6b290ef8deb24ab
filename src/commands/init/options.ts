import { declareCommand } from '../../cli/command-spec.js';
import { commonOptions, formatOption } from '../../cli/common-options.js';

export const initDeclaration = declareCommand({
  name: 'init',
  summary: 'sets a repository up: configuration, commit hook and CI job',
  positionals: [],
  options: {
    format: formatOption(['text', 'json']),
    yes: { type: 'boolean', describe: 'Write the files without asking' },
    'dry-run': { type: 'boolean', describe: 'Show the files, and write nothing' },
    ci: {
      type: 'string',
      choices: ['github', 'gitlab', 'azure', 'none'],
      argument: 'NAME',
      describe: 'The CI to write a job for: github, gitlab, azure or none; default: the one that is found',
    },
    output: commonOptions.output,
    quiet: commonOptions.quiet,
    help: commonOptions.help,
  },
  examples: [
    ['azrbac init', 'show the files, ask, and write them'],
    ['azrbac init --yes --ci gitlab', 'write them at once, with a job for GitLab'],
  ],
});
