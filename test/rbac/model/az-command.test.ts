import { describe, expect, test } from 'vitest';
import { assignmentCommand, definitionCommand } from '../../../src/rbac/model/az-command.js';
import { customRole } from '../../../src/rbac/model/custom-role.js';
import { parseScope } from '../../../src/rbac/model/scope.js';

const subscription = '/subscriptions/11111111-2222-3333-4444-555555555555';
const group = `${subscription}/resourceGroups/Fraud`;
const objectId = 'aaaaaaaa-1111-2222-3333-444444444401';
const pull = { control: ['Microsoft.ContainerRegistry/registries/pull/read'] };

describe('a custom role is assignable', () => {
  test.each([
    [`${group}/providers/Microsoft.Storage/storageAccounts/frauddata`, group],
    [group, group],
    [`${subscription}/providers/Microsoft.Insights/diagnosticSettings/all`, subscription],
    [subscription, subscription],
    [
      '/providers/Microsoft.Management/managementGroups/contoso',
      '/providers/Microsoft.Management/managementGroups/contoso',
    ],
    ['/', '/subscriptions/SUBSCRIPTION_ID'],
    ['/subscriptions/<id>/resourceGroups/x', '/subscriptions/SUBSCRIPTION_ID'],
  ])('for %s at %s', (scope, at) => {
    const role = customRole({ name: 'Pull', description: 'Pulls.' }, pull, [parseScope(scope)]);
    expect(role.AssignableScopes).toEqual([at]);
  });
});

describe('a command', () => {
  const definitionOf = (name: string): string =>
    definitionCommand(customRole({ name, description: 'x' }, pull, [parseScope(group)]));

  test('names whom, what and where', () => {
    expect(assignmentCommand('AcrPull', { objectId, kind: 'User' }, parseScope(group))).toBe(
      `az role assignment create --assignee-object-id ${objectId} --assignee-principal-type User --role "AcrPull" --scope "${group}"`,
    );
  });

  test('has capitals for what is not known', () => {
    expect(assignmentCommand('AcrPull', { objectId: null, kind: null }, undefined)).toBe(
      'az role assignment create --assignee-object-id OBJECT_ID --role "AcrPull" --scope SCOPE',
    );
  });

  test('runs nothing that a name holds', () => {
    expect(assignmentCommand('$(id) `id`', { objectId, kind: null }, undefined)).toContain(
      " --role '$(id) `id`' ",
    );
    expect(definitionOf("it's")).toContain(`'{"Name":"it'\\''s",`);
  });
});
