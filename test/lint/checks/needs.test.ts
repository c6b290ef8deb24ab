import { expect, test } from 'vitest';
import { findCheck } from '../../../src/lint/checks/index.js';
import { shippedRules } from './lint-role.js';

const everyList = ['permissions', 'actions', 'dataActions', 'notActions', 'notDataActions', 'condition'];
const checks = [...new Set(shippedRules.rules.map(({ check }) => check))];

// Where one of these parts is known in part only, what the check would find could be wrong: it is not asked.
test('what checks must know of a role is known', () => {
  const needs = checks.flatMap(name => {
    const parts = findCheck(name)?.needs;
    return parts === undefined ? [] : [[name, parts]];
  });
  expect(Object.fromEntries(needs)).toEqual({
    'covers-built-in-role': ['permissions', 'actions'],
    'ml-control-role-lacks-deployments': ['permissions', 'actions'],
    'not-action-effect': ['permissions', 'actions', 'dataActions'],
    'not-action-leaves-authorization': ['permissions', 'notActions'],
    'not-actions-cancel-role': ['permissions', 'actions', 'dataActions'],
    'role-description-contradicts': ['name', 'description'],
    'role-description-missing': ['description'],
    'role-empty': ['permissions', 'actions', 'dataActions'],
    'role-matches-builtin': everyList,
    'role-near-builtin': everyList,
  });
});
