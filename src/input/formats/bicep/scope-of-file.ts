import type { LocatedValue } from '../../located-value.js';
import type { SourceDocument } from '../../source-document.js';
import type { DeploymentScope } from '../arm/functions/call.js';
import { withDefault, type ParameterValues } from '../arm/template.js';
import { Definition } from '../arm/template-scope.js';
import { listAt, nullAt, objectAt, unknownAt, type Piece } from '../arm/values.js';
import { type BicepEvaluator, placeIn } from './bicep-evaluator.js';
import { scopeIdOf, valueOfResource } from './bicep-ids.js';
import type { BicepFrame, BicepScope, BicepSymbol } from './bicep-scope.js';
import type {
  BicepDeclaration,
  BicepExpression,
  BicepImport,
  BicepParameter,
  BicepResource,
} from './bicep-syntax.js';

/** How a file is used as a module. */
export interface ModuleCall {
  readonly given?: ParameterValues;
  readonly home?: readonly Piece[] | undefined;
}

/** What the expressions of a file may speak of. */
export function scopeOfFile(
  document: SourceDocument,
  declarations: readonly BicepDeclaration[],
  evaluator: BicepEvaluator,
  { given = new Map(), home }: ModuleCall = {},
): BicepScope {
  const symbols = new Map<string, BicepSymbol>();
  const scope: BicepScope = { document, deployment: deploymentOf(declarations), symbols, home };
  const builder = new SymbolBuilder(evaluator, { scope, locals: new Map() }, given);
  for (const declaration of declarations) {
    for (const [name, symbol] of builder.symbolsOf(declaration)) symbols.set(name, symbol);
  }
  return scope;
}

/** The type of a resource without its version. */
export function typeOf({ of }: BicepResource): string {
  return of?.expressions.length === 0 ? (of.texts[0] ?? '').split('@')[0]! : '';
}

/** Resource groups, unless `targetScope` says otherwise. */
function deploymentOf(declarations: readonly BicepDeclaration[]): DeploymentScope {
  const declared = declarations.find(({ kind }) => kind === 'scope');
  const value = declared?.kind === 'scope' && declared.value.kind === 'text' ? declared.value.texts[0] : '';
  switch (value) {
    case 'subscription':
    case 'tenant':
      return value;
    case 'managementGroup':
      return 'management-group';
    default:
      return 'resource-group';
  }
}

class SymbolBuilder {
  constructor(
    private readonly evaluator: BicepEvaluator,
    private readonly frame: BicepFrame,
    private readonly given: ParameterValues,
  ) {}

  *symbolsOf(declaration: BicepDeclaration): Generator<readonly [string, BicepSymbol]> {
    const { evaluator, frame } = this;
    switch (declaration.kind) {
      case 'parameter':
        yield [declaration.name, { kind: 'parameter', definition: this.parameter(declaration) }];
        return;
      case 'variable': {
        const definition = new Definition(() => evaluator.evaluate(declaration.value, frame));
        yield [declaration.name, { kind: 'variable', definition }];
        return;
      }
      case 'function': {
        const call = evaluator.functionOf(declaration.parameters, declaration.body, frame);
        yield [declaration.name, { kind: 'function', call }];
        return;
      }
      case 'resource':
      case 'module':
        yield* this.resources(declaration, undefined);
        return;
      case 'import':
        yield* this.imported(declaration);
    }
  }

  private parameter({ name, nameAt, isNullable, value }: BicepParameter): Definition {
    const { evaluator, frame } = this;
    const given = this.given.get(name);
    return new Definition(() => {
      const at = placeIn(frame, nameAt);
      const step = { kind: 'default', name: `param ${name}`, at } as const;
      const known = given?.();
      // A null that is given lets the default stand.
      if (known !== undefined && known.kind !== 'null') return withDefault(known, step);
      if (value !== undefined) return withDefault(evaluator.evaluate(value, frame), step);
      if (isNullable) return withDefault(nullAt(at), step);
      return evaluator.evaluation.input(`param ${name}`, at);
    });
  }

  /** With those inside of it, by their own names: which of two a name means is left to Azure. */
  private *resources(
    declared: BicepResource,
    parent: (() => LocatedValue) | undefined,
  ): Generator<readonly [string, BicepSymbol]> {
    const definition = new Definition(() =>
      this.declared({ resource: declared, symbol: declared.name, parent }, declared.value, this.frame),
    );
    yield [declared.name, { kind: declared.kind, definition }];
    const body = bodyOf(declared.value);
    const own = (): LocatedValue => definition.value() ?? nullAt(placeIn(this.frame, declared));
    if (body?.kind === 'object') for (const inner of body.resources) yield* this.resources(inner, own);
  }

  private declared(declared: DeclaredSymbol, value: BicepExpression, frame: BicepFrame): LocatedValue {
    const { evaluator } = this;
    if (value.kind === 'conditional') return this.declared(declared, value.body, frame);
    if (value.kind === 'loop') {
      const { frames, open } = evaluator.rounds(value, frame);
      const items = frames.map((each, i) => {
        const symbol = open === undefined ? `${declared.symbol}[${i}]` : declared.symbol;
        return this.declared({ ...declared, symbol }, value.body, each);
      });
      return listAt(placeIn(frame, value), items, open);
    }
    return this.declaredOnce(declared, value, frame);
  }

  private declaredOnce(
    { resource: declared, symbol, parent }: DeclaredSymbol,
    value: BicepExpression,
    frame: BicepFrame,
  ): LocatedValue {
    const { evaluator } = this;
    const at = placeIn(frame, declared.nameAt);
    if (value.kind !== 'object')
      return unknownAt(at, evaluator.evaluation.reason('error', declared.name, at));
    const member = (name: string): LocatedValue | undefined => {
      const found = value.members.find(each => each.name?.texts[0] === name && each.name.texts.length === 1);
      return found && evaluator.evaluate(found.value, frame);
    };
    const { evaluation } = evaluator;
    const more = evaluation.named(symbol, at, symbol);
    const name = member('name') ?? unknownAt(at, more);
    if (declared.kind === 'module') return objectAt(at, [{ key: 'name', keyAt: at, value: name }], more);
    const around = parent?.() ?? member('parent');
    return valueOfResource({
      symbol,
      isExisting: declared.isExisting,
      type: `${typeOf(declared)}@${(declared.of?.texts[0] ?? '').split('@')[1] ?? ''}`,
      name,
      parentId: around && scopeIdOf(around),
      extended: member('scope'),
      at,
      evaluation,
      deployment: frame.scope.deployment,
    });
  }

  /** What another file exports is not read. */
  private *imported({ names, from, ...range }: BicepImport): Generator<readonly [string, BicepSymbol]> {
    const at = placeIn(this.frame, range);
    const { evaluation } = this.evaluator;
    for (const { as } of names) {
      const reason = evaluation.reason('not-read', from?.texts[0] ?? 'An import', at);
      yield [as, { kind: 'variable', definition: new Definition(() => unknownAt(at, reason)) }];
    }
  }
}

/** A resource by the name that code has for it, a round of a loop included. */
interface DeclaredSymbol {
  readonly resource: BicepResource;
  readonly symbol: string;
  readonly parent: (() => LocatedValue) | undefined;
}

function bodyOf(value: BicepExpression): BicepExpression | undefined {
  return value.kind === 'loop' || value.kind === 'conditional' ? bodyOf(value.body) : value;
}
