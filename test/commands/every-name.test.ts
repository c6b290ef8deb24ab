import { describe, test } from 'vitest';
import { commands, expectRuns, fileRuns, formatsOf } from './file-runs.js';
import { projectNaming } from './project-naming.js';

const cwd = projectNaming(['Release Pipeline', 'Größe 名前']);

describe.each(commands.filter(({ name }) => name in fileRuns))('$name', command => {
  test.each(formatsOf(command))('gives what --format %s promises, of ordinary names', async format => {
    await expectRuns(command.name, fileRuns[command.name]!, { format, cwd });
  });
});
