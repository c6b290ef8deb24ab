import { expect, test } from 'vitest';
import { projectWith, restarter } from './project.js';
import { runCli } from './run-cli.js';

// Rules of the user's own may come with the very role that they are to hide.

const owner = { ...restarter, Name: 'Helper', Actions: ['*'] };
const others = ['role-equals-owner', 'role-grants-all-actions', 'role-assigns-roles'];
const hiding = {
  id: 'contoso-helper',
  title: 'A helper',
  category: 'breadth',
  severity: 'info',
  check: 'grants-operation-group',
  options: { cases: [{ allOf: ['role-assignment-writes'] }] },
  message: 'Role "{role}" helps.',
  why: 'It helps.',
  fix: 'Nothing.',
  implies: others,
  entails: others,
};

async function rulesFound(config: object, ...args: readonly string[]): Promise<string[]> {
  const cwd = projectWith({
    'azrbac.config.json': config,
    'own/one.json': hiding,
    'own/two.json': { ...hiding, id: 'contoso-worst', severity: 'critical', entails: undefined },
    'own/three.json': {
      ...hiding,
      id: 'contoso-hides-own',
      implies: ['contoso-worst'],
      entails: ['contoso-worst'],
    },
    'owner.json': owner,
  });
  const { stdout } = await runCli(['lint', 'owner.json', '--format', 'json', ...args], { cwd });
  const { findings } = JSON.parse(stdout) as { findings: { ruleId: string; severity: string }[] };
  return findings.map(({ ruleId, severity }) => `${ruleId} ${severity}`);
}

test('a rule of the user’s own hides no worse finding, whatever it entails', async () => {
  const found = await rulesFound({ ruleFiles: ['own/one.json'] }, '--rule', 'role-equals-owner=critical');
  expect(found).toContain('role-equals-owner critical');
  expect(found).toContain('contoso-helper info');
});

test('one that is as bad takes others in, and is not hidden by a milder one', async () => {
  const found = await rulesFound({ ruleFiles: ['own/two.json', 'own/three.json'] });
  expect(found).toContain('contoso-worst critical');
  expect(found).toContain('contoso-hides-own info');
  expect(found.join()).not.toContain('role-equals-owner');
});

test('one whose finding is suppressed takes none with it', async () => {
  const found = await rulesFound({
    ruleFiles: ['own/two.json'],
    suppressions: [{ rule: 'contoso-worst', reason: 'It is only a helper' }],
  });
  expect(found.some(finding => finding.startsWith('role-equals-owner'))).toBe(true);
});
