import type { LocatedValue } from '../../located-value.js';
import type { SourceDocument } from '../../source-document.js';
import type { DeploymentScope } from '../arm/functions/call.js';
import type { Lambda } from '../arm/functions/lambdas.js';
import type { Piece } from '../arm/values.js';
import type { Definition } from '../arm/template-scope.js';

/** What a name in a file stands for. */
export type BicepSymbol =
  | { readonly kind: 'parameter' | 'variable' | 'resource' | 'module'; readonly definition: Definition }
  | { readonly kind: 'function'; readonly call: Lambda }
  /** All that another file exports: `import * as x`. */
  | { readonly kind: 'namespace'; readonly symbols: ReadonlyMap<string, BicepSymbol> };

/** What the expressions of one file may speak of. */
export interface BicepScope {
  readonly document: SourceDocument;
  readonly deployment: DeploymentScope;
  readonly symbols: ReadonlyMap<string, BicepSymbol>;
  /** The id of where it is deployed, where that is not as for all files of its kind. */
  readonly home?: readonly Piece[] | undefined;
}

/** Where in a file an expression is evaluated. */
export interface BicepFrame {
  readonly scope: BicepScope;
  /** Variables of loops, lambdas and functions around. */
  readonly locals: ReadonlyMap<string, LocatedValue>;
}

export function withLocals(frame: BicepFrame, locals: Iterable<readonly [string, LocatedValue]>): BicepFrame {
  return { ...frame, locals: new Map([...frame.locals, ...locals]) };
}
