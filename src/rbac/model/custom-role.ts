import type { Plane } from './role-definition.js';
import { covers, isPlace, keysAround, parseScope, type Scope } from './scope.js';

/** A role definition as `az role definition create` takes it. */
export interface CustomRole {
  readonly Name: string;
  readonly IsCustom: true;
  readonly Description: string;
  readonly Actions: readonly string[];
  readonly NotActions: readonly string[];
  readonly DataActions: readonly string[];
  readonly NotDataActions: readonly string[];
  readonly AssignableScopes: readonly string[];
}

/** A role with these operations and nothing else, to be assigned at these scopes. */
export function customRole(
  named: { readonly name: string; readonly description: string },
  { control = [], data = [] }: Readonly<Partial<Record<Plane, readonly string[]>>>,
  scopes: readonly Scope[],
): CustomRole {
  return {
    Name: named.name,
    IsCustom: true,
    Description: named.description,
    Actions: control,
    NotActions: [],
    DataActions: data,
    NotDataActions: [],
    AssignableScopes: assignableAroundAll(scopes),
  };
}

/** Each once, and none that another covers. */
function assignableAroundAll(scopes: readonly Scope[]): string[] {
  const around = scopes.map(scope => parseScope(assignableAround(scope) ?? '/subscriptions/SUBSCRIPTION_ID'));
  const found = around.filter(
    (scope, i) =>
      !around.some(
        (other, at) =>
          at !== i && (other.key === scope.key ? at < i : isPlace(other) && covers(other, scope)),
      ),
  );
  return found.length === 0 ? ['/subscriptions/SUBSCRIPTION_ID'] : found.map(({ text }) => text);
}

/** Custom roles are made available per resource group or wider, never for a single resource, nor at the root. */
function assignableAround(scope: Scope): string | undefined {
  if (!isPlace(scope)) return undefined;
  if (assignable.has(scope.kind)) return scope.text;
  const holder = keysAround(scope).findLast(key => assignable.has(parseScope(key).kind));
  return holder && scope.text.slice(0, holder.length);
}

const assignable: ReadonlySet<Scope['kind']> = new Set([
  'subscription',
  'resource-group',
  'management-group',
]);
