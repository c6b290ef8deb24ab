import { expect, test } from 'vitest';
import { projectWith, restarter } from './project.js';
import { runCli } from './run-cli.js';

const long = 'x'.repeat(1_000_000);

test.each([
  ['a key of the configuration', { 'azrbac.config.json': { [long]: 1 } }, []],
  ['a rule of the configuration', { 'azrbac.config.json': { rules: { [long]: 'off' } } }, []],
  ['a rule of the command line', {}, ['--rule', `${long}=off`]],
])('%s of a million characters is not told in full', async (_, files, args) => {
  const cwd = projectWith({ 'role.json': restarter, ...files });
  const { stderr, exitCode } = await runCli(['lint', 'role.json', ...args], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr.length).toBeLessThan(20_000);
});
