import {
  locatedItems,
  locatedMembers,
  through,
  type LocatedMember,
  type LocatedValue,
  type UnknownReason,
} from '../../located-value.js';
import type { DocumentRange } from '../../source-document.js';
import type { TextRange } from '../../text-range.js';
import type { Evaluation } from '../arm/evaluation.js';
import { callFunction, outOfBudget } from '../arm/functions/index.js';
import type { Lambda } from '../arm/functions/lambdas.js';
import { choose, coalesce, connect } from '../arm/functions/lazy.js';
import { accessed, unknownPart } from '../arm/functions/structure.js';
import {
  booleanAt,
  emptyDefaultOf,
  listAt,
  listOf,
  nullAt,
  numberAt,
  objectAt,
  piecesOf,
  textAt,
  textOfPieces,
  unknownAt,
  type Piece,
} from '../arm/values.js';
import { withLocals, type BicepFrame, type BicepSymbol } from './bicep-scope.js';
import type {
  BicepBinary,
  BicepCall,
  BicepExpression,
  BicepIndex,
  BicepLambda,
  BicepList,
  BicepLoop,
  BicepMember,
  BicepObject,
  BicepText,
  BicepUnary,
  BicepVariable,
} from './bicep-syntax.js';

/** A function that needs more than its arguments, such as other files; undefined for all others. */
export type SpecialFunction = (
  name: string,
  args: readonly LocatedValue[],
  at: DocumentRange,
) => LocatedValue | undefined;

/** Evaluates the expressions of Bicep, with unknowns. */
export class BicepEvaluator {
  private depth = 0;

  constructor(
    readonly evaluation: Evaluation,
    private readonly special: SpecialFunction = () => undefined,
  ) {}

  evaluate(expression: BicepExpression, frame: BicepFrame): LocatedValue {
    const at = placeIn(frame, expression);
    if (!this.evaluation.spend(1) || this.depth >= deepest)
      return outOfBudget({ evaluation: this.evaluation, at });
    this.depth++;
    try {
      return this.valueOf(expression, frame, at);
    } finally {
      this.depth--;
    }
  }

  /** The value of a name. */
  symbol(symbol: BicepSymbol, name: string, at: DocumentRange): LocatedValue {
    if (symbol.kind === 'namespace' || symbol.kind === 'function') return this.fail(at, name, 'is no value');
    if (this.depth >= deepest) return outOfBudget({ evaluation: this.evaluation, at });
    const value = symbol.definition.value() ?? this.fail(at, name, 'depends on itself');
    return symbol.kind === 'parameter' || symbol.kind === 'variable'
      ? through(value, { kind: symbol.kind, name, at })
      : value;
  }

  /** The frames of the rounds of a loop, and why there may be others. */
  rounds({ item, index, list, ...loop }: BicepLoop, frame: BicepFrame): Rounds {
    const value = this.evaluate(list, frame);
    const at = placeIn(frame, loop);
    const known = listOf(value);
    const open =
      known === undefined
        ? this.evaluation.reason('error', `The loop over ${item}`, at, 'goes over what is no list')
        : known.more;
    const ofRound = (round: LocatedValue, number: LocatedValue): BicepFrame => {
      const locals: [string, LocatedValue][] = [[item, through(round, { kind: 'loop', name: item, at })]];
      if (index !== undefined) locals.push([index, number]);
      return withLocals(frame, locals);
    };
    const frames = (known?.items ?? []).map((each, i) => ofRound(each, numberAt(at, i)));
    if (open !== undefined && frames.length === 0) {
      return { frames: [ofRound(unknownAt(at, open), unknownAt(at, open))], open };
    }
    return { frames, open };
  }

  /** A function of the file's own. */
  functionOf(parameters: readonly string[], body: BicepExpression, frame: BicepFrame): Lambda {
    return (...args) => {
      const at = placeIn(frame, body);
      const locals = parameters.map((name, i): [string, LocatedValue] => [name, args[i] ?? nullAt(at)]);
      return this.evaluate(body, withLocals({ ...frame, locals: new Map() }, locals));
    };
  }

  private valueOf(expression: BicepExpression, frame: BicepFrame, at: DocumentRange): LocatedValue {
    switch (expression.kind) {
      case 'text':
        return this.text(expression, frame);
      case 'number':
        return numberAt(at, expression.value);
      case 'boolean':
        return booleanAt(at, expression.value);
      case 'null':
        return nullAt(at);
      case 'list':
        return this.list(expression, frame);
      case 'object':
        return this.object(expression, frame);
      case 'variable':
        return this.variable(expression, frame);
      case 'call':
        return this.call(expression, frame);
      case 'member':
        return this.member(expression, frame);
      case 'index':
        return this.index(expression, frame);
      case 'unary':
        return this.unary(expression, frame);
      case 'binary':
        return this.binary(expression, frame);
      case 'ternary': {
        const { condition, yes, no } = expression;
        const form = this.form('?:', at, frame);
        return choose(
          form,
          this.evaluate(condition, frame),
          () => this.evaluate(yes, frame),
          () => this.evaluate(no, frame),
        );
      }
      case 'loop':
        return this.loop(expression, frame);
      case 'conditional':
        return this.evaluate(expression.body, frame);
      default:
        return this.fail(at, 'An expression', 'has no value');
    }
  }

  private text(text: BicepText, frame: BicepFrame): LocatedValue {
    const at = placeIn(frame, text);
    const pieces: Piece[] = [text.texts[0] ?? ''];
    for (const [i, expression] of text.expressions.entries()) {
      const inner = piecesOf(this.evaluate(expression, frame));
      if (inner === undefined) return this.fail(at, 'A string', 'holds a list or an object');
      pieces.push(...inner, text.texts[i + 1] ?? '');
    }
    const made = textOfPieces(at, pieces);
    return made.kind === 'string' && !this.evaluation.spend(made.value.length / 16)
      ? outOfBudget({ evaluation: this.evaluation, at })
      : made;
  }

  private list({ items, ...range }: BicepList, frame: BicepFrame): LocatedValue {
    const all: LocatedValue[] = [];
    let more: UnknownReason | undefined;
    for (const { isSpread, value } of items) {
      const item = this.evaluate(value, frame);
      if (!isSpread) all.push(item);
      else if (item.kind === 'list') {
        if (!this.evaluation.spend(item.items.length)) break;
        for (const each of locatedItems(item)) all.push(each);
        more ??= item.more;
      } else if (item.kind === 'unknown') more ??= item.reason;
    }
    const at = placeIn(frame, range);
    return this.evaluation.spend(1)
      ? listAt(at, all, more)
      : outOfBudget({ evaluation: this.evaluation, at });
  }

  private object({ members, ...range }: BicepObject, frame: BicepFrame): LocatedValue {
    const all: LocatedMember[] = [];
    let more: UnknownReason | undefined;
    for (const { name, value } of members) {
      if (name === undefined) {
        const spread = this.evaluate(value, frame);
        if (spread.kind === 'object') {
          if (!this.evaluation.spend(spread.members.length)) break;
          for (const each of locatedMembers(spread)) all.push(each);
          more ??= spread.more;
        } else if (spread.kind === 'unknown') more ??= spread.reason;
        continue;
      }
      const key = this.text(name, frame);
      if (key.kind === 'string')
        all.push({ key: key.value, keyAt: key.at, value: this.evaluate(value, frame) });
      else if (key.kind === 'unknown') more ??= key.reason;
    }
    const at = placeIn(frame, range);
    return this.evaluation.spend(1)
      ? objectAt(at, all, more)
      : outOfBudget({ evaluation: this.evaluation, at });
  }

  private variable({ name, ...range }: BicepVariable, frame: BicepFrame): LocatedValue {
    const local = frame.locals.get(name);
    if (local !== undefined) return local;
    const at = placeIn(frame, range);
    const symbol = frame.scope.symbols.get(name);
    return symbol === undefined ? this.fail(at, name, 'is not declared') : this.symbol(symbol, name, at);
  }

  private call(call: BicepCall, frame: BicepFrame): LocatedValue {
    const at = placeIn(frame, call);
    const own = this.ownFunction(call, frame);
    const plain = call.args.filter(arg => arg.kind !== 'lambda');
    const args = plain.map(arg => this.evaluate(arg, frame));
    if (own !== undefined) return through(own(...args), { kind: 'function', name: `${call.name}()`, at });
    if (call.of !== undefined && !isNamespace(call.of)) {
      return unknownAt(at, this.evaluation.reason('deployment', `${call.name}()`, at));
    }
    const special = this.special(call.name, args, at);
    if (special !== undefined) return special;
    const lambdas = call.args.filter(arg => arg.kind === 'lambda').map(arg => this.lambda(arg, frame));
    return callFunction({ ...this.form(call.name, at, frame), args, lambdas });
  }

  private ownFunction({ of, name }: BicepCall, { scope }: BicepFrame): Lambda | undefined {
    const from = of?.kind === 'variable' ? scope.symbols.get(of.name) : undefined;
    const symbols = of === undefined ? scope.symbols : from?.kind === 'namespace' ? from.symbols : undefined;
    const symbol = symbols?.get(name);
    return symbol?.kind === 'function' ? symbol.call : undefined;
  }

  private lambda({ parameters, body }: BicepLambda, frame: BicepFrame): Lambda {
    return (...args) => {
      const locals = parameters.flatMap((name, i): [string, LocatedValue][] => {
        const value = args[i];
        return value === undefined ? [] : [[name, value]];
      });
      return this.evaluate(body, withLocals(frame, locals));
    };
  }

  private member({ of, name, isSafe, ...range }: BicepMember, frame: BicepFrame): LocatedValue {
    const at = placeIn(frame, range);
    const symbol = of.kind === 'variable' && !frame.locals.has(of.name) && frame.scope.symbols.get(of.name);
    if (symbol && symbol.kind === 'namespace') {
      const found = symbol.symbols.get(name);
      return found === undefined ? this.fail(at, name, 'is not exported') : this.symbol(found, name, at);
    }
    const access = { isSafe, at, scope: frame };
    return this.access(this.evaluate(of, frame), textAt(at, name), access);
  }

  private index({ of, index, isSafe, isFromEnd, ...range }: BicepIndex, frame: BicepFrame): LocatedValue {
    const at = placeIn(frame, range);
    const [value, key] = [this.evaluate(of, frame), this.evaluate(index, frame)];
    if (!isFromEnd) return this.access(value, key, { isSafe, at, scope: frame });
    return callFunction({ ...this.form('tryIndexFromEnd', at, frame), args: [value, key], lambdas: [] });
  }

  private access(of: LocatedValue, index: LocatedValue, { isSafe, at }: Access): LocatedValue {
    if (isSafe && of.kind === 'null') return of;
    const found = accessed(of, index);
    if (found === 'missing' && isSafe) return nullAt(at);
    if (found !== undefined && found !== 'missing')
      return 'via' in found ? found : unknownPart(at, of, { reason: found, index });
    const given = emptyDefaultOf(of);
    if (given !== undefined) return unknownAt(at, given);
    const name =
      index.kind === 'string' || index.kind === 'number' ? JSON.stringify(index.value) : 'what is asked';
    return this.fail(at, 'An expression', `asks for ${name}, which is not there`);
  }

  private unary({ operator, of, ...range }: BicepUnary, frame: BicepFrame): LocatedValue {
    const at = placeIn(frame, range);
    const value = this.evaluate(of, frame);
    if (operator === '+') return value;
    const [name, args] = operator === '!' ? ['not', [value]] : ['sub', [numberAt(at, 0), value]];
    return callFunction({
      ...this.form(name as string, at, frame),
      args: args as LocatedValue[],
      lambdas: [],
    });
  }

  private binary({ operator, left, right, ...range }: BicepBinary, frame: BicepFrame): LocatedValue {
    const at = placeIn(frame, range);
    const form = this.form(operator, at, frame);
    const later = [left, right].map(each => () => this.evaluate(each, frame));
    if (operator === '??') return coalesce(form, later);
    if (operator === '&&' || operator === '||') return connect(form, operator === '||', later);
    const args = later.map(each => each());
    const call = (name: string, of: readonly LocatedValue[]): LocatedValue =>
      callFunction({ ...form, name, args: of, lambdas: [] });
    const name = functions[operator];
    if (name !== undefined) return call(name, args);
    const folded = operator.endsWith('~') ? args.map(arg => call('toLower', [arg])) : args;
    const truth = call('equals', folded);
    return operator.startsWith('!') ? call('not', [truth]) : truth;
  }

  private loop(loop: BicepLoop, frame: BicepFrame): LocatedValue {
    const { frames, open } = this.rounds(loop, frame);
    const items = frames.map(each => this.evaluate(loop.body, each));
    return listAt(placeIn(frame, loop), items, open);
  }

  private form(name: string, at: DocumentRange, { scope }: BicepFrame) {
    return { name, at, evaluation: this.evaluation, scope: scope.deployment };
  }

  private fail(at: DocumentRange, name: string, detail: string): LocatedValue {
    return unknownAt(at, this.evaluation.reason('error', name, at, detail));
  }
}

interface Access {
  readonly isSafe: boolean;
  readonly at: DocumentRange;
  readonly scope: BicepFrame;
}

interface Rounds {
  readonly frames: readonly BicepFrame[];
  readonly open: UnknownReason | undefined;
}

/** Levels of expressions and definitions that lie in each other. */
const deepest = 400;

const functions: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '%': 'mod',
  '<': 'less',
  '<=': 'lessOrEquals',
  '>': 'greater',
  '>=': 'greaterOrEquals',
};

function isNamespace(of: BicepExpression): boolean {
  return of.kind === 'variable' && (of.name === 'az' || of.name === 'sys');
}

export function placeIn({ scope }: BicepFrame, { start, end }: TextRange): DocumentRange {
  return { document: scope.document, start, end };
}
