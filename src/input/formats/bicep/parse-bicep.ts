import type { Comment, SyntaxProblem } from '../../source-document.js';
import { BicepCursor, Unreadable } from './bicep-cursor.js';
import type { BicepDeclaration, BicepImport, BicepResource, BicepText } from './bicep-syntax.js';
import { tokensOf, type BicepToken } from './bicep-tokens.js';
import { ExpressionParser } from './parse-expressions.js';
import { TypeSkipper } from './skip-types.js';

export interface BicepFile {
  readonly declarations: readonly BicepDeclaration[];
  readonly comments: readonly Comment[];
  /** In order; capped. */
  readonly problems: readonly SyntaxProblem[];
}

/** More say nothing new. */
const maxProblems = 20;

/** Reads a file of Bicep. Never throws: behind a declaration that cannot be read it goes on with the next one. */
export function parseBicep(text: string): BicepFile {
  const { tokens, comments, problems } = tokensOf(text);
  const parser = new FileParser(tokens);
  const declarations = parser.parse();
  const all = [...problems, ...parser.problems].sort((a, b) => a.start - b.start);
  return { declarations, comments, problems: all.slice(0, maxProblems) };
}

class FileParser {
  private readonly cursor: BicepCursor;
  private readonly expressions: ExpressionParser;
  private readonly types: TypeSkipper;

  constructor(private readonly tokens: readonly BicepToken[]) {
    this.cursor = new BicepCursor(tokens);
    this.expressions = new ExpressionParser(this.cursor, () => this.resourceInside());
    this.types = new TypeSkipper(this.cursor, this.expressions);
  }

  get problems(): readonly SyntaxProblem[] {
    return this.cursor.problems;
  }

  parse(): BicepDeclaration[] {
    const { cursor } = this;
    const declarations: BicepDeclaration[] = [];
    for (cursor.skipLines(); cursor.token.kind !== 'end'; cursor.skipLines()) {
      const { mark } = cursor;
      try {
        const declaration = this.declaration();
        if (declaration !== undefined) declarations.push(declaration);
        this.expectEnd();
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        this.skipToNext(mark);
      }
    }
    return declarations;
  }

  private expectEnd(): void {
    const { kind } = this.cursor.token;
    if (kind !== 'new-line' && kind !== 'end') this.cursor.fail('A declaration goes on behind its end.');
  }

  /** To the next line that begins with a keyword, in whatever brackets: an open one costs its own declaration alone. */
  private skipToNext(mark: number): void {
    const { cursor, tokens } = this;
    cursor.reset(mark);
    cursor.next();
    while (cursor.token.kind !== 'end') {
      const before = tokens[cursor.mark - 1];
      if (before?.kind === 'new-line' && this.beginsDeclaration(before)) return;
      cursor.next();
    }
  }

  /** Members of objects are indented and have a colon; declarations are neither. */
  private beginsDeclaration(lineEnd: BicepToken): boolean {
    const { token } = this.cursor;
    if (token.start !== lineEnd.end) return false;
    if (token.kind === 'sign') return token.value === '@';
    return token.kind === 'name' && keywords.has(token.value) && this.cursor.peek(1).value !== ':';
  }

  private declaration(): BicepDeclaration | undefined {
    const { cursor } = this;
    this.decorators();
    const { start, value, kind } = cursor.token;
    if (kind !== 'name') cursor.fail('A declaration is missing.');
    switch (value) {
      case 'targetScope': {
        cursor.next();
        cursor.take('=');
        return { kind: 'scope', value: this.expressions.expression(), start, end: cursor.end };
      }
      case 'param':
        return this.parameter(start);
      case 'var':
        return this.assignment('variable', start);
      case 'output':
        return this.assignment('output', start);
      case 'resource':
      case 'module':
        return this.resource();
      case 'func':
        return this.function(start);
      case 'import':
        return this.import(start);
      case 'type':
      case 'metadata':
      case 'assert':
      case 'test':
      case 'extension':
      case 'provider':
      case 'using':
      case 'extends':
      case 'extensionConfig':
        return this.other();
      default:
        return cursor.fail(`"${value}" begins no declaration.`);
    }
  }

  private decorators(): void {
    const { cursor } = this;
    while (cursor.takeIf('@')) {
      this.expressions.expression();
      cursor.skipLines();
    }
  }

  private name(): BicepToken {
    return this.cursor.takeKind('name', 'The name of a declaration');
  }

  private parameter(start: number): BicepDeclaration {
    const { cursor } = this;
    cursor.next();
    const nameAt = this.name();
    const isNullable = cursor.is('=') ? false : this.types.skip().isNullable;
    const value = cursor.takeIf('=') ? this.expressions.expression() : undefined;
    return { kind: 'parameter', name: nameAt.value, nameAt, isNullable, value, start, end: cursor.end };
  }

  private assignment(kind: 'variable' | 'output', start: number): BicepDeclaration {
    const { cursor } = this;
    cursor.next();
    const nameAt = this.name();
    if (!cursor.is('=')) this.types.skip();
    cursor.take('=');
    return { kind, name: nameAt.value, nameAt, value: this.expressions.expression(), start, end: cursor.end };
  }

  private resource(): BicepResource {
    const { cursor } = this;
    const { start, value } = cursor.next();
    const nameAt = this.name();
    const of = this.expressions.text();
    const isExisting = cursor.isName('existing');
    if (isExisting) cursor.next();
    cursor.take('=');
    cursor.skipLines();
    const kind = value === 'module' ? 'module' : 'resource';
    const body = this.expressions.bodyOf();
    return { kind, name: nameAt.value, nameAt, of, isExisting, value: body, start, end: cursor.end };
  }

  /** One that stands where the member of an object could. */
  private resourceInside(): BicepResource | undefined {
    const { cursor } = this;
    const { mark } = cursor;
    if (cursor.is('@')) this.decorators();
    if (cursor.isName('resource') && cursor.peek(1).kind === 'name') return this.resource();
    cursor.reset(mark);
    return undefined;
  }

  private function(start: number): BicepDeclaration {
    const { cursor } = this;
    cursor.next();
    const nameAt = this.name();
    const parameters: string[] = [];
    cursor.take('(');
    for (cursor.skipLines(); !cursor.is(')'); cursor.skipLines()) {
      if (parameters.length > 0) cursor.take(',');
      cursor.skipLines();
      parameters.push(this.name().value);
      this.types.skip();
    }
    cursor.next();
    this.types.skip();
    cursor.take('=>');
    cursor.skipLines();
    const body = this.expressions.expression();
    return { kind: 'function', name: nameAt.value, nameAt, parameters, body, start, end: cursor.end };
  }

  private import(start: number): BicepDeclaration | undefined {
    const { cursor } = this;
    cursor.next();
    const names: BicepImport['names'][number][] = [];
    if (cursor.takeIf('*')) names.push({ name: '*', as: this.alias('*') });
    else if (cursor.is('{')) names.push(...this.importedNames());
    // An extension, in the words of old.
    else return this.restOfLine();
    if (!cursor.isName('from')) cursor.fail('"from" is missing.');
    cursor.next();
    const from: BicepText = this.expressions.text();
    return { kind: 'import', names, from, start, end: cursor.end };
  }

  private *importedNames(): Generator<BicepImport['names'][number]> {
    const { cursor } = this;
    cursor.take('{');
    for (this.skipSeparators(); !cursor.is('}'); this.skipSeparators()) {
      const { kind, value } = cursor.token;
      if (kind !== 'name' && kind !== 'text') cursor.fail('A name is missing.');
      cursor.next();
      yield { name: value, as: this.alias(value) };
    }
    cursor.next();
  }

  private skipSeparators(): void {
    while (this.cursor.token.kind === 'new-line' || this.cursor.is(',')) this.cursor.next();
  }

  private alias(name: string): string {
    if (!this.cursor.isName('as')) return name;
    this.cursor.next();
    return this.name().value;
  }

  /** Declarations without values that roles are made of. */
  private other(): undefined {
    const { cursor } = this;
    const { value: keyword } = cursor.next();
    if (keyword === 'type') {
      this.name();
      cursor.take('=');
      this.types.skip();
      return;
    }
    return this.restOfLine();
  }

  /** Up to a line end that lies in no brackets. */
  private restOfLine(): undefined {
    const { cursor } = this;
    let depth = 0;
    while (cursor.token.kind !== 'end' && (depth > 0 || cursor.token.kind !== 'new-line')) {
      const { kind, value } = cursor.next();
      if (kind === 'text-left' || (kind === 'sign' && '{[('.includes(value))) depth++;
      else if (kind === 'text-right' || (kind === 'sign' && '}])'.includes(value))) depth--;
    }
    return undefined;
  }
}

const keywords: ReadonlySet<string> = new Set([
  ...['targetScope', 'param', 'var', 'output', 'resource', 'module', 'func', 'import', 'type', 'metadata'],
  ...['assert', 'test', 'extension', 'provider', 'using', 'extends', 'extensionConfig'],
]);
