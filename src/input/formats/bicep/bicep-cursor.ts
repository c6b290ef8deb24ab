import type { SyntaxProblem } from '../../source-document.js';
import type { BicepToken, BicepTokenKind } from './bicep-tokens.js';

/** Thrown where a declaration cannot be read on; caught where the next one begins. */
export class Unreadable extends Error {}

/** Deeper ones are refused, so that nothing that walks an expression runs out of stack. */
const deepest = 200;

/** The place in the tokens of a file that a parser has come to. */
export class BicepCursor {
  readonly problems: SyntaxProblem[] = [];
  private at = 0;
  private depth = 0;

  constructor(private readonly tokens: readonly BicepToken[]) {}

  get token(): BicepToken {
    return this.tokens[this.at]!;
  }

  /** The token `ahead` of the current one. */
  peek(ahead: number): BicepToken {
    return this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)]!;
  }

  /** The end of what was read. */
  get end(): number {
    return this.at === 0 ? 0 : this.tokens[this.at - 1]!.end;
  }

  /** To go back to. */
  get mark(): number {
    return this.at;
  }

  reset(mark: number): void {
    this.at = mark;
  }

  next(): BicepToken {
    const { token } = this;
    if (token.kind !== 'end') this.at++;
    return token;
  }

  is(sign: string): boolean {
    return this.token.kind === 'sign' && this.token.value === sign;
  }

  isName(name: string): boolean {
    return this.token.kind === 'name' && this.token.value === name;
  }

  takeIf(sign: string): boolean {
    if (!this.is(sign)) return false;
    this.next();
    return true;
  }

  /** A sign that must stand here. */
  take(sign: string): BicepToken {
    if (!this.is(sign)) this.fail(`"${sign}" is missing.`);
    return this.next();
  }

  takeKind(kind: BicepTokenKind, shown: string): BicepToken {
    if (this.token.kind !== kind) this.fail(`${shown} is missing.`);
    return this.next();
  }

  skipLines(): void {
    while (this.token.kind === 'new-line') this.next();
  }

  /** Whether a sign comes next, on this line or on a later one; then it is what comes next. */
  skipLinesTo(...signs: readonly string[]): boolean {
    const { mark } = this;
    this.skipLines();
    if (this.token.kind === 'sign' && signs.includes(this.token.value)) return true;
    this.reset(mark);
    return false;
  }

  nested<Result>(read: () => Result): Result {
    if (this.depth >= deepest) this.fail(`An expression lies in more than ${deepest - 1} others.`);
    this.depth++;
    try {
      return read();
    } finally {
      this.depth--;
    }
  }

  fail(message: string): never {
    const { start, end } = this.token;
    this.problems.push({ start, end: Math.max(end, start), message });
    throw new Unreadable(message);
  }
}
