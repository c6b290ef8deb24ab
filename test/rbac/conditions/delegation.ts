// Conditions as the templates of
// https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-examples make them.

export const backupContributor = '5e467623-bb1f-42f4-a55d-6e525e11384b';
export const backupReader = 'a795c7a0-d4a2-40c1-ae25-d81f01202912';
export const owner = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
export const rbacAdministrator = 'f58310d9-a9f6-439a-9e8d-f62e7b41a168';
export const userAccessAdministrator = '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9';
export const marketing = '28c35fea-2099-4cf5-8ad9-473547bc9423';
export const sales = '86951b8b-723a-407b-a74a-1bca3f0c95d0';

const of = (attribute: string): string => `Microsoft.Authorization/roleAssignments:${attribute}`;

/** What is checked, with `@` for the source. */
export function guard(change: 'write' | 'delete', expression: string): string {
  const source = change === 'write' ? '@Request' : '@Resource';
  return `(
  (
    !(ActionMatches{'Microsoft.Authorization/roleAssignments/${change}'})
  )
  OR
  (
    ${expression.replaceAll('@', source)}
  )
)`;
}

function both(expression: string): string {
  return `${guard('write', expression)}\nAND\n${guard('delete', expression)}`;
}

const roles = `@[${of('RoleDefinitionId')}] ForAnyOfAnyValues:GuidEquals {${backupContributor}, ${backupReader}}`;

export const constrainRoles = both(roles);

export const constrainRolesAndPrincipalTypes = both(
  `${roles}\n    AND\n    @[${of('PrincipalType')}] ForAnyOfAnyValues:StringEqualsIgnoreCase {'User', 'Group'}`,
);

export const constrainRolesAndPrincipals = both(
  `${roles}\n    AND\n    @[${of('PrincipalId')}] ForAnyOfAnyValues:GuidEquals {${marketing}, ${sales}}`,
);

export const allExceptRoles = both(
  `@[${of('RoleDefinitionId')}] ForAnyOfAllValues:GuidNotEquals {${owner}, ${rbacAdministrator}, ${userAccessAdministrator}}`,
);
