import { expect, test } from 'vitest';
import { attributeNamed } from '../../../src/tenant/access/attribute-name.js';
import { attributeKey } from '../../../src/rbac/conditions/knowledge.js';

const path = 'Microsoft.Authorization/roleAssignments:RoleDefinitionId';
const requested = attributeKey('Request', path);

test.each([
  [`@Request[${path}]`, requested],
  [` @REQUEST[${path.toUpperCase()}] `, requested],
  ['@Principal[department]', attributeKey('Principal', 'department')],
  [`@Requested[${path}]`, undefined],
  [`Request[${path}]`, undefined],
  ['@Request[]', undefined],
  [`@Request[${path}] GuidEquals`, undefined],
])('%s', (text, expected) => {
  expect(attributeNamed(text)).toBe(expected);
});
