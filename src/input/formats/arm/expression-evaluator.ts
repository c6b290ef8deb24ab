import { through, type LocatedValue } from '../../located-value.js';
import type { DocumentRange, OriginStep } from '../../source-document.js';
import type { Evaluation } from './evaluation.js';
import type { Expression, FunctionCall, IndexAccess, MemberAccess } from './expression.js';
import type { ExpressionPlace } from './expression-place.js';
import { callFunction, outOfBudget } from './functions/index.js';
import type { Lambda } from './functions/lambdas.js';
import { accessed } from './functions/structure.js';
import type { Definition, Frame } from './template-scope.js';
import { areEqual, booleanAt, emptyDefaultOf, nullAt, numberAt, textAt, unknownAt } from './values.js';

/** Evaluates the expressions of a template, with unknowns. */
export class ExpressionEvaluator {
  private depth = 0;

  constructor(private readonly evaluation: Evaluation) {}

  /** The value of an expression. */
  evaluate(expression: Expression, frame: Frame, place: ExpressionPlace): LocatedValue {
    const at = place.at(expression);
    if (!this.evaluation.spend(1)) return outOfBudget({ evaluation: this.evaluation, at });
    return this.nested(at, () => {
      switch (expression.kind) {
        case 'text':
          return textAt(at, expression.value);
        case 'number':
          return numberAt(at, expression.value);
        case 'call':
          return this.call(expression, frame, place);
        case 'member':
          return this.member(expression, frame, place);
        case 'index':
          return this.index(expression, frame, place);
      }
    });
  }

  /** What lies deeper than any template of people's is not evaluated, so that the stack is never used up. */
  nested(at: DocumentRange, evaluate: () => LocatedValue): LocatedValue {
    if (this.depth >= deepest) return outOfBudget({ evaluation: this.evaluation, at });
    this.depth++;
    try {
      return evaluate();
    } finally {
      this.depth--;
    }
  }

  private member({ of, name, ...range }: MemberAccess, frame: Frame, place: ExpressionPlace): LocatedValue {
    const at = place.at(range);
    return this.access(this.evaluate(of, frame, place), textAt(at, name), at);
  }

  private index({ of, index, ...range }: IndexAccess, frame: Frame, place: ExpressionPlace): LocatedValue {
    const at = place.at(range);
    return this.access(this.evaluate(of, frame, place), this.evaluate(index, frame, place), at);
  }

  private access(of: LocatedValue, index: LocatedValue, at: DocumentRange): LocatedValue {
    const found = accessed(of, index);
    if (found !== undefined && found !== 'missing') return 'via' in found ? found : unknownAt(at, found);
    const given = emptyDefaultOf(of);
    if (given !== undefined) return unknownAt(at, given);
    const name =
      index.kind === 'string' || index.kind === 'number' ? JSON.stringify(index.value) : 'what is asked';
    return this.fail(at, 'An expression', `asks for ${name}, which is not there`);
  }

  private call(call: FunctionCall, frame: Frame, place: ExpressionPlace): LocatedValue {
    const name = call.name.toLowerCase();
    switch (name) {
      case 'if':
        return this.choose(call, frame, place);
      case 'and':
      case 'or':
        return this.connect(call, frame, place);
      case 'coalesce':
        return this.coalesce(call, frame, place);
      case 'copyindex':
        return this.copyIndex(call, frame, place);
      case 'parameters':
        return this.lookUp(call, { frame, place, kind: 'parameter', among: frame.scope.parameters });
      case 'variables':
        return this.lookUp(call, { frame, place, kind: 'variable', among: frame.scope.variables });
      case 'lambdavariables':
        return this.lambdaVariable(call, frame, place);
      default:
        return this.callOther(call, frame, place);
    }
  }

  private callOther(call: FunctionCall, frame: Frame, place: ExpressionPlace): LocatedValue {
    const at = place.at(call);
    const isLambda = (arg: Expression): arg is FunctionCall =>
      arg.kind === 'call' && arg.name.toLowerCase() === 'lambda';
    const args = call.args.filter(arg => !isLambda(arg)).map(arg => this.evaluate(arg, frame, place));
    const lambdas = call.args.filter(isLambda).map(arg => this.lambda(arg, frame, place));
    const own = frame.scope.functions.get(call.name.toLowerCase());
    if (own !== undefined) return through(own(...args), { kind: 'function', name: `${call.name}()`, at });
    const { evaluation } = this;
    return callFunction({ name: call.name, args, lambdas, at, evaluation, scope: frame.scope.deployment });
  }

  /** Only what is chosen is evaluated, as in Azure. */
  private choose({ args, ...call }: FunctionCall, frame: Frame, place: ExpressionPlace): LocatedValue {
    const [condition, yes, no] = args;
    const at = place.at(call);
    if (condition === undefined || yes === undefined || no === undefined) return this.refuse(at, 'if()');
    const truth = this.evaluate(condition, frame, place);
    if (truth.kind === 'boolean') return this.evaluate(truth.value ? yes : no, frame, place);
    if (truth.kind !== 'unknown') return this.refuse(at, 'if()');
    const either = this.evaluate(yes, frame, place);
    return areEqual(either, this.evaluate(no, frame, place)) === true ? either : unknownAt(at, truth.reason);
  }

  /** `and` ends with the first that is false, `or` with the first that is true. */
  private connect({ args, ...call }: FunctionCall, frame: Frame, place: ExpressionPlace): LocatedValue {
    const end = call.name.toLowerCase() === 'or';
    const at = place.at(call);
    let unknown: LocatedValue | undefined;
    for (const arg of args) {
      const truth = this.evaluate(arg, frame, place);
      if (truth.kind === 'unknown') unknown ??= unknownAt(at, truth.reason);
      else if (truth.kind !== 'boolean') return this.refuse(at, `${call.name}()`);
      else if (truth.value === end) return booleanAt(at, end);
    }
    return unknown ?? booleanAt(at, !end);
  }

  private coalesce({ args, ...call }: FunctionCall, frame: Frame, place: ExpressionPlace): LocatedValue {
    const passedOver: OriginStep[] = [];
    for (const arg of args) {
      const value = this.evaluate(arg, frame, place);
      if (value.kind !== 'null') return passedOver.reduce(through, value);
      passedOver.push(...value.via);
    }
    return passedOver.reduce(through, nullAt(place.at(call)));
  }

  /** `copyIndex()`, `copyIndex(offset)`, `copyIndex('loop')`, `copyIndex('loop', offset)` */
  private copyIndex({ args, ...call }: FunctionCall, frame: Frame, place: ExpressionPlace): LocatedValue {
    const at = place.at(call);
    const given = args.map(arg => this.evaluate(arg, frame, place));
    const [first] = given;
    const offset = first?.kind === 'string' ? given[1] : first;
    const loop = first?.kind === 'string' ? first.value.toLowerCase() : [...frame.rounds.keys()].at(-1);
    const round = loop === undefined ? undefined : frame.rounds.get(loop);
    if (round?.kind === 'unknown') return unknownAt(at, round.reason);
    if (round?.kind !== 'number') return this.fail(at, `${call.name}()`, 'stands in no such loop');
    if (offset !== undefined && offset.kind !== 'number') return this.refuse(at, `${call.name}()`);
    return numberAt(at, round.value + (offset?.value ?? 0));
  }

  private lookUp({ args, ...call }: FunctionCall, { frame, place, kind, among }: LookUp): LocatedValue {
    const at = place.at(call);
    const name = args[0] && this.evaluate(args[0], frame, place);
    if (name?.kind === 'unknown') return unknownAt(at, name.reason);
    if (name?.kind !== 'string') return this.refuse(at, `${call.name}()`);
    const shown = `${call.name}('${name.value}')`;
    const definition = among.get(name.value.toLowerCase());
    if (definition === undefined) return this.fail(at, shown, 'is not defined');
    const value = this.nested(at, () => definition.value() ?? this.fail(at, shown, 'depends on itself'));
    return through(value, { kind, name: shown, at });
  }

  private lambdaVariable(
    { args, ...call }: FunctionCall,
    frame: Frame,
    place: ExpressionPlace,
  ): LocatedValue {
    const at = place.at(call);
    const name = args[0]?.kind === 'text' ? args[0].value : '';
    return (
      frame.lambdaVariables.get(name.toLowerCase()) ??
      this.fail(at, `lambdaVariables('${name}')`, 'is not defined')
    );
  }

  private lambda({ args }: FunctionCall, frame: Frame, place: ExpressionPlace): Lambda {
    const names = args.slice(0, -1).map(arg => (arg.kind === 'text' ? arg.value.toLowerCase() : ''));
    const body = args.at(-1);
    return (...values) => {
      const lambdaVariables = new Map(frame.lambdaVariables);
      names.forEach((name, i) => {
        const value = values[i];
        if (value !== undefined) lambdaVariables.set(name, value);
      });
      if (body === undefined) return this.refuse(place.whole, 'lambda()');
      return this.evaluate(body, { ...frame, lambdaVariables }, place);
    };
  }

  private refuse(at: DocumentRange, name: string): LocatedValue {
    return this.fail(at, name, 'does not take what it is given');
  }

  private fail(at: DocumentRange, name: string, detail: string): LocatedValue {
    return unknownAt(at, this.evaluation.reason('error', name, at, detail));
  }
}

/** Levels of expressions, values and definitions that lie in each other. */
const deepest = 500;

interface LookUp {
  readonly frame: Frame;
  readonly place: ExpressionPlace;
  readonly kind: OriginStep['kind'];
  readonly among: ReadonlyMap<string, Definition>;
}
