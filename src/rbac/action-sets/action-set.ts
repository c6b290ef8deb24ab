import type { Plane } from '../model/role-definition.js';

/** The kinds of resource at which a need stands: what the last type in a scope must be. */
export const resourceKinds = [
  'any',
  'assignable-scope',
  'subscription',
  'resource-group',
  'node-resource-group',
  'workspace',
  'online-endpoint',
  'batch-endpoint',
  'machine-learning-registry',
  'container-registry',
  'storage-account',
  'key-vault',
  'application-insights',
  'user-assigned-identity',
  'aks-cluster',
] as const;

export type ResourceKind = (typeof resourceKinds)[number];

/** Who usually holds it. */
export type PrincipalKind = 'any' | 'service-principal' | 'managed-identity';

/** Operations per plane, as in the catalog. `tolerated` and `forbidden` may hold patterns; `required` may not. */
export type OperationsByPlane = Readonly<Partial<Record<Plane, readonly string[]>>>;

interface Documented {
  readonly id: string;
  readonly title: string;
  /** Where it is documented. */
  readonly documentation: string;
  /** `documented`: the page lists it. `derived`: worked out from the page, the SDK or the operations; try it first. */
  readonly basis: 'documented' | 'derived';
  readonly principal: PrincipalKind;
  readonly notes: readonly string[];
}

/**
 * What an identity must do at one scope: `role-catalog/action-sets/<id>.json`. `no-permission` are those for which
 * nothing is needed, so that anything held there is surplus.
 */
export interface ActionSet extends Documented {
  readonly kind: 'action-set' | 'no-permission';
  readonly scope: ResourceKind;
  readonly required: OperationsByPlane;
  /** Harmless beside it: granted without being needed, and no excess. */
  readonly tolerated: OperationsByPlane;
  /** Never to be granted with it. */
  readonly forbidden: OperationsByPlane;
  /** Built-in roles that cover it, each by itself and with a rest that is acceptable; best first. Who holds one passes. */
  readonly recommended: readonly string[];
  /** Built-in roles that cover it together, best first; as acceptable. */
  readonly recommendedTogether: readonly (readonly string[])[];
  /** Built-in roles that cover it and grant much more. */
  readonly coveredBy: readonly string[];
}

/** Several action sets, each at a scope of its own. */
export interface CompositeActionSet extends Documented {
  readonly kind: 'composite';
  readonly parts: readonly CompositePart[];
  /** Never to be granted to whoever has these parts, at whatever scope; what the parts require is left out. */
  readonly forbidden: OperationsByPlane;
}

export interface CompositePart {
  readonly set: string;
  /** The name under which the scope is given, such as `container-registry`. */
  readonly at: string;
  /** Azure grants it by itself. */
  readonly automatic?: true;
  readonly optional?: true;
  /** When an optional part is needed. */
  readonly when?: string;
}

/** The built-in roles whose rest is accepted where they are held for the set. */
export function acceptableRoles({ recommended, recommendedTogether }: ActionSet): string[] {
  return [...new Set([...recommended, ...recommendedTogether.flat()])];
}

export type AnyActionSet = ActionSet | CompositeActionSet;
