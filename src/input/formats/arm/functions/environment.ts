import type { LocatedValue, UnknownReason } from '../../../located-value.js';
import { objectAt, piecesOf, textOfPieces, unknownAt, type Piece } from '../values.js';
import type { Call, TemplateFunction } from './call.js';

/** Functions that say where a template is deployed: values that have a known form and unknown parts. Names are folded. */
export const environmentFunctions: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['subscription', subscription],
  ['resourcegroup', resourceGroup],
  ['managementgroup', managementGroup],
  ['tenant', call => objectOfUnknowns(call, 'tenant()')],
  ['deployment', call => objectOfUnknowns(call, 'deployment()')],
  ['environment', call => objectOfUnknowns(call, 'environment()')],
  ['deployer', call => objectOfUnknowns(call, 'deployer()')],
]);

/** What only the deployment says, by the function that asks for it. */
export function environmentReason(
  { evaluation, at }: Pick<Call, 'evaluation' | 'at'>,
  name: string,
): UnknownReason {
  return evaluation.named(name, at);
}

function subscription(call: Call): LocatedValue {
  const reason = environmentReason(call, 'subscription()');
  return objectOfUnknowns(call, 'subscription()', [
    ['id', ['/subscriptions/', reason]],
    ['subscriptionId', [reason]],
  ]);
}

/** A name that is given is that of another group: what is asked of it needs Azure. */
function resourceGroup(call: Call): LocatedValue {
  const [own, of] = [environmentReason(call, 'resourceGroup()'), environmentReason(call, 'subscription()')];
  return objectOfUnknowns(call, 'resourceGroup()', [
    ['id', ['/subscriptions/', of, '/resourceGroups/', own]],
    ['name', [own]],
    ['type', ['Microsoft.Resources/resourceGroups']],
  ]);
}

function managementGroup(call: Call): LocatedValue {
  const reason = environmentReason(call, 'managementGroup()');
  return objectOfUnknowns(call, 'managementGroup()', [
    ['id', ['/providers/Microsoft.Management/managementGroups/', reason]],
    ['name', [reason]],
  ]);
}

function objectOfUnknowns(
  call: Call,
  name: string,
  known: readonly (readonly [string, readonly Piece[]])[] = [],
): LocatedValue {
  if (call.args.length > 0) return elsewhere(call);
  const members = known.map(([key, pieces]) => ({
    key,
    keyAt: call.at,
    value: textOfPieces(call.at, pieces),
  }));
  return objectAt(call.at, members, environmentReason(call, name));
}

/** In Bicep, `resourceGroup('name')` and the like are places that a deployment may go to. */
function elsewhere(call: Call): LocatedValue {
  const more = call.evaluation.reason('deployment', `${call.name}()`, call.at);
  const given = call.args.map(piecesOf);
  const [first, second] = given;
  const subscriptionOf = (pieces: readonly Piece[]): readonly Piece[] => ['/subscriptions/', ...pieces];
  const id = ((): readonly Piece[] | undefined => {
    if (first === undefined || given.includes(undefined)) return undefined;
    switch (call.name.toLowerCase().replace(/^az\./, '')) {
      case 'subscription':
        return subscriptionOf(first);
      case 'managementgroup':
        return ['/providers/Microsoft.Management/managementGroups/', ...first];
      case 'resourcegroup': {
        const own = environmentReason(call, 'subscription()');
        const [subscription, group] = second === undefined ? [[own], first] : [first, second];
        return [...subscriptionOf(subscription), '/resourceGroups/', ...group];
      }
      default:
        return undefined;
    }
  })();
  if (id === undefined) return unknownAt(call.at, more);
  return objectAt(call.at, [{ key: 'id', keyAt: call.at, value: textOfPieces(call.at, id) }], more);
}
