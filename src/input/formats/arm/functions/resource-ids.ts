import type { LocatedValue, UnknownReason } from '../../../located-value.js';
import { piecesOf, textOfPieces, type Piece } from '../values.js';
import { environmentReason } from './environment.js';
import type { Call, TemplateFunction } from './call.js';

/** Functions that make ids of resources. Names are folded. */
export const resourceIdFunctions: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['resourceid', resourceId],
  ['subscriptionresourceid', subscriptionResourceId],
  ['tenantresourceid', call => idOf(call, call.args, [])],
  ['extensionresourceid', extensionResourceId],
  ['managementgroupresourceid', managementGroupResourceId],
]);

function resourceId(call: Call): LocatedValue | undefined {
  const at = indexOfType(call.args);
  if (at === -1) return unknownType(call);
  const [first, second] = call.args;
  const rest = call.args.slice(at);
  switch (at) {
    case 0:
      return idOf(call, rest, deploymentPieces(call));
    case 1:
      return idOf(call, rest, groupOf([subscriptionOf(call)], first!));
    case 2:
      return idOf(call, rest, groupOf([piecesOf(first!) ?? []], second!));
    default:
      return undefined;
  }
}

function subscriptionResourceId(call: Call): LocatedValue | undefined {
  const at = indexOfType(call.args);
  if (at === -1) return unknownType(call);
  if (at > 1) return undefined;
  const subscription = at === 0 ? subscriptionOf(call) : (piecesOf(call.args[0]!) ?? []);
  return idOf(call, call.args.slice(at), ['/subscriptions/', ...subscription]);
}

function extensionResourceId(call: Call): LocatedValue | undefined {
  const [scope, ...rest] = call.args;
  const pieces = scope && piecesOf(scope);
  if (pieces === undefined) return undefined;
  return idOf(call, rest, pieces.length === 1 && pieces[0] === '/' ? [] : pieces);
}

function managementGroupResourceId(call: Call): LocatedValue | undefined {
  const at = indexOfType(call.args);
  if (at === -1) return unknownType(call);
  if (at > 1) return undefined;
  const group: readonly Piece[] =
    at === 1 ? (piecesOf(call.args[0]!) ?? []) : [environmentReason(call, 'managementGroup()')];
  const prefix = '/providers/Microsoft.Management/managementGroups/';
  return idOf(call, call.args.slice(at), [prefix, ...group]);
}

/** The first argument that names a type; what stands before it says where the resource is. */
function indexOfType(args: readonly LocatedValue[]): number {
  return args.findIndex(arg => arg.kind === 'string' && arg.value.includes('/'));
}

function unknownType(call: Call): LocatedValue | undefined {
  const unknown = call.args.find(arg => arg.kind === 'unknown');
  return unknown && { ...unknown, at: call.at, parts: undefined, identity: undefined };
}

function subscriptionOf(call: Call): readonly Piece[] {
  return [environmentReason(call, 'subscription()')];
}

function groupOf([subscription = []]: readonly (readonly Piece[])[], group: LocatedValue): readonly Piece[] {
  return ['/subscriptions/', ...subscription, '/resourceGroups/', ...(piecesOf(group) ?? [])];
}

/** The id of where the template itself is deployed. */
export function deploymentPieces(call: Pick<Call, 'evaluation' | 'at' | 'scope'>): readonly Piece[] {
  switch (call.scope) {
    case 'resource-group':
      return [
        '/subscriptions/',
        environmentReason(call, 'subscription()'),
        '/resourceGroups/',
        environmentReason(call, 'resourceGroup()'),
      ];
    case 'subscription':
      return ['/subscriptions/', environmentReason(call, 'subscription()')];
    case 'management-group':
      return [
        '/providers/Microsoft.Management/managementGroups/',
        environmentReason(call, 'managementGroup()'),
      ];
    case 'tenant':
      return [];
  }
}

/** `…/providers/Microsoft.A/b/NAME/c/NAME`: each segment of the type behind the provider has its name. */
function idOf(
  { at }: Call,
  [type, ...names]: readonly LocatedValue[],
  prefix: readonly Piece[],
): LocatedValue | undefined {
  if (type?.kind === 'unknown') return { ...type, at, parts: undefined, identity: undefined };
  if (type?.kind !== 'string') return undefined;
  const [provider = '', ...segments] = type.value.split('/');
  if (segments.length !== names.length) return undefined;
  const pieces: (Piece | undefined)[] = [...prefix, `/providers/${provider}`];
  segments.forEach((segment, i) => {
    const name: readonly (string | UnknownReason)[] | undefined = piecesOf(names[i]!);
    pieces.push(`/${segment}/`, ...(name ?? [undefined]));
  });
  return pieces.every(piece => piece !== undefined) ? textOfPieces(at, pieces) : undefined;
}
