import { expect, test } from 'vitest';
import { assignmentIn } from '../../../src/rbac/model/assignment-code.js';
import { parseScope } from '../../../src/rbac/model/scope.js';

const subscription = '/subscriptions/11111111-2222-3333-4444-555555555555';
const grantee = { objectId: '22222222-aaaa-bbbb-cccc-333333333333', kind: 'ServicePrincipal' };
const role = { name: 'Reader', id: 'acdd72a7-3385-48ef-bd42-f606fba81ae7' };

test('Bicep names the resource that it assigns at, and the role by its id', () => {
  const scope = parseScope(
    `${subscription}/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/hub/subnets/a`,
  );
  expect(assignmentIn('bicep', { role, grantee, scope })).toBe(
    [
      "resource target 'Microsoft.Network/virtualNetworks/subnets@API_VERSION' existing = {",
      "  name: 'hub/a'",
      '}',
      "resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {",
      "  name: guid(target.id, '22222222-aaaa-bbbb-cccc-333333333333', 'Reader')",
      '  scope: target',
      '  properties: {',
      "    principalId: '22222222-aaaa-bbbb-cccc-333333333333'",
      "    principalType: 'ServicePrincipal'",
      "    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'acdd72a7-3385-48ef-bd42-f606fba81ae7')",
      '  }',
      '}',
    ].join('\n'),
  );
});

test.each(['az', 'powershell', 'bicep', 'terraform'] as const)(
  '%s: what is not known stands in capitals',
  language => {
    const text = assignmentIn(language, {
      role: { name: 'Mine', id: null },
      grantee: { objectId: null, kind: null },
      scope: undefined,
    });
    expect(text).toContain('OBJECT_ID');
    expect(text).toContain('SCOPE');
  },
);

test.each([
  ['powershell', "Mine''; Remove-Item x"],
  ['bicep', "Mine\\'; Remove-Item x"],
  ['terraform', "Mine'; Remove-Item x"],
] as const)('a name cannot end its quotes: %s', (language, quoted) => {
  const text = assignmentIn(language, {
    role: { name: "Mine'; Remove-Item x", id: null },
    grantee,
    scope: parseScope(subscription),
  });
  expect(text).toContain(quoted);
});

test('a name is not read as an expression', () => {
  const named = { role: { name: '${file("x")}', id: null }, grantee, scope: parseScope(subscription) };
  expect(assignmentIn('terraform', named)).toContain('$${file(');
  expect(assignmentIn('bicep', named)).toContain('\\${file(');
});
