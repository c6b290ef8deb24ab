import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../../src/commands/index.js';
import { runCli } from './run-cli.js';

test.each([
  { args: ['expnd'], says: '"expnd" is not an azrbac command.', hint: 'Did you mean "azrbac expand"?' },
  { args: ['lnit'], says: '"lnit" is not an azrbac command.', hint: 'Did you mean "azrbac lint"?' },
  { args: ['constructor'], says: '"constructor" is not an azrbac command.', hint: 'See: azrbac --help' },
  { args: ['catalog'], says: 'azrbac catalog needs one of: info, search', hint: '' },
  {
    args: ['catalog', 'serch'],
    says: '"serch" is not an azrbac command catalog.',
    hint: 'Did you mean "search"?',
  },
  {
    args: ['--quiet'],
    says: '"--quiet" is not an option of azrbac without a command.',
    hint: 'See: azrbac --help',
  },
  {
    args: ['-v'],
    says: '"-v" is not an option of azrbac without a command.',
    hint: 'For the version: azrbac --version',
  },
  { args: ['expand'], says: 'azrbac expand needs PATTERN', hint: 'See: azrbac expand --help' },
  {
    args: ['expand', '*', '--plan', 'data'],
    says: '"--plan" is not an option of azrbac expand.',
    hint: 'Did you mean "--plane"?',
  },
  {
    args: ['expand', '*', '--__proto__', 'x'],
    says: '"--__proto__" is not an option of azrbac expand.',
    hint: 'There is: --not',
  },
  {
    args: ['expand', '*', '--plane', 'dta'],
    says: '"--plane" cannot be "dta".',
    hint: 'Did you mean "data"?',
  },
  {
    args: ['expand', '*', '--format', 'xml'],
    says: '"--format" cannot be "xml".',
    hint: 'There is: text, json.',
  },
  { args: ['expand', '*', '--not'], says: '"--not" needs a value: --not PATTERN.', hint: 'See' },
  { args: ['expand', '*', '--not', '--quiet'], says: '"--not" needs a value: --not PATTERN.', hint: 'See' },
  { args: ['expand', '*', '--quiet=yes'], says: '"--quiet" takes no value.', hint: 'See' },
  {
    args: ['catalog', 'info', 'all'],
    says: 'azrbac catalog info does not know what to do with "all".',
    hint: 'See',
  },
  {
    args: ['completion', 'fishh'],
    says: 'There is no completion for the shell "fishh".',
    hint: 'Did you mean "fish"?',
  },
])('azrbac $args is refused with a sentence and a hint', async ({ args, says, hint }) => {
  const { exitCode, stdout, stderr } = await runCli(args);
  expect(stderr).toContain(`azrbac: ${says}`);
  expect(stderr).toContain(hint);
  expect(stderr).not.toContain('    at ');
  expect(stdout).toBe('');
  expect(exitCode).toBe(2);
});

test('what a stranger wrote cannot command the terminal', async () => {
  const { stderr } = await runCli(['\u001b[31mexpand\u202e']);
  expect(stderr).toContain('"\\u{1b}[31mexpand\\u{202e}" is not an azrbac command.');
});

test('an option may stand before the command', async () => {
  const { stdout } = await runCli(['--quiet', 'catalog', 'info', '--format=json']);
  expect(JSON.parse(stdout)).toMatchObject({ version: 1 });
});

test.each(commands.map(({ name }) => name))(
  'azrbac %s --help shows usage, options and examples',
  async name => {
    const { exitCode, stdout } = await runCli([...name.split(' '), '--help']);
    expect(stdout).toMatch(new RegExp(`^Usage: azrbac ${name}`));
    expect(stdout).toContain('--help');
    expect(stdout).toMatch(/Examples:\n {2}# /);
    expect(exitCode).toBe(0);
  },
);

test.each([{ args: ['--help'] }, { args: ['help'] }, { args: ['-h'] }])(
  'azrbac $args lists every command',
  async ({ args }) => {
    const { exitCode, stdout } = await runCli(args);
    for (const { name } of commands) expect(stdout).toContain(`azrbac ${name} `);
    expect(exitCode).toBe(0);
  },
);

test('without arguments, help goes to standard error and the exit code says so', async () => {
  expect(await runCli([])).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringContaining('Commands:') as string,
  });
});

test('--version prints the version alone', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(await runCli(['--version'])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
});

test('--output writes the report to the file and nothing else', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'azrbac-'));
  const { exitCode, stdout } = await runCli(
    ['expand', 'Microsoft.Advisor/suppressions/*', '--output', 'report.txt'],
    { cwd },
  );
  expect(readFileSync(join(cwd, 'report.txt'), 'utf8')).toContain('Microsoft.Advisor/suppressions/write\n');
  expect(readdirSync(cwd)).toEqual(['report.txt']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
});

test('a report that cannot be written is one sentence', async () => {
  const { exitCode, stderr } = await runCli(['expand', '*', '-o', 'no/such/folder/report.txt']);
  expect(stderr).toMatch(
    /^azrbac: "no\/such\/folder\/report\.txt" cannot be written: its folder does not exist\.\n$/,
  );
  expect(exitCode).toBe(2);
});
