import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  assign,
  corp,
  group,
  groupOf,
  id,
  roles,
  type Row,
  subscription,
  user,
} from '../../tenant/access/tenant-rows.js';
import { projectWith, restarter } from '../../commands/project.js';
import { type CliSurroundings, runCli } from '../../commands/run-cli.js';
import { parseCsv } from '../../reporters/parse-csv.js';
import { sarifSchemaErrors } from '../../reporters/sarif-schema.js';

const executable = fileURLToPath(new URL('../../../dist/bin/azrbac.cjs', import.meta.url));

const app = (number: number, displayName = `app-${number}`): Row => ({
  ...{ id: id(number), type: 'ServicePrincipal', displayName, memberOf: [] },
});

/** Nobody is privileged, and nothing is missing. */
const quiet = {
  ...{ version: 1, kind: 'azrbac-snapshot', tenantId: '99999999-8888-7777-6666-555555555555' },
  collectedAt: '2026-08-22T06:00:00Z',
  managementGroups: [{ id: 'corp', parent: null }],
  subscriptions: [{ id: subscription.split('/')[2], managementGroup: 'corp' }],
  principals: [groupOf(3), user(1, 3), app(7), app(8), app(9)],
  roleAssignments: [assign(roles.reader, id(3), group)],
};

const owners = {
  ...quiet,
  roleAssignments: [
    ...quiet.roleAssignments,
    ...[7, 8, 9].map(number => assign(roles.owner, id(number), subscription)),
    assign(roles.contributor, id(7), group),
  ],
};

const gap = { what: 'denyAssignments', scope: subscription, reason: '403 AuthorizationFailed' };

const endpoint = `${group}/providers/Microsoft.MachineLearningServices/workspaces/w1/onlineEndpoints/e1`;
const needing = (needs: object) => ({
  version: 1,
  identities: [{ name: 'client', principal: id(7), needs: [needs] }],
});
const scoring = { set: 'online-scoring', scope: endpoint };
const scores = { ...quiet, roleAssignments: [assign(roles.reader, id(7), endpoint)] };

type Files = Parameters<typeof projectWith>[0];

async function audit(files: Files, args: readonly string[] = [], surroundings: CliSurroundings = {}) {
  const cwd = projectWith(files);
  const run = await runCli(['audit', '--snapshot', 's.json', ...args], { cwd, ...surroundings });
  return { ...run, cwd };
}

async function report(files: Files, ...args: readonly string[]) {
  return JSON.parse((await audit(files, [...args, '--format', 'json'])).stdout);
}

describe('the exit code', () => {
  const off = { rules: { 'assignment-privileged-service-principal': 'off' } };
  test.each<[string, Files, readonly string[], number]>([
    ['of a tenant without findings', { 's.json': quiet }, [], 0],
    ['of findings', { 's.json': owners }, [], 1],
    [
      'of findings that are milder',
      { 's.json': owners, 'azrbac.config.json': off },
      ['--fail-on', 'high'],
      0,
    ],
    ['of findings, under --fail-on never', { 's.json': owners }, ['--fail-on', 'never'], 0],
    ['of gaps', { 's.json': { ...quiet, gaps: [gap] } }, [], 3],
    ['of gaps, under --fail-on never', { 's.json': { ...owners, gaps: [gap] } }, ['--fail-on', 'never'], 3],
    ['of findings and gaps', { 's.json': { ...owners, gaps: [gap] } }, [], 1],
    ['of a snapshot without principals', { 's.json': { ...quiet, principals: [] } }, [], 3],
    ['of rows that make no sense', { 's.json': { ...quiet, roleAssignments: [{}] } }, [], 3],
    [
      'of expectations that fail',
      { 's.json': scores, 'access.json': needing(scoring) },
      ['--expect', 'access.json', '--rule', 'assignment-insufficient=off', '--rule', 'assignment-excess=off'],
      1,
    ],
    [
      'of expectations that fail, under --fail-on never',
      { 's.json': scores, 'access.json': needing(scoring) },
      ['--expect', 'access.json', '--fail-on', 'never'],
      0,
    ],
    [
      'of mistakes in expectations, with findings',
      { 's.json': owners, 'access.json': needing({ set: 'online-scorin', scope: endpoint }) },
      ['--expect', 'access.json'],
      2,
    ],
    ['of a role file that is not there, with findings', { 's.json': owners }, ['nowhere.json'], 2],
    ['of a snapshot that is not there', {}, [], 2],
    ['of a rule that there is not', { 's.json': quiet }, ['--rule', 'nothing=high'], 2],
  ])('%s', async (_, files, args, expected) => {
    expect((await audit(files, args)).exitCode).toBe(expected);
  });

  test('of a baseline that accepts all is 0, and that of what is new is 1', async () => {
    const { cwd, exitCode } = await audit({ 's.json': owners }, [
      '--baseline',
      'b.json',
      '--update-baseline',
    ]);
    expect(exitCode).toBe(0);
    const again = (snapshot: string) =>
      runCli(['audit', '--snapshot', snapshot, '--baseline', 'b.json', '--format', 'json'], { cwd });
    const accepted = JSON.parse((await again('s.json')).stdout);
    expect(accepted).toMatchObject({ summary: { critical: 0, causes: 0 }, findings: [], causes: [] });
    expect(accepted.suppressed.length).toBeGreaterThan(2);
    const baseline = readFileSync(join(cwd, 'b.json'), 'utf8');
    const more = {
      ...owners,
      roleAssignments: [...owners.roleAssignments, assign(roles.owner, id(1), subscription)],
    };
    const changed = await audit({ 's.json': more, 'b.json': baseline }, ['--baseline', 'b.json']);
    expect(changed.exitCode).toBe(1);
  });
});

describe('as JSON', () => {
  test('it is the object of lint, with the tenant, causes and paths beside its findings', async () => {
    const files = { 's.json': { ...owners, gaps: [gap] } };
    const audited = await report(files);
    const { stdout } = await runCli(['lint', '--snapshot', 's.json', '--format', 'json'], {
      cwd: projectWith(files),
    });
    const linted = JSON.parse(stdout);
    expect(audited).toMatchObject({
      version: 1,
      catalog: linted.catalog,
      summary: { ...linted.summary, principals: 5, roleAssignments: 5, subscriptions: 1 },
      findings: linted.findings,
      suppressed: linted.suppressed,
      roleChanges: linted.roleChanges,
      gaps: [gap],
    });
    expect(audited.notices.slice(0, linted.notices.length)).toEqual(linted.notices);
  });

  test('each finding is in one cause, by its fingerprint', async () => {
    const { causes, findings, summary } = await report({ 's.json': owners });
    const inCauses = causes.flatMap(({ findings: its }: { findings: string[] }) => its);
    expect(inCauses.sort()).toEqual(
      findings.map(({ fingerprint }: { fingerprint: string }) => fingerprint).sort(),
    );
    expect(summary.causes).toBe(causes.length);
    expect(causes[0]).toMatchObject({
      ruleId: 'assignment-privileged-service-principal',
      severity: 'critical',
      subject: { kind: 'role', name: 'Owner', id: roles.owner },
      places: 3,
      identities: 3,
      scopes: 1,
      widestScope: subscription,
    });
  });

  test('paths and results are those of the commands', async () => {
    const manager = { ...quiet, roleAssignments: [assign(roles.owner, id(7), subscription)] };
    const files = {
      's.json': { ...manager, principals: [...quiet.principals.slice(0, 2), { ...app(7), owners: [id(1)] }] },
      'access.json': needing(scoring),
    };
    const cwd = projectWith(files);
    const run = async (...args: readonly string[]) =>
      JSON.parse((await runCli([...args, '--snapshot', 's.json', '--format', 'json'], { cwd })).stdout);
    const audited = await run('audit', '--expect', 'access.json');
    const { paths, targets, cuts } = await run('paths');
    const { results, identities } = await run('check', 'access.json');
    expect(paths).toHaveLength(1);
    // One where something is needed, and one at the subscription for what else Owner gives there.
    expect(results).toHaveLength(2);
    expect(audited).toMatchObject({ paths, targets, cuts, results, expectedIdentities: identities });
  });

  test('says where the roles of causes are assigned', async () => {
    const guid = 'c0000000-0000-0000-0000-000000000001';
    const role = {
      id: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
      name: guid,
      properties: { roleName: 'Copier', type: 'CustomRole', permissions: [{ actions: ['*/read'] }] },
    };
    const assignment = assign(guid, id(3), group);
    const { causes, roleAssignments } = await report({
      's.json': {
        ...quiet,
        roleDefinitions: [role],
        roleAssignments: [...quiet.roleAssignments, assignment],
      },
    });
    const ofRole = causes.filter(({ subject }: { subject: { id: string } }) => subject.id === guid);
    expect(ofRole.length).toBeGreaterThan(1);
    expect(ofRole[0].places).toBe(1);
    expect(roleAssignments).toEqual([
      { id: String(assignment['id']).toLowerCase(), roleId: guid, principalId: id(3), scope: group },
    ]);
  });

  test('the same input gives the same bytes', async () => {
    const one = await audit({ 's.json': owners }, ['--format', 'json', '--as-of', '2026-11-21']);
    const other = await audit({ 's.json': owners }, ['--format', 'json', '--as-of', '2026-11-21']);
    expect(other.stdout).toBe(one.stdout);
  });
});

describe('role files', () => {
  test('are audited as if they were deployed', async () => {
    const { summary, roleChanges } = await report({ 's.json': quiet, 'role.json': restarter }, 'role.json');
    expect(summary).toMatchObject({ files: 1, roleDefinitions: 1 });
    expect(roleChanges).toEqual([]);
  });
});

describe('suppressions', () => {
  test('of the configuration hold', async () => {
    const suppression = {
      rule: 'assignment-privileged-service-principal',
      principal: 'app-7',
      reason: 'Known.',
    };
    const config = { suppressions: [suppression] };
    const { causes, suppressed } = await report({ 's.json': owners, 'azrbac.config.json': config });
    expect(suppressed).toHaveLength(1);
    expect(causes[0].places).toBe(2);
  });
});

describe('the numbers', () => {
  const files = { 's.json': owners };

  test('are the same in every format', async () => {
    const { summary, findings, causes } = await report(files);
    const line = `${findings.length} findings (${summary.critical} critical, ${summary.medium} medium) of ${causes.length} causes.`;
    const text = (await audit(files, ['-q'])).stdout;
    expect(text.split(line)).toHaveLength(3);
    expect((await audit(files, ['--format', 'markdown'])).stdout).toContain(line);
    const [columns, ...rows] = parseCsv((await audit(files, ['--format', 'csv'])).stdout);
    expect(rows).toHaveLength(findings.length);
    expect(rows.map(row => row[columns!.indexOf('fingerprint')])).toEqual(
      findings.map(({ fingerprint }: { fingerprint: string }) => fingerprint),
    );
    expect(new Set(rows.map(row => row[columns!.indexOf('cause')]))).toEqual(
      new Set(causes.map(({ id: name }: { id: string }) => name)),
    );
    const sarif = JSON.parse((await audit(files, ['--format', 'sarif'])).stdout);
    expect(sarifSchemaErrors(sarif)).toEqual([]);
    expect(sarif.runs[0].results).toHaveLength(findings.length);
    expect(JSON.parse((await audit(files, ['--format', 'gitlab'])).stdout)).toHaveLength(findings.length);
    for (const format of ['github', 'azure']) {
      const lines = (await audit(files, ['--format', format])).stdout.trimEnd().split('\n');
      expect(lines).toHaveLength(findings.length + 1);
    }
  });
});

describe('as text', () => {
  test('gaps are said first and last', async () => {
    const { stdout } = await audit({ 's.json': { ...owners, gaps: [gap] } }, ['-q']);
    const warning =
      'INCOMPLETE: 1 part of the tenant could not be read. It was not checked and is not in this report.';
    const lines = stdout.trimEnd().split('\n');
    expect(lines.slice(4, 6)).toEqual([
      warning,
      `  denyAssignments at ${subscription}: 403 AuthorizationFailed`,
    ]);
    expect(lines.at(-1)).toBe(warning);
  });

  test('the worst causes come first, each with its places', async () => {
    const { stdout } = await audit({ 's.json': owners }, ['-q']);
    expect(stdout.split('\n\n').slice(0, 2)).toEqual([
      [
        'Tenant 99999999-8888-7777-6666-555555555555, as collected 2026-08-22T06:00:00Z (s.json)',
        '1 subscription, 1 management group, 5 principals, 5 role assignments, 0 role definitions looked at.',
        '4 findings (3 critical, 1 medium) of 2 causes.',
      ].join('\n'),
      expect.stringContaining(
        [
          `critical  The service principal app-7 (and 2 more) has Owner at ${subscription}: it can assign any role, including to itself.`,
          `          3 places, 3 identities, 1 scope`,
          `            app-7 at ${subscription}`,
          `            app-8 at ${subscription}`,
          `            app-9 at ${subscription}`,
        ].join('\n'),
      ),
    ]);
  });

  test('lines are broken where the terminal ends, ids are not', async () => {
    const files = { 's.json': { ...owners, gaps: [gap] }, 'access.json': needing(scoring) };
    const { stdout } = await audit(files, ['-q', '--color', 'never', '--expect', 'access.json'], {
      isTTY: true,
    });
    const long = stdout
      .split('\n')
      .filter(line => line.length > 100 && !/^ +(?:run {2})? *az role/.test(line));
    expect(long.filter(line => line.trim().includes(' '))).toEqual([]);
    const message = `The service principal app-7 (and 2 more) has Owner at ${subscription}: it`;
    expect(stdout.replaceAll(/\n +/g, ' ')).toContain(message);
  });

  describe('subscriptions and management groups are named', () => {
    const other = '/subscriptions/22222222-2222-3333-4444-555555555555';
    const named = {
      ...owners,
      managementGroups: [{ id: 'corp', displayName: 'Contoso', parent: null }],
      subscriptions: [
        { id: subscription.split('/')[2], displayName: 'Shop', managementGroup: 'corp' },
        { id: other.split('/')[2], displayName: 'Archive', managementGroup: 'corp' },
      ],
      roleAssignments: [
        ...quiet.roleAssignments,
        assign(roles.owner, id(7), subscription),
        assign(roles.owner, id(8), subscription),
        assign(roles.owner, id(9), other),
      ],
    };

    test('once in each cause', async () => {
      const { stdout } = await audit({ 's.json': named }, ['-q']);
      expect(stdout).toContain(
        [
          `          3 places, 3 identities, 2 scopes, the widest ${subscription} ("Shop")`,
          `            app-7 at ${subscription}`,
          `            app-8 at ${subscription}`,
          `            app-9 at ${other} ("Archive")`,
        ].join('\n'),
      );
    });

    test('in causes of one finding, and in gaps', async () => {
      const files = {
        's.json': {
          ...named,
          roleAssignments: [assign(roles.owner, id(7), corp)],
          gaps: [{ ...gap, scope: corp }],
        },
      };
      const { stdout } = await audit(files, ['-q']);
      expect(stdout).toContain(`  denyAssignments at ${corp} ("Contoso"): 403 AuthorizationFailed\n`);
      expect(stdout).toContain('\n            the management group is "Contoso"\n');
      const { stdout: markdown } = await audit(files, ['--format', 'markdown']);
      expect(markdown).toContain(`denyAssignments at ${corp} ("Contoso"): 403`);
    });

    test('in JSON beside their ids', async () => {
      expect((await report({ 's.json': named })).snapshot).toMatchObject({
        managementGroups: [{ id: 'corp', displayName: 'Contoso' }],
        subscriptions: [
          { id: subscription.split('/')[2], displayName: 'Shop' },
          { id: other.split('/')[2], displayName: 'Archive' },
        ],
      });
    });
  });

  test('names of strangers are made visible', async () => {
    const evil = 'app\u001b[31m\n::error::owned\u202e##vso[task.complete]';
    const principals = [...quiet.principals.slice(0, 2), app(7, evil), app(8, evil), app(9, evil)];
    const files = {
      's.json': {
        ...owners,
        principals,
        subscriptions: [{ ...quiet.subscriptions[0], displayName: evil }],
        gaps: [{ ...gap, reason: evil, scope: evil }, gap],
      },
    };
    for (const format of ['text', 'markdown', 'csv', 'json', 'github', 'azure']) {
      const { stdout, stderr } = await audit(files, ['--format', format]);
      const written = (format === 'csv' ? stdout.replaceAll('\r\n', '\n') : stdout) + stderr;
      expect(written).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]/);
      expect(written).not.toContain('##vso[task.complete');
      expect(written).not.toMatch(/^\s*::error::owned/m);
    }
  });
});

test('the baseline that is out of date is written anew by an audit', async () => {
  const { cwd } = await audit({ 's.json': owners }, ['--baseline', 'b.json', '--update-baseline']);
  const baseline = readFileSync(join(cwd, 'b.json'), 'utf8');
  const { stderr } = await audit({ 's.json': quiet, 'b.json': baseline }, ['--baseline', 'b.json']);
  expect(stderr).toContain('azrbac audit --snapshot "s.json" --baseline "b.json" --update-baseline');
});

test('a baseline outlives the name of the snapshot, and one of before is understood', async () => {
  const tenant = readFileSync('docs/audit/tenant.json', 'utf8');
  const written = ['--baseline', 'b.json', '--update-baseline'];
  const { cwd } = await audit({ 's.json': tenant }, written);
  const baseline = readFileSync(join(cwd, 'b.json'), 'utf8');
  expect(baseline).not.toContain('s.json');
  const found = async (name: string, accepted: string) => {
    const folder = projectWith({ [name]: tenant, 'b.json': accepted });
    const args = ['audit', '--snapshot', name, '--baseline', 'b.json', '--format', 'json'];
    const { stdout, stderr } = await runCli(args, { cwd: folder });
    expect(stderr).not.toContain('out of date');
    return (JSON.parse(stdout) as { findings: object[] }).findings.length;
  };
  expect(await found('tenant-2026-09-01.json', baseline)).toBe(0);
  // Its fingerprints have the name of the file in them.
  const old = readFileSync(new URL('baseline-naming-tenant.json', import.meta.url), 'utf8');
  expect(await found('tenant.json', old)).toBe(0);
});

test('a baseline that is written again holds what there is, once', async () => {
  const write = ['--baseline', 'b.json', '--update-baseline'];
  const { cwd } = await audit({ 's.json': owners }, write);
  const first = readFileSync(join(cwd, 'b.json'), 'utf8');
  await runCli(['audit', '--snapshot', 's.json', ...write], { cwd });
  expect(readFileSync(join(cwd, 'b.json'), 'utf8')).toBe(first);
  const fewer = await audit({ 's.json': quiet, 'b.json': first }, write);
  expect(JSON.parse(readFileSync(join(fewer.cwd, 'b.json'), 'utf8')).findings).toEqual([]);
});

test('JUnit names the command', async () => {
  const { stdout } = await audit({ 's.json': owners }, ['--format', 'junit']);
  expect(stdout).toContain('<testsuites name="azrbac audit" tests="2" failures="2"');
});

describe('progress', () => {
  test('is told on a terminal, and taken away', async () => {
    const { stderr } = await audit({ 's.json': quiet }, ['--color', 'never'], { isTTY: true });
    expect(stderr).toContain('\r\u001b[2Kreading the snapshot (0 s)');
    expect(stderr).toContain('\r\u001b[2Kapplying rules');
    const line = stderr.split('\n')[0]!;
    expect(line.slice(line.lastIndexOf('\u001b[2K'))).not.toContain('(0 s)');
  });

  test.each([
    ['without a terminal', [], {}],
    ['with --quiet', ['--quiet'], { isTTY: true } as const],
  ])('is not told %s', async (_, args, surroundings) => {
    const { stderr } = await audit({ 's.json': quiet }, args, surroundings);
    expect(stderr).not.toContain('\u001b[2K');
    expect(stderr).not.toContain('applying rules');
  });
});

test('the executable audits', () => {
  if (!existsSync(executable)) throw new Error('The executable is not built. Run: npm run build');
  const cwd = projectWith({ 's.json': owners });
  const args = [executable, 'audit', '--snapshot', 's.json', '--format', 'json', '--output', 'a.json'];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  expect([status, stdout]).toEqual([1, '']);
  expect(JSON.parse(readFileSync(join(cwd, 'a.json'), 'utf8')).summary.critical).toBe(3);
});
