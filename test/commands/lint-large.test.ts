import { expect, test } from 'vitest';
import { projectWith, restarter } from './project.js';
import { runCli } from './run-cli.js';

/** Four files that each begin so and hold 1.5 million lists. */
function fourFiles(start: string): string {
  const text = `${start}${'[],'.repeat(1_500_000)}[]]}`;
  return projectWith(Object.fromEntries(['a', 'b', 'c', 'd'].map(name => [`${name}.json`, text])));
}

const patience = 120_000;

test(
  'what the files of a run hold beyond five million values is not read, and that is said',
  async () => {
    const cwd = fourFiles(`${JSON.stringify(restarter).slice(0, -1)},"tags":[`);
    const { stdout } = await runCli(['lint', '.', '--format', 'json'], { cwd });
    const { summary, findings } = JSON.parse(stdout) as {
      summary: object;
      findings: { ruleId: string; file: string; message: string }[];
    };
    expect(summary).toMatchObject({ files: 4, roleDefinitions: 4 });
    const damaged = findings.filter(({ ruleId }) => ruleId === 'document-syntax');
    expect(damaged.map(({ file }) => file)).toEqual(['d.json']);
    expect(damaged[0]?.message).toContain('All that is read in a run may hold 5,000,000 values');
  },
  patience,
);

test(
  'files without a role take no room from those that follow',
  async () => {
    const cwd = fourFiles('{"actions":[');
    const { stdout } = await runCli(['lint', '.', '--format', 'json', '--allow-empty'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ summary: { files: 4 }, findings: [], notices: [] });
  },
  patience,
);
