import type { TextSpan, Unreadable } from './expression.js';
import { brief } from './quoted.js';
import type { ConditionSyntaxProblem, SyntaxProblemCode } from './syntax-problem.js';
import { readTokens, type Token, type TokenKind } from './tokens.js';

/** Walks the tokens of a condition, and gathers what is wrong with it on the way. */
export class TokenCursor {
  private readonly found: ConditionSyntaxProblem[] = [];
  private readonly tokens: readonly Token[];
  private position = 0;
  private level = 0;
  /** Whether the rest of the text was passed over. What is missing then is not a fault of its own. */
  private isCutOff = false;

  constructor(readonly text: string) {
    this.tokens = readTokens(text, problem => this.report(problem));
  }

  get token(): Token {
    return this.tokens[this.position]!;
  }

  /** Where the token before the current one ends. */
  get lastEnd(): number {
    return this.position === 0 ? 0 : this.tokens[this.position - 1]!.end;
  }

  /** In the order of the text. */
  get problems(): readonly ConditionSyntaxProblem[] {
    return this.found.toSorted((a, b) => a.start - b.start).slice(0, maxProblems);
  }

  /** Returns the current token and goes on to the next one. The end is never passed. */
  advance(): Token {
    const { token } = this;
    if (token.kind !== 'end') this.position++;
    return token;
  }

  accept(kind: TokenKind): boolean {
    if (this.token.kind !== kind) return false;
    this.advance();
    return true;
  }

  /** Reads what is so many levels deeper. Undefined where that is too deep: the rest of the text is passed over then. */
  deeper<Result>(levels: number, at: TextSpan, read: () => Result): Result | undefined {
    if (this.level + levels > maxLevels) {
      this.problem('too-deep', `The condition has more than ${maxLevels} levels; the rest was not read.`, at);
      this.position = this.tokens.length - 1;
      this.isCutOff = true;
      return undefined;
    }
    this.level += levels;
    const result = read();
    this.level -= levels;
    return result;
  }

  problem(code: SyntaxProblemCode, message: string, { start, end }: TextSpan): void {
    if (!this.isCutOff) this.report({ code, message, start, end });
  }

  /** Says that the current token is out of place, and passes over it. */
  skipUnexpected(): void {
    this.problem('unexpected', `${nameOf(this.token)} does not belong here.`, this.token);
    this.advance();
  }

  /** All from an offset up to the current token, as a node that says nothing. */
  unreadableFrom(start: number): Unreadable {
    const end = Math.max(start, this.lastEnd);
    return { kind: 'unreadable', text: this.text.slice(start, end), start, end };
  }

  /** Keeps more than it returns, as those of the tokens come first; not all, as texts may consist of them. */
  private report(problem: ConditionSyntaxProblem): void {
    if (this.found.length < 2 * maxProblems) this.found.push(problem);
  }
}

/** A token as sentences name it. */
export function nameOf(token: Token): string {
  if (token.kind === 'end') return 'The end';
  return brief(token.kind === 'attribute' ? `@${token.text}` : token.text);
}

/** Far more than 8 KB of sensible condition need. */
const maxLevels = 500;

/** More say nothing new: they follow from the first ones. */
const maxProblems = 20;
