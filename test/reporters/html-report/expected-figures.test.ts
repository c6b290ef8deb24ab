import { expect, test } from 'vitest';
import { assign, group, id, roles, subscription, user } from '../../tenant/access/tenant-rows.js';
import { projectWith } from '../../commands/project.js';
import { runCli } from '../../commands/run-cli.js';
import type { AuditJson } from './audited.js';

const account = `${group}/providers/Microsoft.Storage/storageAccounts/images`;

/** The figure of somebody who reads blobs at the scope and has what else there is. */
async function figure(scope: string, identity: object, others: readonly object[] = []): Promise<number> {
  const cwd = projectWith({
    't.json': {
      version: 1,
      kind: 'azrbac-snapshot',
      principals: [user(1)],
      subscriptions: [{ id: subscription.split('/')[2], managementGroup: null }],
      roleAssignments: [assign(roles.blobReader, id(1), scope), ...others],
    },
    'access.json': { version: 1, identities: [{ name: 'reader', principal: id(1), ...identity }] },
  });
  const args = ['--snapshot', 't.json', '--expect', 'access.json', '--format', 'json', '--quiet'];
  const { stdout, stderr } = await runCli(['audit', ...args], { cwd });
  expect(stderr).toBe('');
  return (JSON.parse(stdout) as AuditJson).identities[0]!.figure;
}

const needs = (scope: string): object => ({ needs: [{ set: 'blob-read', scope }] });
const own = 'it is their own';

test.each([
  { what: 'what is needed there', scope: account, identity: needs(account), left: 0 },
  { what: 'nothing that is needed elsewhere', scope: account, identity: needs(`${account}2`), left: 1.2 },
  { what: 'nothing that is needed further down alone', scope: group, identity: needs(account), left: 3 },
  {
    what: 'nothing, where nobody said what is needed',
    scope: account,
    identity: { never: ['*/delete'] },
    left: 1.2,
  },
])('a figure leaves out $what', async ({ scope, identity, left }) => {
  expect(await figure(scope, identity)).toBe(left);
});

test.each([
  { what: 'nothing without that', accept: [], left: 38 },
  {
    what: 'what somebody accepted',
    accept: [{ role: 'Contributor', reason: own }],
    left: 0,
  },
  {
    what: 'what somebody accepted by pattern',
    accept: [{ operations: ['*'], reason: own }],
    left: 0,
  },
])('a figure leaves out $what', async ({ accept, left }) => {
  const contributor = assign(roles.contributor, id(1), `${subscription}/resourceGroups/other`);
  expect(await figure(account, { ...needs(account), accept }, [contributor])).toBe(left);
});
