import { through, type LocatedValue } from '../../located-value.js';
import type { DocumentRange, OriginStep } from '../../source-document.js';
import type { Evaluation } from './evaluation.js';
import type { Expression, FunctionCall, IndexAccess, MemberAccess } from './expression.js';
import type { ExpressionPlace } from './expression-place.js';
import { callFunction, outOfBudget } from './functions/index.js';
import { choose, coalesce, connect } from './functions/lazy.js';
import type { Lambda } from './functions/lambdas.js';
import { accessed, unknownPart } from './functions/structure.js';
import type { Definition, Frame } from './template-scope.js';
import { emptyDefaultOf, numberAt, textAt, unknownAt } from './values.js';

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
    if (found !== undefined && found !== 'missing')
      return 'via' in found ? found : unknownPart(at, of, { reason: found, index });
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
      case 'and':
      case 'or':
      case 'coalesce':
        return this.lazy(name, call, frame, place);
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

  private lazy(
    name: 'if' | 'and' | 'or' | 'coalesce',
    call: FunctionCall,
    frame: Frame,
    place: ExpressionPlace,
  ): LocatedValue {
    const { evaluation } = this;
    const form = { name: call.name, at: place.at(call), evaluation, scope: frame.scope.deployment };
    const args = call.args.map(arg => () => this.evaluate(arg, frame, place));
    if (name === 'coalesce') return coalesce(form, args);
    if (name !== 'if') return connect(form, name === 'or', args);
    const [condition, yes, no] = args;
    if (condition === undefined || yes === undefined || no === undefined) return this.refuse(form.at, 'if()');
    return choose(form, condition(), yes, no);
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
