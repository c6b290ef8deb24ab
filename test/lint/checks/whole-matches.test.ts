import { describe, expect, test } from 'vitest';
import { faultyEntries } from '../../../src/lint/checks/action-verdict.js';
import { assignmentRoleUnknown } from '../../../src/lint/checks/assignments/assignment-role-unknown.js';
import { roleReferenceRenamed } from '../../../src/lint/checks/assignments/role-reference-renamed.js';
import { broadWildcard } from '../../../src/lint/checks/broad-wildcard.js';
import { roleIdentity } from '../../../src/lint/checks/role-identity.js';
import { contextOf, customRole, evaluate } from './custom-role.js';
import { lintRole, customRole as roleOf } from './lint-role.js';

const online = 'Microsoft.MachineLearningServices/workspaces/onlineEndpoints/';

describe('strings that some verdict calls useless', () => {
  test.each([
    ['Microsoft.Compute/disks/re*d', 0],
    ['microsoft.compute/disks/READ', 0],
    ['Microsoft.Compute/disks/raed', 1],
  ])('%s: %d', (action, count) => {
    const role = customRole({ actions: [action] });
    expect(faultyEntries(role, contextOf(role)).size).toBe(count);
  });
});

test('a wildcard that names no operations has none in its evidence', () => {
  const [match] = evaluate(broadWildcard, customRole({ actions: ['*'] }), {
    lists: ['actions'],
    patterns: ['*'],
  });
  expect(Object.keys(match!.evidence)).toEqual(['patterns', 'count']);
  expect(match!.variant).toBeUndefined();
  expect(match!.related).toEqual([]);
});

test('a role whose name is the GUID of a built-in one does not bear its name', () => {
  const role = customRole({ actions: [] });
  const name = { value: 'acdd72a7-3385-48ef-bd42-f606fba81ae7', at: role.at };
  expect(evaluate(roleIdentity, { ...role, name }, { fault: 'name-of-built-in' })).toEqual([]);
  const own = { ...role, name: { value: ' reader', at: role.at } };
  expect(evaluate(roleIdentity, own, { fault: 'name-of-built-in' })).toMatchObject([
    { evidence: { builtIn: 'Reader', guid: 'acdd72a7-3385-48ef-bd42-f606fba81ae7' } },
  ]);
});

describe('a role of the code is known by its name', () => {
  const named = (check: typeof assignmentRoleUnknown, own: string, written: string) => {
    const role = customRole({ actions: [] });
    const value = { kind: 'string', value: written, at: role.at, via: [] };
    const assignment = { roleName: { value, at: role.at } };
    const inventory = {
      documents: [],
      assignments: [assignment],
      roleDefinitions: [{ ...role, name: { value: own, at: role.at } }],
    };
    return [...check.evaluate(inventory as never, {}, contextOf(role))];
  };

  test('with blanks around it, though a built-in role is called nearly so', () => {
    expect(named(assignmentRoleUnknown, 'Readr', ' Readr ')).toEqual([]);
  });

  test('in any case, though a built-in role was called so', () => {
    const former = 'Key Vault Administrator (preview)';
    expect(named(roleReferenceRenamed, former.toUpperCase(), ` ${former}`)).toEqual([]);
  });
});

test('what else a role writes is told of roles that spell scoring out, and not of a wildcard', () => {
  const writes = (action: string): unknown =>
    lintRole(
      roleOf({ actions: [action, 'Microsoft.Compute/disks/write'] }),
      'ml-scoring-role-writes',
    ).flatMap(({ evidence }) => evidence['operations']);
  expect(writes(`${online}score/action`)).toContain('Microsoft.Compute/disks/write');
  expect(writes(`${online}*/action`)).not.toContain('Microsoft.Compute/disks/write');
});
