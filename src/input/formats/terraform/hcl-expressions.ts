import type { TextRange } from '../../text-range.js';
import { HclFault, type HclFaults } from './hcl-fault.js';
import type {
  HclBinaryOperator,
  HclCall,
  HclExpression,
  HclFor,
  HclObjectItem,
  HclStep,
  HclUnary,
} from './hcl-syntax.js';
import { HclTemplates } from './hcl-templates.js';
import type { HclTokenKind, HclTokens } from './hcl-tokens.js';

/** Reads expressions. Each method begins at the first token of what it reads and ends behind its last. */
export class HclExpressions {
  private readonly templates: HclTemplates;
  private depth = 0;

  constructor(
    private readonly tokens: HclTokens,
    private readonly faults: HclFaults,
  ) {
    this.templates = new HclTemplates(tokens, () => this.read());
  }

  /** A whole text that is a template. */
  readTemplate(): HclExpression {
    return this.templates.readAll();
  }

  /** A text in quotes. The current token is the quote that opens it. */
  readQuoted(): HclExpression {
    return this.templates.readQuoted();
  }

  /** @throws HclFault where there is none. */
  read(): HclExpression {
    return this.nested(() => {
      const { tokens } = this;
      const condition = this.readBinary();
      if (!tokens.is('?')) return condition;
      tokens.next();
      const then = this.read();
      this.expect(':', 'A conditional needs a colon and a second value.');
      const otherwise = this.read();
      const { start } = condition;
      return { kind: 'conditional', condition, then, otherwise, start, end: otherwise.end };
    });
  }

  private nested<Result>(read: () => Result): Result {
    if (this.depth === deepest) throw new HclFault('The values are nested too deeply.', this.tokens);
    this.depth++;
    try {
      return read();
    } finally {
      this.depth--;
    }
  }

  /** Reads operators by precedence, with a stack of its own: operators of one level belong together from left to right. */
  private readBinary(): HclExpression {
    const operands = [this.readWithSteps()];
    const operators: HclBinaryOperator[] = [];
    const join = (): void => {
      const right = operands.pop()!;
      const left = operands.pop()!;
      const operator = operators.pop()!;
      operands.push({ kind: 'binary', operator, left, right, start: left.start, end: right.end });
    };
    for (let count = 0; isBinary(this.tokens.kind); count++) {
      if (count === maxOperators) throw new HclFault('An expression has too many operators.', this.tokens);
      const operator = this.tokens.kind;
      while (operators.length > 0 && precedence[operators.at(-1)!] >= precedence[operator]) join();
      operators.push(operator);
      this.tokens.next();
      operands.push(this.readWithSteps());
    }
    while (operators.length > 0) join();
    return operands[0]!;
  }

  private readWithSteps(): HclExpression {
    const source = this.readTerm();
    const steps = this.readSteps();
    const last = steps.at(-1);
    if (last === undefined) return source;
    return { kind: 'access', source, steps, start: source.start, end: last.end };
  }

  private readSteps(): HclStep[] {
    const { tokens } = this;
    const steps: HclStep[] = [];
    for (;;) {
      if (tokens.is('.')) steps.push(this.readDot());
      else if (tokens.is('[')) steps.push(this.readBracket());
      else return steps;
    }
  }

  private readDot(): HclStep {
    const { tokens } = this;
    const { start } = tokens;
    tokens.next();
    const { end, kind, value } = tokens;
    const step = stepOf(kind, value);
    if (step === undefined) throw new HclFault('A dot needs a name behind it.', { start, end });
    tokens.next();
    return { ...step, start, end };
  }

  private readBracket(): HclStep {
    const { tokens } = this;
    const { start } = tokens;
    return this.inBrackets(() => {
      if (tokens.is('*')) return this.readStar(start);
      const key = this.read();
      if (!tokens.is(']')) throw new HclFault('An index is not closed by a bracket.', tokens);
      return { kind: 'index', key, start, end: tokens.end };
    });
  }

  /** Ends at the bracket that closes it. */
  private readStar(start: number): HclStep {
    const { tokens } = this;
    tokens.next();
    if (!tokens.is(']')) throw new HclFault('A star in brackets must be closed by a bracket.', tokens);
    return { kind: 'splat', reach: 'full', start, end: tokens.end };
  }

  private readTerm(): HclExpression {
    const { tokens } = this;
    const { start, end } = tokens;
    switch (tokens.kind) {
      case 'number':
        return this.take({ kind: 'literal', value: Number(tokens.value), start, end });
      case 'identifier':
        return this.readNamed();
      case 'quote':
        return this.templates.readQuoted();
      case 'heredoc':
        return this.templates.readHeredoc();
      case '(':
        return this.inBrackets(() => {
          const value = this.read();
          if (!tokens.is(')')) throw new HclFault('A parenthesis is not closed.', { start, end });
          return { kind: 'parentheses', value, start, end: tokens.end };
        });
      case '[':
        return this.readTuple();
      case '{':
        return this.readObject();
      case '-':
      case '!':
        return this.readUnary(tokens.kind);
      default:
        throw new HclFault('A value is missing here.', { start, end });
    }
  }

  private take<Expression extends HclExpression>(expression: Expression): Expression {
    this.tokens.next();
    return expression;
  }

  private readUnary(operator: HclUnary['operator']): HclExpression {
    const { start } = this.tokens;
    this.tokens.next();
    const operand = this.nested(() => this.readWithSteps());
    return { kind: 'unary', operator, operand, start, end: operand.end };
  }

  private readNamed(): HclExpression {
    const { tokens } = this;
    const { start, end, value } = tokens;
    tokens.next();
    if (tokens.is('::') || tokens.is('(')) return this.readCall(value, { start, end });
    const known = keywords.get(value);
    if (known !== undefined) return { kind: 'literal', value: known, start, end };
    return { kind: 'variable', name: value, start, end };
  }

  private readCall(first: string, nameRange: TextRange): HclCall {
    const { tokens } = this;
    let name = first;
    let { end } = nameRange;
    while (tokens.is('::')) {
      tokens.next();
      name += `::${tokens.value}`;
      end = tokens.end;
      this.expect('identifier', 'Expected a name after two colons.');
    }
    if (!tokens.is('(')) throw new HclFault('A function needs its arguments in parentheses.', tokens);
    const { start } = nameRange;
    return this.inBrackets(() => {
      const { args, expandsLast } = this.readArguments();
      const whole = { start, end: tokens.end };
      return { kind: 'call', name, nameRange: { start, end }, args, expandsLast, ...whole };
    });
  }

  /** Ends at the parenthesis that closes them. */
  private readArguments(): Pick<HclCall, 'args' | 'expandsLast'> {
    const { tokens } = this;
    const args: HclExpression[] = [];
    let expandsLast = false;
    while (!tokens.is(')')) {
      args.push(this.read());
      if (tokens.is('...')) {
        tokens.next();
        expandsLast = true;
      } else if (tokens.is(',')) {
        tokens.next();
        continue;
      }
      if (!tokens.is(')')) throw new HclFault('The arguments of a function are not closed.', tokens);
    }
    return { args, expandsLast };
  }

  private readTuple(): HclExpression {
    const { tokens } = this;
    const { start } = tokens;
    return this.inBrackets(() => {
      if (tokens.isWord('for')) return this.readFor(start, ']');
      const items: HclExpression[] = [];
      while (!tokens.is(']')) {
        if (!this.tryEntry(() => this.readItem(items), ']')) break;
      }
      // Where it was not closed, what follows is the next entry of something around it.
      return { kind: 'tuple', items, start, end: tokens.is(']') ? tokens.end : tokens.previousEnd };
    }, ']');
  }

  private readItem(items: HclExpression[]): void {
    const { tokens } = this;
    items.push(this.read());
    if (tokens.is(',')) tokens.next();
    else if (!tokens.is(']')) throw new HclFault('A comma is missing between two items.', tokens);
  }

  private readObject(): HclExpression {
    const { tokens } = this;
    const { start } = tokens;
    return this.inBrackets(() => {
      if (tokens.isWord('for')) return this.readFor(start, '}');
      tokens.lineEnds = 'count';
      const items: HclObjectItem[] = [];
      while (!tokens.is('}')) {
        if (tokens.is('newline')) tokens.next();
        else if (!this.tryEntry(() => this.readMember(items), '}')) break;
      }
      return { kind: 'object', items, start, end: tokens.is('}') ? tokens.end : tokens.previousEnd };
    }, '}');
  }

  private readMember(items: HclObjectItem[]): void {
    const { tokens } = this;
    const key = this.read();
    if (!tokens.is('=') && !tokens.is(':')) {
      throw new HclFault('A property needs a value behind an equals sign.', tokens);
    }
    tokens.next();
    items.push({ key, value: this.read() });
    if (tokens.is(',') || tokens.is('newline')) tokens.next();
    else if (!tokens.is('}'))
      throw new HclFault('A line end or comma is missing between two properties.', tokens);
  }

  /**
   * One entry of a list or an object. Where it is damaged its line is given up.
   * @returns false where the list was never closed: what is there is the next argument or block.
   */
  private tryEntry(read: () => void, close: ']' | '}'): boolean {
    const { tokens } = this;
    const { lineEnds, start, previousEnd } = tokens;
    const isFirstOnLine = tokens.isOnNewLine;
    try {
      if (tokens.is('end')) throw new HclFault(notClosed(close), tokens);
      read();
      return true;
    } catch (fault) {
      if (!(fault instanceof HclFault)) throw fault;
      tokens.lineEnds = lineEnds;
      if (isFirstOnLine && beginsBodyItem(tokens, start, close)) {
        this.faults.take(new HclFault(notClosed(close), { start, end: start }));
        tokens.jumpTo(previousEnd);
        return false;
      }
      this.faults.take(fault);
      this.resumeBehind(fault, start);
      return !tokens.is('end') && !(tokens.isOnNewLine && beginsBodyItem(tokens, tokens.start, close));
    }
  }

  /** At the token that did not belong there, if it is the first of its line; else on the next line. */
  private resumeBehind({ range }: HclFault, entryStart: number): void {
    const { tokens } = this;
    const isLineStart = tokens.isOnNewLine || tokens.is('newline');
    if (isLineStart && tokens.start > entryStart && tokens.start >= range.start) return;
    const lineEnd = tokens.text.indexOf('\n', range.end);
    tokens.jumpTo(lineEnd < 0 ? tokens.limit : Math.min(lineEnd, tokens.limit));
  }

  private readFor(start: number, close: ']' | '}'): HclFor {
    const { tokens } = this;
    tokens.lineEnds = 'ignored';
    tokens.next();
    const first = this.readForName();
    const second = tokens.skip(',') ? this.readForName() : undefined;
    if (!tokens.isWord('in')) throw new HclFault('"for" needs "in" behind its names.', tokens);
    tokens.next();
    const collection = this.read();
    this.expect(':', '"for" needs a colon behind what it goes through.');
    const one = this.read();
    const two = tokens.skip('=>') ? this.read() : undefined;
    const groups = tokens.skip('...');
    const condition = this.readForCondition();
    if (!tokens.is(close)) throw new HclFault('"for" is not closed by its bracket.', tokens);
    if ((two !== undefined) !== (close === '}') || (groups && close === ']'))
      throw wrongFor({ start, end: tokens.end });
    return {
      kind: 'for',
      keyName: second === undefined ? undefined : first,
      valueName: second ?? first,
      collection,
      key: two === undefined ? undefined : one,
      value: two ?? one,
      condition,
      groups,
      start,
      end: tokens.end,
    };
  }

  private readForCondition(): HclExpression | undefined {
    const { tokens } = this;
    if (!tokens.isWord('if')) return undefined;
    tokens.next();
    return this.read();
  }

  private readForName(): string {
    const { value } = this.tokens;
    this.expect('identifier', '"for" needs a name here.');
    return value;
  }

  /** From the bracket that opens to behind the one that closes; what is read ends at that one, if there is any. */
  private inBrackets<Expression>(read: () => Expression, close?: HclTokenKind): Expression {
    const { tokens } = this;
    const before = tokens.lineEnds;
    tokens.lineEnds = 'ignored';
    tokens.next();
    const expression = read();
    tokens.lineEnds = before;
    if (close === undefined || tokens.is(close)) tokens.next();
    // What was read past a line end must be seen from behind it again.
    else tokens.jumpTo(tokens.previousEnd);
    return expression;
  }

  private expect(kind: HclTokenKind, message: string): void {
    if (!this.tokens.is(kind)) throw new HclFault(message, this.tokens);
    this.tokens.next();
  }
}

/** Far above what people write; each level takes some frames of the stack. */
const deepest = 250;

/** They make a tree that leans to one side, and whoever goes down it goes that deep. */
const maxOperators = 500;

const precedence: Readonly<Record<HclBinaryOperator, number>> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 4,
  '>': 4,
  '<=': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  '%': 6,
};

const binaryOperators: ReadonlySet<string> = new Set(Object.keys(precedence));

function isBinary(kind: HclTokenKind): kind is HclBinaryOperator {
  return binaryOperators.has(kind);
}

const keywords: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

type StepKind<Step> = Step extends unknown ? Omit<Step, 'start' | 'end'> : never;

function stepOf(kind: HclTokenKind, value: string): StepKind<HclStep> | undefined {
  if (kind === 'identifier') return { kind: 'attribute', name: value };
  if (kind === '*') return { kind: 'splat', reach: 'attributes' };
  if (kind !== 'number' || !/^\d+$/.test(value)) return undefined;
  return { kind: 'legacy-index', index: Number(value) };
}

/** What can be an argument or a block, and no entry of a list; a property of an object looks like an argument. */
function beginsBodyItem({ text, limit }: HclTokens, start: number, close: ']' | '}'): boolean {
  const line = text.slice(start, Math.min(limit, start + 500));
  if (close === ']')
    return /^(?:\}|[A-Za-z_][\w-]*(?:[ \t]+(?:"[^"\n]*"|[\w-]+)){0,9}[ \t]*(?:=(?![=>])|\{))/.test(line);
  return /^[A-Za-z_][\w-]*(?:[ \t]+(?:"[^"\n]*"|[\w-]+)){0,9}[ \t]*\{/.test(line);
}

function notClosed(close: ']' | '}'): string {
  return close === ']' ? 'A list is not closed by a bracket.' : 'An object is not closed by a brace.';
}

function wrongFor(range: TextRange): HclFault {
  return new HclFault('"for" makes a list of values in brackets, or of keys and values in braces.', range);
}
