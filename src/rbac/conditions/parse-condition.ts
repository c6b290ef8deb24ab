import type { ConditionExpression, NameMatch, StringLiteral, TextSpan, Value } from './expression.js';
import { readOperator } from './operators.js';
import { brief } from './quoted.js';
import { readItems, readValue } from './read-value.js';
import type { ConditionSyntaxProblem, SyntaxProblemCode } from './syntax-problem.js';
import { nameOf, TokenCursor } from './token-cursor.js';
import type { Token } from './tokens.js';

/** A condition that was read. */
export interface ParsedCondition {
  readonly text: string;
  /** What it says. Undefined where its grammar has problems: nobody knows what Azure would make of it. */
  readonly expression: ConditionExpression | undefined;
  /** The same tree, and with problems what could be kept: good for further checks, not to be evaluated. */
  readonly recovered: ConditionExpression | undefined;
  /** In the order of the text; the first few, as more say nothing new. */
  readonly problems: readonly ConditionSyntaxProblem[];
  /** Where AND and OR stand side by side without parentheses. AND binds tighter; Azure's pages ask for parentheses. */
  readonly ambiguities: readonly TextSpan[];
}

/**
 * Reads a condition of either version, in the grammar of
 * https://learn.microsoft.com/azure/role-based-access-control/conditions-format as the built-in roles use it: keywords in
 * any case, GUIDs without hyphens, no blank before a brace. Also what regorus adds, which evaluates to unknown.
 * Never throws, takes time in proportion to the text, and goes on behind errors.
 */
export function parseCondition(text: string): ParsedCondition {
  return new Parser(text).read();
}

class Parser {
  private readonly ambiguities: TextSpan[] = [];
  private readonly cursor: TokenCursor;
  /** Whether the AND that was read last stands in parentheses. */
  private isWrapped = false;

  constructor(text: string) {
    this.cursor = new TokenCursor(text);
  }

  read(): ParsedCondition {
    const { cursor, ambiguities } = this;
    const recovered = cursor.token.kind === 'end' ? this.readNothing() : this.readAll();
    const { text, problems } = cursor;
    return {
      text,
      expression: problems.length === 0 ? recovered : undefined,
      recovered,
      problems,
      ambiguities,
    };
  }

  private readNothing(): undefined {
    this.cursor.problem('empty', 'The condition is empty.', this.cursor.token);
  }

  private readAll(): ConditionExpression {
    const { cursor } = this;
    const operands = [this.readOr()];
    while (cursor.token.kind !== 'end') {
      cursor.problem('parenthesis-not-opened', 'A ")" has no "(" before it.', cursor.advance());
      if (cursor.token.kind === 'and' || cursor.token.kind === 'or') cursor.advance();
      if (startsOperand(cursor.token)) operands.push(this.readOr());
    }
    return this.join('and', operands, operands[0]!.start);
  }

  private readOr(): ConditionExpression {
    const { cursor } = this;
    const { start } = cursor.token;
    const operands: ConditionExpression[] = [];
    let hasBareAnd = false;
    do {
      const operand = this.readAnd();
      operands.push(operand);
      hasBareAnd ||= operand.kind === 'and' && !this.isWrapped;
    } while (cursor.accept('or'));
    if (operands.length > 1 && hasBareAnd) this.ambiguities.push({ start, end: cursor.lastEnd });
    return this.join('or', operands, start);
  }

  private readAnd(): ConditionExpression {
    const { cursor } = this;
    const { start } = cursor.token;
    const operands = [this.readNot()];
    for (;;) {
      const { kind } = cursor.token;
      if (cursor.accept('and')) operands.push(this.readNot());
      else if (kind === 'or' || kind === ')' || kind === 'end') break;
      else operands.push(this.readStray());
    }
    if (operands.length > 1) this.isWrapped = false;
    return this.join('and', operands, start);
  }

  /** What stands behind an operand and is no connective. */
  private readStray(): ConditionExpression {
    const { cursor } = this;
    const { token } = cursor;
    if (!startsOperand(token)) return this.unexpected();
    cursor.problem('connective-missing', `AND or OR is missing before ${nameOf(token)}.`, token);
    return this.readNot();
  }

  private readNot(): ConditionExpression {
    const { cursor } = this;
    const nots: Token[] = [];
    while (cursor.token.kind === 'not') nots.push(cursor.advance());
    if (nots.length === 0) return this.readPrimary();
    const inner = cursor.deeper(nots.length, nots[0]!, () => this.readPrimary());
    if (inner === undefined) return cursor.unreadableFrom(nots[0]!.start);
    return nots.reduceRight<ConditionExpression>(
      (operand, { start }) => ({ kind: 'not', operand, start, end: cursor.lastEnd }),
      inner,
    );
  }

  private readPrimary(): ConditionExpression {
    const { token } = this.cursor;
    switch (token.kind) {
      case '(':
        return this.readGroup();
      case 'word':
        return this.readKeyword(token) ?? this.readComparison();
      case 'attribute':
      case 'string':
      case '{':
      case '[':
        return this.readComparison();
      case 'and':
      case 'or':
      case ')':
      case 'end':
        return this.missing(token, 'operand-missing', 'An expression is missing here.');
      default:
        return this.unexpected();
    }
  }

  private readGroup(): ConditionExpression {
    const { cursor } = this;
    const open = cursor.advance();
    if (cursor.accept(')'))
      return this.missing(
        { start: open.start, end: cursor.lastEnd },
        'parentheses-empty',
        'The parentheses are empty.',
      );
    const inner = cursor.deeper(1, open, () => this.readOr());
    if (inner === undefined) return cursor.unreadableFrom(open.start);
    if (!cursor.accept(')')) cursor.problem('parenthesis-not-closed', 'A "(" is not closed.', open);
    this.isWrapped = true;
    return inner;
  }

  private readKeyword({ text }: Token): ConditionExpression | undefined {
    switch (text.length > 'SubOperationMatches'.length ? '' : text.toLowerCase()) {
      case 'actionmatches':
        return this.readNameMatch('action-matches');
      case 'suboperationmatches':
        return this.readNameMatch('sub-operation-matches');
      case 'exists':
        return this.readExistence('exists');
      case 'notexists':
        return this.readExistence('not-exists');
      default:
        return undefined;
    }
  }

  private readNameMatch(kind: NameMatch['kind']): ConditionExpression {
    const { cursor } = this;
    const name = cursor.advance();
    const opening = cursor.token;
    if (opening.kind !== '{' && opening.kind !== '(') {
      const message = `Behind ${brief(name.text)} belong names in braces: {'…'}.`;
      if (opening.kind === 'string') cursor.advance();
      return this.missing({ start: name.start, end: cursor.lastEnd }, 'braces-missing', message);
    }
    const patterns = readItems(cursor, opening.kind === '{' ? '}' : ')', () => this.readPattern());
    const span = { start: name.start, end: cursor.lastEnd };
    if (patterns.length === 0) cursor.problem('set-item-missing', 'The braces hold no name.', span);
    return { kind, brackets: opening.kind === '{' ? 'braces' : 'round', patterns, ...span };
  }

  /** A name without quotes is reported and kept. */
  private readPattern(): StringLiteral | undefined {
    const { cursor } = this;
    const { kind, text, start, end } = cursor.token;
    if (kind !== 'string' && kind !== 'word') return undefined;
    cursor.advance();
    if (kind === 'word')
      cursor.problem('pattern-not-text', `${brief(text)} belongs in single quotes.`, { start, end });
    return { kind: 'string', value: text, start, end };
  }

  private readExistence(kind: 'exists' | 'not-exists'): ConditionExpression {
    const { cursor } = this;
    const { start, end, text } = cursor.advance();
    const attribute = cursor.token.kind === 'attribute' ? readValue(cursor) : undefined;
    if (attribute?.kind !== 'attribute')
      return this.missing({ start, end }, 'attribute-missing', `Behind ${brief(text)} belongs an attribute.`);
    return { kind, attribute, start, end: cursor.lastEnd };
  }

  private readComparison(): ConditionExpression {
    const { cursor } = this;
    const { start } = cursor.token;
    const left = readValue(cursor);
    if (left === undefined) return this.unexpected();
    if (cursor.token.kind !== 'word') return this.withoutOperator(left);
    const word = cursor.advance();
    const right = readValue(cursor);
    if (right === undefined) {
      cursor.problem('value-missing', `A value is missing behind ${brief(word.text)}.`, word);
      return cursor.unreadableFrom(start);
    }
    const operator = readOperator(word.text, word.start);
    return { kind: 'comparison', left, operator, right, start, end: cursor.lastEnd };
  }

  private withoutOperator(left: Value): ConditionExpression {
    const { cursor } = this;
    if (left.kind === 'word' && cursor.token.kind === '{') {
      const known = 'ActionMatches, SubOperationMatches, Exists and NotExists';
      cursor.problem('function-unknown', `There is no function ${brief(left.text)}, only ${known}.`, left);
    } else cursor.problem('operator-missing', 'An operator is missing behind the value.', left);
    readValue(cursor);
    return cursor.unreadableFrom(left.start);
  }

  private join(
    kind: 'and' | 'or',
    operands: readonly ConditionExpression[],
    start: number,
  ): ConditionExpression {
    return operands.length === 1 ? operands[0]! : { kind, operands, start, end: this.cursor.lastEnd };
  }

  private missing(span: TextSpan, code: SyntaxProblemCode, message: string): ConditionExpression {
    this.cursor.problem(code, message, span);
    return this.cursor.unreadableFrom(span.start);
  }

  private unexpected(): ConditionExpression {
    const { start } = this.cursor.token;
    this.cursor.skipUnexpected();
    return this.cursor.unreadableFrom(start);
  }
}

function startsOperand({ kind }: Token): boolean {
  return (
    kind === '(' ||
    kind === 'not' ||
    kind === 'word' ||
    kind === 'attribute' ||
    kind === 'string' ||
    kind === '{'
  );
}
