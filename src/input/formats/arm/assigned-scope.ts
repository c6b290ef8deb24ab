import type { LocatedObject, LocatedValue } from '../../located-value.js';
import type { DocumentRange } from '../../source-document.js';
import { findMember, piecesOf, textOfPieces, type Piece } from './values.js';

/** A resource of which somebody asks what it extends. */
export interface ExtendingResource {
  /** Microsoft.Authorization/roleAssignments, or the type of what it extends with `/providers/roleAssignments` behind it. */
  readonly type: string;
  readonly properties: LocatedObject;
  readonly at: DocumentRange;
}

/** What a resource has for a name and where it applies: in a template, both may stand in one name. */
export interface Extension {
  readonly name: LocatedValue | undefined;
  readonly scope: LocatedValue;
}

/**
 * Where a role assignment applies: at the resource that it extends, and else where the deployment goes
 * (https://learn.microsoft.com/azure/azure-resource-manager/templates/scope-extension-resources).
 */
export function extensionOf({ type, properties, at }: ExtendingResource, home: readonly Piece[]): Extension {
  const name = findMember(properties, 'name')?.value;
  const extended = /^(.+)\/providers\/[^/]+$/.exec(type)?.[1];
  if (extended !== undefined && name !== undefined) return ofLongName(extended, name, { at, home });
  const scope = findMember(properties, 'scope')?.value;
  return { name, scope: scope === undefined ? textOfPieces(at, rooted(home)) : wholeId(scope, home) };
}

/** The id of a scope may be written from the provider on: it lies where the deployment goes. */
function wholeId(scope: LocatedValue, home: readonly Piece[]): LocatedValue {
  const pieces = piecesOf(scope);
  const [first] = pieces ?? [];
  if (pieces === undefined || typeof first !== 'string' || first.startsWith('/')) return scope;
  return { ...textOfPieces(scope.at, [...home, '/providers/', ...pieces]), via: scope.via };
}

interface Home {
  readonly at: DocumentRange;
  readonly home: readonly Piece[];
}

/** `account/Microsoft.Authorization/GUID` of the type `…/storageAccounts/providers/roleAssignments`. */
function ofLongName(extended: string, name: LocatedValue, { at, home }: Home): Extension {
  const segments = segmentsOf(piecesOf(name) ?? []);
  const [provider = '', ...types] = extended.split('/');
  const id = types.flatMap((type, i): Piece[] => [`/${type}/`, ...(segments[i] ?? [''])]);
  const own = segments[types.length + 1];
  return {
    name: own && { ...textOfPieces(name.at, own), via: name.via },
    scope: textOfPieces(at, [...home, `/providers/${provider}`, ...id]),
  };
}

/** A text split at its slashes, as far as it is known. */
function segmentsOf(pieces: readonly Piece[]): Piece[][] {
  const segments: Piece[][] = [[]];
  for (const piece of pieces) {
    if (typeof piece !== 'string') segments.at(-1)!.push(piece);
    else {
      const [first = '', ...rest] = piece.split('/');
      segments.at(-1)!.push(first);
      for (const each of rest) segments.push([each]);
    }
  }
  return segments;
}

/** The id of the tenant itself is a slash. */
function rooted(home: readonly Piece[]): readonly Piece[] {
  return home.length === 0 ? ['/'] : home;
}
