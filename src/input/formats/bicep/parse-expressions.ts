import type { BicepCursor } from './bicep-cursor.js';
import type {
  BicepCall,
  BicepExpression,
  BicepItem,
  BicepLambda,
  BicepList,
  BicepLoop,
  BicepObject,
  BicepObjectMember,
  BicepResource,
  BicepText,
} from './bicep-syntax.js';

/** Reads the expressions of Bicep. What reads resources is given, since objects may hold some. */
export class ExpressionParser {
  constructor(
    private readonly cursor: BicepCursor,
    private readonly readResource: () => BicepResource | undefined,
  ) {}

  /** Newlines end an expression but for those in front of `?` and `:`. */
  expression(): BicepExpression {
    return this.cursor.nested(() => this.ternary());
  }

  /** The condition and the body of a resource or a loop. */
  bodyOf(): BicepExpression {
    const { cursor } = this;
    if (!cursor.isName('if') || cursor.peek(1).value !== '(') return this.expression();
    const { start } = cursor.next();
    cursor.take('(');
    const condition = this.inParentheses(() => this.expression());
    cursor.take(')');
    cursor.skipLinesTo('{');
    const body = this.object();
    return { kind: 'conditional', condition, body, start, end: cursor.end };
  }

  /** A string that must stand here. */
  text(): BicepText {
    const { cursor } = this;
    const { start, value, kind } = cursor.token;
    if (kind !== 'text' && kind !== 'text-left') cursor.fail('A string is missing.');
    cursor.next();
    const texts = [value];
    const expressions: BicepExpression[] = [];
    let last = kind;
    while (last === 'text-left' || last === 'text-middle') {
      cursor.skipLines();
      expressions.push(this.expression());
      cursor.skipLines();
      const token = cursor.token;
      if (token.kind !== 'text-middle' && token.kind !== 'text-right')
        cursor.fail('"}" is missing in a string.');
      texts.push(cursor.next().value);
      last = token.kind;
    }
    return { kind: 'text', texts, expressions, start, end: cursor.end };
  }

  object(): BicepObject {
    const { cursor } = this;
    const { start } = cursor.take('{');
    const members: BicepObjectMember[] = [];
    const resources: BicepResource[] = [];
    for (this.skipSeparators(); !cursor.is('}'); this.skipSeparators()) {
      const resource = this.readResource();
      if (resource === undefined) members.push(this.member());
      else resources.push(resource);
      this.expectSeparator('}');
    }
    cursor.next();
    return { kind: 'object', members, resources, start, end: cursor.end };
  }

  private member(): BicepObjectMember {
    const { cursor } = this;
    if (cursor.takeIf('...')) return { name: undefined, value: this.expression() };
    const { kind, start, end, value } = cursor.token;
    let name: BicepText;
    if (kind === 'name') {
      cursor.next();
      name = { kind: 'text', texts: [value], expressions: [], start, end };
    } else name = this.text();
    cursor.skipLines();
    cursor.take(':');
    cursor.skipLines();
    return { name, value: this.expression() };
  }

  private skipSeparators(): void {
    while (this.cursor.token.kind === 'new-line' || this.cursor.is(',')) this.cursor.next();
  }

  private expectSeparator(close: string): void {
    const { cursor } = this;
    if (cursor.token.kind !== 'new-line' && !cursor.is(',') && !cursor.is(close))
      cursor.fail(`A line end, "," or "${close}" is missing.`);
  }

  private ternary(): BicepExpression {
    const { cursor } = this;
    const condition = this.binary(0);
    if (!cursor.skipLinesTo('?')) return condition;
    cursor.next();
    cursor.skipLines();
    const yes = this.expression();
    cursor.skipLines();
    cursor.take(':');
    cursor.skipLines();
    const no = this.expression();
    return { kind: 'ternary', condition, yes, no, start: condition.start, end: no.end };
  }

  /** Operators of the same strength belong together from left to right. */
  private binary(strength: number): BicepExpression {
    const { cursor } = this;
    const operators = strengths[strength];
    if (operators === undefined) return this.unary();
    let left = this.binary(strength + 1);
    for (let steps = 0; ; steps++) {
      if (!(this.isLenient ? cursor.skipLinesTo(...operators) : this.isOneOf(operators))) return left;
      if (steps === longestRow) cursor.fail(`An expression has more than ${longestRow} operators in a row.`);
      const operator = cursor.next().value;
      cursor.skipLines();
      const right = this.binary(strength + 1);
      left = { kind: 'binary', operator, left, right, start: left.start, end: right.end };
    }
  }

  private isOneOf(signs: readonly string[]): boolean {
    return this.cursor.token.kind === 'sign' && signs.includes(this.cursor.token.value);
  }

  private unary(): BicepExpression {
    const { cursor } = this;
    if (!this.isOneOf(['!', '-', '+'])) return this.accesses(this.primary());
    const { start, value: operator } = cursor.next();
    const of = cursor.nested(() => this.unary());
    return { kind: 'unary', operator, of, start, end: of.end };
  }

  private accesses(first: BicepExpression): BicepExpression {
    const { cursor } = this;
    let of = first;
    for (let steps = 0; ; steps++) {
      if (steps === longestRow) cursor.fail(`An expression has more than ${longestRow} accesses in a row.`);
      if (cursor.is('.') || cursor.is('::')) of = this.memberAccess(of);
      else if (cursor.is('[')) of = this.indexAccess(of);
      // `x!` says that x is not null.
      else if (cursor.is('!')) cursor.next();
      else return of;
    }
  }

  private memberAccess(of: BicepExpression): BicepExpression {
    const { cursor } = this;
    const sign = cursor.next();
    const isSafe = sign.value === '.' && cursor.takeIf('?');
    if (isSafe && cursor.is('[')) return this.indexAccess(of, true);
    const { value: name } = cursor.takeKind('name', 'The name of a property');
    if (!cursor.is('(')) return { kind: 'member', of, name, isSafe, start: of.start, end: cursor.end };
    return this.call(name, of.start, of);
  }

  private indexAccess(of: BicepExpression, isSafeAlready = false): BicepExpression {
    const { cursor } = this;
    cursor.next();
    const isSafe = cursor.takeIf('?') || isSafeAlready;
    const isFromEnd = cursor.takeIf('^');
    const index = this.inParentheses(() => this.expression());
    cursor.take(']');
    return { kind: 'index', of, index, isSafe, isFromEnd, start: of.start, end: cursor.end };
  }

  private call(name: string, start: number, of?: BicepExpression): BicepCall {
    const { cursor } = this;
    cursor.take('(');
    const args: BicepExpression[] = [];
    this.inParentheses(() => {
      while (!cursor.is(')')) {
        args.push(this.expression());
        cursor.skipLines();
        if (!cursor.is(')')) cursor.take(',');
        cursor.skipLines();
      }
    });
    cursor.take(')');
    return { kind: 'call', of, name, args, start, end: cursor.end };
  }

  private primary(): BicepExpression {
    const { cursor } = this;
    const { kind, value, start, end } = cursor.token;
    switch (kind) {
      case 'text':
      case 'text-left':
        return this.text();
      case 'number':
        cursor.next();
        return { kind, value: Number(value), start, end };
      case 'name':
        return this.named();
      case 'sign':
        if (value === '{') return this.object();
        if (value === '[') return this.listOrLoop();
        if (value === '(') return this.lambda() ?? this.parenthesized();
    }
    return cursor.fail('A value is missing.');
  }

  private named(): BicepExpression {
    const { cursor } = this;
    const { value, start, end } = cursor.token;
    if (cursor.peek(1).kind === 'sign' && cursor.peek(1).value === '=>') return this.lambda()!;
    cursor.next();
    if (value === 'true' || value === 'false')
      return { kind: 'boolean', value: value === 'true', start, end };
    if (value === 'null') return { kind: 'null', start, end };
    return cursor.is('(') ? this.call(value, start) : { kind: 'variable', name: value, start, end };
  }

  private parenthesized(): BicepExpression {
    const { cursor } = this;
    cursor.take('(');
    const inner = this.inParentheses(() => this.expression());
    cursor.take(')');
    return inner;
  }

  /** Undefined where what stands here is no lambda: nothing was read then. */
  private lambda(): BicepLambda | undefined {
    const { cursor } = this;
    const { mark } = cursor;
    const { start } = cursor.token;
    const parameters = this.lambdaParameters();
    if (parameters === undefined || !cursor.takeIf('=>')) {
      cursor.reset(mark);
      return undefined;
    }
    cursor.skipLines();
    const body = this.expression();
    return { kind: 'lambda', parameters, body, start, end: body.end };
  }

  private lambdaParameters(): string[] | undefined {
    const { cursor } = this;
    if (cursor.token.kind === 'name') return [cursor.next().value];
    const parameters: string[] = [];
    cursor.take('(');
    for (cursor.skipLines(); !cursor.is(')'); cursor.skipLines()) {
      if (parameters.length > 0 && !cursor.takeIf(',')) return undefined;
      cursor.skipLines();
      const parameter = cursor.next();
      if (parameter.kind !== 'name') return undefined;
      parameters.push(parameter.value);
    }
    cursor.next();
    return parameters;
  }

  private listOrLoop(): BicepList | BicepLoop {
    const { cursor } = this;
    const { start } = cursor.take('[');
    const { mark } = cursor;
    cursor.skipLines();
    if (cursor.isName('for') && (cursor.peek(1).kind === 'name' || cursor.peek(1).value === '(')) {
      return this.loop(start);
    }
    cursor.reset(mark);
    const items: BicepItem[] = [];
    for (this.skipSeparators(); !cursor.is(']'); this.skipSeparators()) {
      const isSpread = cursor.takeIf('...');
      items.push({ isSpread, value: this.strictly(() => this.expression()) });
      this.expectSeparator(']');
    }
    cursor.next();
    return { kind: 'list', items, start, end: cursor.end };
  }

  private loop(start: number): BicepLoop {
    const { cursor } = this;
    cursor.next();
    const [item = '', index] = this.lambdaParameters() ?? cursor.fail('The variable of a loop is missing.');
    if (!cursor.isName('in')) cursor.fail('"in" is missing.');
    cursor.next();
    const list = this.expression();
    cursor.take(':');
    cursor.skipLines();
    const body = this.strictly(() => this.bodyOf());
    cursor.skipLines();
    cursor.take(']');
    return { kind: 'loop', item, index, list, body, start, end: cursor.end };
  }

  /** Whether operators may stand on the next line, as between parentheses. */
  private isLenient = false;

  private inParentheses<Result>(read: () => Result): Result {
    return this.with(true, () => {
      this.cursor.skipLines();
      const result = read();
      this.cursor.skipLines();
      return result;
    });
  }

  private strictly<Result>(read: () => Result): Result {
    return this.with(false, read);
  }

  private with<Result>(isLenient: boolean, read: () => Result): Result {
    const before = this.isLenient;
    this.isLenient = isLenient;
    try {
      return read();
    } finally {
      this.isLenient = before;
    }
  }
}

/** The weakest first. */
const strengths: readonly (readonly string[])[] = [
  ['??'],
  ['||'],
  ['&&'],
  ['==', '!=', '=~', '!~'],
  ['<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/', '%'],
];

const longestRow = 200;
