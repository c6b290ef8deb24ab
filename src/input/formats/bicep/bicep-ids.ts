import type { LocatedValue } from '../../located-value.js';
import type { DocumentRange } from '../../source-document.js';
import type { Evaluation } from '../arm/evaluation.js';
import type { DeploymentScope } from '../arm/functions/call.js';
import { callFunction } from '../arm/functions/index.js';
import { findMember, objectAt, piecesOf, textAt, textOfPieces, unknownAt } from '../arm/values.js';

/** A resource as its file declares it, as far as ids depend on it. */
export interface DeclaredResource {
  readonly symbol: string;
  /** Whether the file only reads it. */
  readonly isExisting: boolean;
  /** With its version. */
  readonly type: string;
  readonly name: LocatedValue;
  /** The id of the resource that it is a child of. */
  readonly parentId: LocatedValue | undefined;
  /** What it extends: a resource, or its id. */
  readonly extended: LocatedValue | undefined;
  readonly at: DocumentRange;
  readonly evaluation: Evaluation;
  readonly deployment: DeploymentScope;
}

/** What code may ask of a resource before anything is deployed; all else is known after that. */
export function valueOfResource(resource: DeclaredResource): LocatedValue {
  const { symbol, isExisting, type, name, at, evaluation } = resource;
  const [of = '', version = ''] = type.split('@');
  const members: [string, LocatedValue][] = [
    ['id', idOf(resource, of)],
    ['name', name],
    ['type', textAt(at, of)],
    ['apiVersion', textAt(at, version)],
  ];
  const more = evaluation.named(symbol, at, isExisting ? undefined : symbol);
  return objectAt(
    at,
    members.map(([key, value]) => ({ key, keyAt: at, value })),
    more,
  );
}

function idOf(
  { name, parentId, extended, at, evaluation, deployment }: DeclaredResource,
  type: string,
): LocatedValue {
  if (parentId !== undefined) return childId(parentId, type, name, at);
  const names = name.kind === 'string' ? name.value.split('/').map(each => textAt(at, each)) : [name];
  const scope = extended && scopeIdOf(extended);
  const args = [...(scope === undefined ? [] : [scope]), textAt(at, type), ...names];
  const call = scope === undefined ? 'resourceId' : 'extensionResourceId';
  return callFunction({ name: call, args, lambdas: [], at, evaluation, scope: deployment });
}

function childId(parent: LocatedValue, type: string, name: LocatedValue, at: DocumentRange): LocatedValue {
  const [before, own] = [piecesOf(parent), piecesOf(name)];
  const segment = type.slice(type.lastIndexOf('/') + 1);
  if (before === undefined || own === undefined) return parent;
  return textOfPieces(at, [...before, `/${segment}/`, ...own]);
}

/** A scope is a resource or what a function such as `resourceGroup()` gives. */
export function scopeIdOf(scope: LocatedValue): LocatedValue {
  if (scope.kind !== 'object') return scope;
  const id = findMember(scope, 'id')?.value;
  return id ?? (scope.more === undefined ? scope : unknownAt(scope.at, scope.more));
}
