import { expect, test } from 'vitest';
import { lintExample, shippedRules } from '../../lint-example.js';

const principal = 'a0000000-0000-0000-0000-000000000001';

/** What a rule finds in Bicep. */
function found(id: string, text: string) {
  const rule = shippedRules.rules.find(each => each.id === id)!;
  return lintExample(rule, { title: '', file: 'main.bicep', text, matches: [] });
}

const assignment = (symbol: string, name: string, role: string, who = principal): string => `
resource ${symbol} 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: ${name}
  properties: {
    principalId: '${who}'
    principalType: 'User'
    roleDefinitionId: ${role}
  }
}
`;
const reader =
  "subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'acdd72a7-3385-48ef-bd42-f606fba81ae7')";
const name = "guid('reader')";

test.each([
  ['for one principal alike in all', assignment('a', name, reader) + assignment('b', name, reader), []],
  [
    'for two principals',
    assignment('a', name, reader) + assignment('b', name, reader, principal.replace(/1$/, '2')),
    [{ assignment: 'b', other: 'a' }],
  ],
  [
    'for two roles',
    assignment('a', name, reader) + assignment('b', name, reader.replace('acdd72a7', 'acdd72a8')),
    [{ assignment: 'b', other: 'a' }],
  ],
])('assignments of one name %s', (_, text, expected) => {
  expect(found('assignment-name-collides', text).map(({ evidence }) => evidence)).toMatchObject(expected);
});

test('of assignments of one name, the place of the other is told', () => {
  const text = assignment('a', name, reader) + assignment('b', name, reader, principal.replace(/1$/, '2'));
  const [finding] = found('assignment-name-collides', text);
  expect(finding!.related).toMatchObject([
    { message: 'The name of a.', at: { range: { start: text.indexOf(name) } } },
  ]);
});

test('what the code calls a role that nobody knows is not held against it', () => {
  const text = `param contributorRoleId string\n${assignment('a', name, 'contributorRoleId')}`;
  expect(found('assignment-role-misnamed', text)).toEqual([]);
});

test('what is not said of one of two assignments does not tell them apart', () => {
  const text =
    assignment('a', name, reader) + assignment('b', name, reader).replace(/ {4}principalId.*\n/, '');
  expect(found('assignment-name-collides', text)).toEqual([]);
});

test('what Azure needs to be told of a principal is asked of principals alone', () => {
  const incomplete = `
resource a 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: ${name}
  properties: { roleDefinitionId: ${reader} }
}
`;
  expect(found('assignment-principal-type-missing', incomplete)).toEqual([]);
});
