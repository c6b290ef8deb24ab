import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { projectWith, restarter, scorer } from './project.js';
import { runCli } from './run-cli.js';

// A change that silences its own findings shows in the summary, and can be told not to.

const commented = `{
  "Name": "Endpoint Scorer",
  "IsCustom": true,
  "Description": "Calls online endpoints.",
  "Actions": [
    // azrbac-ignore ml-scoring-wildcard: it is only an example
    "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action"
  ],
  "NotActions": [],
  "AssignableScopes": ["/subscriptions/11111111-2222-3333-4444-555555555555"]
}
`;
const accepting = { rule: 'ml-scoring-wildcard', reason: 'It is only an example' };

type Files = Parameters<typeof projectWith>[0];

async function lint(files: Files, ...args: readonly string[]) {
  return lintIn(projectWith(files), ...args);
}

async function lintIn(cwd: string, ...args: readonly string[]) {
  const { exitCode, stdout, stderr } = await runCli(['lint', ...args], { cwd });
  return { exitCode, summary: summaryOf(stdout), stderr };
}

/** What the closing lines say of the run, without whether it passed. */
function summaryOf(stdout: string): string {
  const closing = stdout.trimEnd().split('\n\n').at(-1)!;
  return closing.replaceAll('\n', ' ').replace(/ (?:PASSED|FAILED|INCOMPLETE): .*$/, '');
}

/** A repository in which all files are tracked, whatever it ignores. */
function repositoryWith(files: Files, ...config: readonly string[]): string {
  const cwd = projectWith(files);
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd, stdio: 'ignore' });
  git('init', '-q', ...config);
  git('add', '--all', '--force');
  return cwd;
}

interface Case {
  readonly what: string;
  readonly files: Files;
  readonly says: string;
  readonly option: string;
}

test.each<Case>([
  {
    what: 'a comment suppresses',
    files: { 'scorer.json': commented },
    says: 'No findings in 1 role definition in 1 file. 1 suppressed in comments.',
    option: '--no-inline-suppressions',
  },
  {
    what: 'the configuration suppresses',
    files: { 'scorer.json': scorer, 'azrbac.config.json': { suppressions: [accepting] } },
    says: 'No findings in 1 role definition in 1 file. 1 suppressed by the configuration.',
    option: '--no-config',
  },
  {
    what: 'the configuration turns off',
    files: {
      'scorer.json': scorer,
      'azrbac.config.json': {
        rules: { 'ml-scoring-wildcard': 'off', 'ml-scoring-role-reads-keys': 'info' },
        failOn: 'critical',
      },
    },
    says: 'The configuration turns off 1 rule, makes 1 rule milder and fails the run from critical on.',
    option: '--no-config',
  },
  {
    what: 'the configuration never fails',
    files: { 'scorer.json': scorer, 'azrbac.config.json': { failOn: 'never' } },
    says: 'The configuration never fails the run.',
    option: '--fail-on=high',
  },
  {
    what: 'the configuration excludes',
    files: {
      'scorer.json': scorer,
      'drafts/scorer.json': scorer,
      'restarter.json': restarter,
      'azrbac.config.json': { exclude: ['scorer.json', 'drafts'] },
    },
    says: 'No findings in 1 role definition in 1 file. Not linted: 1 file and 1 folder excluded by the configuration.',
    option: '--no-ignore',
  },
  {
    what: 'the configuration does not include',
    files: {
      'scorer.json': scorer,
      'main.tf': '',
      'roles/restarter.json': restarter,
      'azrbac.config.json': { include: ['roles/**'] },
    },
    says: 'No findings in 1 role definition in 1 file. Not linted: 3 files not included by the configuration.',
    option: '--no-ignore',
  },
  {
    what: 'Git may ignore',
    files: {
      'scorer.json': scorer,
      'build/scorer.json': scorer,
      'restarter.json': restarter,
      '.gitignore': 'scorer.json\nbuild/\nlog.txt\n',
      'log.txt': '',
    },
    says: 'No findings in 1 role definition in 1 file. Not linted: 1 file and 1 folder ignored by Git.',
    option: '--no-ignore',
  },
])('what $what is counted, and $option finds it', async ({ files, says, option }) => {
  const { exitCode, summary } = await lint(files, '.');
  expect(summary).toContain(says);
  expect(exitCode).toBe(0);
  expect((await lint(files, '.', option)).exitCode).toBe(1);
});

test('what stands in the baseline of the configuration is counted, and --no-baseline finds it', async () => {
  const files = { 'scorer.json': scorer, 'azrbac.config.json': { baseline: 'base.json' } };
  const cwd = projectWith(files);
  await runCli(['lint', '.', '--update-baseline'], { cwd });
  const { exitCode, summary } = await lintIn(cwd, 'scorer.json');
  expect(summary).toBe('No findings in 1 role definition in 1 file. 1 in the baseline.');
  expect(exitCode).toBe(0);
  expect((await lintIn(cwd, 'scorer.json', '--no-baseline')).exitCode).toBe(1);
});

test('a role of the baseline that may now be assigned everywhere is told of all the same', async () => {
  const cwd = projectWith({ 'scorer.json': scorer });
  const baseline = ['scorer.json', '--baseline', 'base.json'];
  await runCli(['lint', ...baseline, '--update-baseline'], { cwd });
  writeFileSync(`${cwd}/scorer.json`, JSON.stringify({ ...scorer, AssignableScopes: ['/'] }));
  const { exitCode, summary } = await lintIn(cwd, ...baseline);
  expect(summary).toBe('1 finding (1 high) in 1 role definition in 1 file. 1 in the baseline.');
  expect(exitCode).toBe(1);
});

test('suppressions of both kinds are counted apart', async () => {
  const files = {
    'commented.json': commented,
    'scorer.json': { ...scorer, Name: 'Endpoint Caller' },
    'azrbac.config.json': { suppressions: [{ ...accepting, role: 'Endpoint Caller' }] },
  };
  const { summary } = await lint(files, '.');
  expect(summary).toBe(
    'No findings in 2 role definitions in 2 files. 2 suppressed (1 in comments, 1 by the configuration).',
  );
});

test.each([[], ['--object-format=sha256']])(
  'a file that Git tracks is linted, whatever .gitignore says of it (git init %s)',
  async (...config) => {
    const files = {
      'roles/scorer.json': scorer,
      'hidden.json': { ...scorer, Name: 'Hidden' },
      '.gitignore': 'roles/\nhidden.json\n',
    };
    const cwd = repositoryWith(files, ...config);
    const { stdout } = await runCli(['lint', '.', '--list-files'], { cwd });
    expect(stdout).toBe('hidden.json\nroles/scorer.json\n');
  },
);

test('a file that Git ignores and does not track is passed over without a word', async () => {
  const cwd = repositoryWith({ 'restarter.json': restarter, '.gitignore': 'draft.json\n' });
  writeFileSync(`${cwd}/draft.json`, JSON.stringify(scorer));
  const { exitCode, summary } = await lintIn(cwd, '.');
  expect(summary).toBe('No findings in 1 role definition in 1 file.');
  expect(exitCode).toBe(0);
});

test('what Git tracks in node_modules is counted, and --no-ignore finds it', async () => {
  const cwd = repositoryWith({ 'restarter.json': restarter, 'node_modules/x/scorer.json': scorer });
  const { exitCode, summary } = await lintIn(cwd, '.');
  expect(summary).toBe('No findings in 1 role definition in 1 file. Not linted: 1 file in node_modules.');
  expect(exitCode).toBe(0);
  expect((await lintIn(cwd, '.', '--no-ignore')).exitCode).toBe(1);
});

test('a catalog of the configuration is named', async () => {
  const cwd = projectWith({ 'restarter.json': restarter, 'azrbac.config.json': { catalog: 'facts' } });
  execFileSync('cp', ['-r', new URL('../../role-catalog', import.meta.url).pathname, `${cwd}/facts`]);
  const { stderr } = await lintIn(cwd, 'restarter.json');
  expect(stderr).toBe(
    'notice  Operations and built-in roles are those of the catalog in "facts", of 2026-08-22, as the configuration says. (catalog-of-configuration)\n',
  );
});

test('strings that are not judged in a file named like a template are counted', async () => {
  const role = { ...restarter, Actions: [...restarter.Actions, '${more}'] };
  const { summary } = await lint({ 'role.json.tmpl': role }, 'role.json.tmpl');
  expect(summary).toBe(
    'No findings in 1 role definition in 1 file. Not linted: 1 string with placeholders in templates. 1 notice.',
  );
});

test.each([
  {
    args: ['nosuch.json'],
    files: {},
    summary: 'Nothing was checked: no role definition in 0 files. Not linted: 1 path that cannot be read.',
    exitCode: 2,
  },
  {
    args: ['data.json', '--allow-empty'],
    files: { 'data.json': { temperature: 21 } },
    summary: 'Nothing was checked: no role definition in 1 file. 1 notice.',
    exitCode: 0,
  },
  {
    args: ['restarter.json', 'nosuch.json'],
    files: { 'restarter.json': restarter },
    summary: 'No findings in 1 role definition in 1 file. Not linted: 1 path that cannot be read.',
    exitCode: 2,
  },
])('azrbac lint $args says what was checked', async ({ args, files, summary, exitCode }) => {
  expect(await lint(files as Files, ...args)).toMatchObject({ summary, exitCode });
});

test.each([
  { args: ['--config', 'azrbac.config.json', '--no-config'] },
  { args: ['--baseline', 'base.json', '--no-baseline'] },
])('$args exclude each other', async ({ args }) => {
  const { exitCode, stderr } = await lint(
    { 'azrbac.config.json': {}, 'restarter.json': restarter },
    '.',
    ...args,
  );
  expect(stderr).toContain('exclude each other');
  expect(exitCode).toBe(2);
});

test('the JSON report holds the same counts', async () => {
  const cwd = projectWith({
    'commented.json': commented,
    'drafts/scorer.json': scorer,
    'azrbac.config.json': { exclude: ['drafts'], failOn: 'high' },
  });
  const { stdout } = await runCli(['lint', '.', '--format', 'json'], { cwd });
  const { summary } = JSON.parse(stdout) as { summary: object };
  expect(summary).toMatchObject({
    suppressed: 1,
    suppressedBy: { comments: 1, configuration: 0, baseline: 0 },
    notLinted: { excludedFiles: 0, excludedFolders: 1, builtInRoles: 0 },
    configuration: { rulesOff: 0, rulesMilder: 0, failOn: 'high' },
  });
});
