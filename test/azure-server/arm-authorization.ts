import { requireParameters, requireVersion, unsupportedFilter, type ArmQuestion } from './arm-route.js';
import { readActionOf, rowsAt, typeOfKind, type Reach } from './authorization-rows.js';
import { AzureError, refusal } from './azure-error.js';
import { armPage, type ArmPage } from './pages.js';
import { providerOperations } from './provider-operations.js';
import { roleDefinitionAt, roleDefinitionsAt } from './role-definition-rows.js';
import { authorizationKinds, type AuthorizationKind, type ScopedRow } from './tenant.js';
import type { World } from './world.js';

const effectVersion = '2024-07-01-preview';
const versions: Readonly<Record<AuthorizationKind, readonly string[]>> = {
  roleAssignments: ['2022-04-01'],
  denyAssignments: ['2022-04-01', effectVersion],
  eligibleAssignments: ['2020-10-01'],
  activeAssignments: ['2020-10-01'],
};

/** https://learn.microsoft.com/rest/api/authorization: lists of Microsoft.Authorization at any scope. */
export function answerAuthorization(
  world: World,
  question: ArmQuestion,
  scope: string,
  type: string,
): unknown {
  if (type === 'provideroperations') return listOperations(question, scope);
  requireScope(world, scope);
  if (type === 'permissions') return listPermissions(world, question, scope);
  if (type === 'roledefinitions') return listRoleDefinitions(world, question, scope);
  const kind = authorizationKinds.find(one => typeOfKind[one].toLowerCase() === type);
  if (kind === undefined)
    throw refusal(404, 'InvalidResourceType', `Microsoft.Authorization has no '${type}'.`);
  return listRows(world, question, scope, kind);
}

function listRows(
  world: World,
  question: ArmQuestion,
  scope: string,
  kind: AuthorizationKind,
): ArmPage<ScopedRow> {
  requireVersion(question, ...versions[kind]);
  requireParameters(question, '$filter');
  world.access.require(readActionOf(kind), scope);
  const { filter } = question;
  // https://learn.microsoft.com/azure/role-based-access-control/role-assignments-list-rest
  if (scope === '' && filter !== 'atScope()')
    throw refusal(400, 'UnsupportedQuery', 'At the root scope only the filter atScope() is supported.');
  const principalId = /^principalId eq '?([0-9a-f-]{36})'?$/i.exec(filter ?? '')?.[1]?.toLowerCase();
  if (filter !== undefined && filter !== 'atScope()' && principalId === undefined)
    throw unsupportedFilter(filter);
  const reach: Reach = { above: true, below: filter !== 'atScope()' };
  const shown = rowsAt(world, kind, scope, reach).map(chunk => () => {
    const rows = chunk().map(row => (question.apiVersion === effectVersion ? row : withoutEffect(row)));
    return principalId === undefined
      ? rows
      : rows.filter(row => row.properties['principalId'] === principalId);
  });
  return armPage(question.request, shown, world.pageSizes.arm);
}

/** Older versions do not know it. */
function withoutEffect(row: ScopedRow): ScopedRow {
  if (!('denyAssignmentEffect' in row.properties)) return row;
  const { denyAssignmentEffect: _, ...properties } = row.properties;
  return { ...row, properties };
}

function listRoleDefinitions(world: World, question: ArmQuestion, scope: string): unknown {
  requireVersion(question, '2022-04-01');
  requireParameters(question, '$filter');
  world.access.require('Microsoft.Authorization/roleDefinitions/read', scope);
  return armPage(
    question.request,
    [() => roleDefinitionsAt(world, scope, question.filter)],
    world.pageSizes.arm,
  );
}

/** https://learn.microsoft.com/rest/api/authorization/role-definitions/get: one role, whether or not lists show it there. */
export function getRoleDefinition(world: World, question: ArmQuestion, scope: string, guid: string): unknown {
  requireVersion(question, '2022-04-01');
  requireParameters(question);
  requireScope(world, scope);
  world.access.require('Microsoft.Authorization/roleDefinitions/read', scope);
  const role = world.tenant.roleDefinitions.find(one => one.guid === guid);
  if (role === undefined)
    throw refusal(
      404,
      'RoleDefinitionDoesNotExist',
      `The specified role definition with ID '${guid}' does not exist.`,
    );
  return roleDefinitionAt(role, scope);
}

/** What the caller may do there: Reader, less what is refused. */
function listPermissions(world: World, question: ArmQuestion, scope: string): unknown {
  requireVersion(question, '2022-04-01');
  requireParameters(question);
  const notActions = world.access.notActionsAt(scope);
  const permission = { actions: ['*/read'], notActions, dataActions: [], notDataActions: [] };
  return { value: notActions.includes('*') ? [] : [permission] };
}

function listOperations(question: ArmQuestion, scope: string): unknown {
  requireVersion(question, '2022-04-01');
  requireParameters(question, '$expand');
  if (scope !== '')
    throw refusal(404, 'InvalidResourceType', 'Operations are listed for the whole tenant only.');
  return { value: providerOperations };
}

function requireScope({ tree }: World, scope: string): void {
  if (tree.has(scope)) return;
  if (scope.toLowerCase().startsWith('/subscriptions/'))
    throw new AzureError(
      404,
      'SubscriptionNotFound',
      `The subscription of '${scope}' could not be found.`,
      {},
    );
  throw refusal(404, 'ResourceNotFound', `There is no scope '${scope}'.`);
}
