import { AccessQuestion } from '../../tenant/access/access-question.js';
import { askedOperation } from '../../tenant/access/asked-operation.js';
import { attributeNamed } from '../../tenant/access/attribute-name.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import { suggestOperations } from '../../lint/checks/suggest-operations.js';
import { type Notice, UserError } from '../../errors.js';
import type { Plane } from '../../rbac/model/role-definition.js';
import { parseScope, type Scope } from '../../rbac/model/scope.js';

/** What a command line asks of access, as its options have it. */
export interface AccessOptions {
  readonly action: string;
  readonly scope: string;
  readonly plane: Plane | undefined;
  readonly attribute: readonly string[];
}

/** What was asked, made sense of, and what is to be said of how. */
export interface AccessQuery {
  readonly question: AccessQuestion;
  readonly notices: readonly Notice[];
}

/** Makes sense of an operation, a scope and attributes. @throws UserError where one of them makes none. */
export function accessQuery({ action, scope, plane, attribute }: AccessOptions, tenant: Tenant): AccessQuery {
  const place = scopeArgument(scope);
  const operation = operationOf(action, plane, tenant);
  const attributes = new Map(attribute.map(parseAttribute));
  return {
    question: new AccessQuestion(tenant, {
      operation: operation.name,
      plane: operation.plane,
      scope: place,
      attributes,
    }),
    notices: operation.notices,
  };
}

/** A scope that somebody wrote. @throws UserError where it is none that Azure has. */
export function scopeArgument(text: string): Scope {
  const scope = parseScope(text.trim());
  if (scope.kind !== 'malformed' && scope.kind !== 'placeholder' && scope.kind !== 'wildcard') return scope;
  throw new UserError(`"${text}" is not a valid scope ID.`, {
    hint: 'Scopes look like /subscriptions/GUID/resourceGroups/NAME, or /providers/Microsoft.Management/managementGroups/NAME.',
  });
}

interface JudgedOperation {
  readonly name: string;
  readonly plane: Plane;
  readonly notices: readonly Notice[];
}

/** The plane is that of the catalog; where that leaves a choice, what was asked for, else the control plane. */
function operationOf(
  action: string,
  asked: Plane | undefined,
  { catalog }: Pick<Tenant, 'catalog'>,
): JudgedOperation {
  const operation = askedOperation(action, asked, catalog);
  if (operation.kind === 'no-operation') {
    throw new UserError(`"${action}" is not a single operation.`, {
      hint: `List what a pattern covers with: azrbac expand '${action.trim() || '*'}'`,
    });
  }
  const { kind, name } = operation;
  const plane = asked ?? 'control';
  if (kind === 'unlisted') return { name, plane, notices: [unlistedOperation(name, plane, catalog)] };
  if (kind === 'settled') return { name, plane: operation.plane, notices: [] };
  if (kind === 'on-other-plane') {
    const message = `"${name}" is an operation of the ${operation.plane} plane alone, and is judged there.`;
    return { name, plane: operation.plane, notices: [{ code: 'operation-on-other-plane', message }] };
  }
  const message =
    operation.planes === 'both'
      ? `"${name}" is on both planes; it is judged on the control plane (--plane data asks for the other).`
      : `The catalog of ${catalog.date} does not know the plane of "${name}"; it is judged on the control plane.`;
  return { name, plane, notices: [{ code: 'operation-plane-assumed', message }] };
}

/** What only looks like an operation that there is must not be granted by a wildcard. @throws UserError where it does. */
function unlistedOperation(text: string, plane: Plane, catalog: Tenant['catalog']): Notice {
  const [nearest] = suggestOperations(text, plane, catalog);
  if (nearest !== undefined) {
    throw new UserError(`"${text}" is not in the catalog of ${catalog.date}.`, {
      hint: `Did you mean "${nearest}"?`,
    });
  }
  const message = `"${text}" is not in the catalog of ${catalog.date}; it is judged on the ${plane} plane.`;
  return { code: 'operation-unknown', message };
}

/** `@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]=GUID[,GUID…]` */
function parseAttribute(text: string): [string, readonly string[]] {
  const end = text.indexOf(']=') + 1;
  const key = attributeNamed(text.slice(0, end));
  if (key === undefined) {
    throw new UserError(`"--attribute" needs @SOURCE[NAME]=VALUE, not "${text}".`, {
      hint: "For example: --attribute '@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]=GUID'",
    });
  }
  const values = text.slice(end + 1);
  return [key, values === '' ? [] : values.split(',').map(value => value.trim())];
}
