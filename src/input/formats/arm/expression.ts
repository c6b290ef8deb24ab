import type { TextRange } from '../../text-range.js';
import { ExpressionTokens } from './expression-tokens.js';

/** An expression of a template, such as `[concat('a', variables('b'))]`. Places are offsets in the string's value. */
export type Expression = ExpressionText | ExpressionNumber | FunctionCall | MemberAccess | IndexAccess;

export interface ExpressionText extends TextRange {
  readonly kind: 'text';
  readonly value: string;
}

export interface ExpressionNumber extends TextRange {
  readonly kind: 'number';
  readonly value: number;
}

/** `format('{0}', x)`, or with the namespace of a user-defined function `contoso.uniqueName(x)`. */
export interface FunctionCall extends TextRange {
  readonly kind: 'call';
  /** As written. Azure compares names without regard to case. */
  readonly name: string;
  readonly args: readonly Expression[];
}

/** `x.id` */
export interface MemberAccess extends TextRange {
  readonly kind: 'member';
  readonly of: Expression;
  readonly name: string;
}

/** `x[0]`, `x['id']` */
export interface IndexAccess extends TextRange {
  readonly kind: 'index';
  readonly of: Expression;
  readonly index: Expression;
}

/** Why a text is no expression. */
export interface ExpressionProblem extends TextRange {
  readonly kind: 'problem';
  readonly message: string;
}

/** Whether Azure evaluates a string. One that begins with `[[` is a text that begins with `[`. */
export function isExpression(text: string): boolean {
  return text.length > 2 && text.startsWith('[') && text.endsWith(']') && text[1] !== '[';
}

/** What a string means that is no expression. */
export function unescaped(text: string): string {
  return text.startsWith('[[') && text.endsWith(']') ? text.slice(1) : text;
}

/** Reads the expression in a string for which {@link isExpression} holds. Never throws. */
export function parseExpression(text: string): Expression | ExpressionProblem {
  if (text.length > longest) {
    const message = `An expression is longer than ${longest.toLocaleString('en-US')} characters.`;
    return { kind: 'problem', message, start: 0, end: text.length };
  }
  return new ExpressionParser(text).parse();
}

/** Azure takes no longer ones: https://learn.microsoft.com/azure/azure-resource-manager/templates/best-practices#template-limits */
const longest = 24_576;

/** Deeper ones are refused, so that nothing that walks an expression runs out of stack. */
const deepest = 200;

class Unreadable extends Error {}

class ExpressionParser {
  private readonly tokens: ExpressionTokens;
  private depth = 0;

  constructor(private readonly text: string) {
    this.tokens = new ExpressionTokens(text, { start: 1, end: text.length - 1 });
  }

  parse(): Expression | ExpressionProblem {
    try {
      const expression = this.expression();
      if (this.tokens.kind !== 'end') this.fail('The expression goes on behind its end.');
      return expression;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const { start, end } = this.tokens;
      return { kind: 'problem', message: error.message, start, end: Math.min(end, this.text.length) };
    }
  }

  private expression(): Expression {
    if (++this.depth > deepest) this.fail(`An expression lies in more than ${deepest - 1} others.`);
    let expression = this.primary();
    for (let steps = 0; ; steps++) {
      if (steps > deepest) this.fail(`An expression has more than ${deepest} accesses in a row.`);
      if (this.tokens.kind === '.') expression = this.member(expression);
      else if (this.tokens.kind === '[') expression = this.index(expression);
      else break;
    }
    this.depth--;
    return expression;
  }

  private primary(): Expression {
    const { kind, start, end, value } = this.tokens;
    if (kind === 'text') {
      this.tokens.next();
      return { kind, value, start, end };
    }
    if (kind === 'number') {
      this.tokens.next();
      return { kind, value: Number(value), start, end };
    }
    if (kind === 'name') return this.call();
    return this.fail(this.tokens.fault ?? 'A value is missing.');
  }

  private call(): FunctionCall {
    const { start } = this.tokens;
    let name = this.take('name');
    while (this.tokens.kind === '.') {
      this.tokens.next();
      name += `.${this.take('name')}`;
    }
    this.take('(');
    const args: Expression[] = [];
    while (this.tokens.kind !== ')') {
      if (args.length > 0) this.take(',');
      args.push(this.expression());
    }
    const { end } = this.tokens;
    this.tokens.next();
    return { kind: 'call', name, args, start, end };
  }

  private member(of: Expression): MemberAccess {
    this.tokens.next();
    const { end } = this.tokens;
    const name = this.take('name');
    return { kind: 'member', of, name, start: of.start, end };
  }

  private index(of: Expression): IndexAccess {
    this.tokens.next();
    const index = this.expression();
    const { end } = this.tokens;
    this.take(']');
    return { kind: 'index', of, index, start: of.start, end };
  }

  private take(kind: ExpressionTokens['kind']): string {
    if (this.tokens.kind !== kind)
      this.fail(this.tokens.fault ?? `${nameOf[kind] ?? `"${kind}"`} is missing.`);
    const { value } = this.tokens;
    this.tokens.next();
    return value;
  }

  private fail(message: string): never {
    throw new Unreadable(message);
  }
}

const nameOf: Partial<Record<ExpressionTokens['kind'], string>> = { name: 'A name', end: 'The end' };
