import type { BicepCursor } from './bicep-cursor.js';
import type { ExpressionParser } from './parse-expressions.js';

/** Reads types, of which no more is kept than whether null is one. */
export class TypeSkipper {
  constructor(
    private readonly cursor: BicepCursor,
    private readonly expressions: ExpressionParser,
  ) {}

  skip(): { readonly isNullable: boolean } {
    return this.cursor.nested(() => {
      const { cursor } = this;
      cursor.skipLinesTo('|') && cursor.next();
      cursor.skipLines();
      let isNullable = this.single();
      while (cursor.skipLinesTo('|')) {
        cursor.next();
        cursor.skipLines();
        isNullable = this.single() || isNullable;
      }
      return { isNullable };
    });
  }

  private single(): boolean {
    const { cursor } = this;
    let isNullable = this.primary();
    for (;;) {
      if (cursor.is('[')) this.brackets();
      else if (cursor.takeIf('?')) isNullable = true;
      else if (cursor.takeIf('!')) isNullable = false;
      else if (cursor.takeIf('.')) this.memberType();
      else return isNullable;
    }
  }

  /** `.name`, `.*` */
  private memberType(): void {
    const { kind, value } = this.cursor.token;
    if (kind === 'name') this.named(value);
    else this.cursor.next();
  }

  /** `[]`, `[0]`, `[*]` */
  private brackets(): void {
    const { cursor } = this;
    cursor.next();
    if (!cursor.is(']')) cursor.next();
    cursor.take(']');
  }

  private primary(): boolean {
    const { cursor } = this;
    const { kind, value } = cursor.token;
    switch (kind) {
      case 'text':
      case 'text-left':
        this.expressions.text();
        return false;
      case 'number':
        cursor.next();
        return false;
      case 'name':
        return this.named(value);
      case 'sign':
        return this.bracketed(value);
      default:
        return cursor.fail('A type is missing.');
    }
  }

  private named(name: string): boolean {
    const { cursor } = this;
    cursor.next();
    if (name === 'resource' && cursor.token.kind === 'text') cursor.next();
    else if (cursor.is('<')) {
      cursor.next();
      for (cursor.skipLines(); !cursor.is('>'); cursor.skipLines()) {
        this.skip();
        cursor.skipLines();
        if (!cursor.is('>')) cursor.take(',');
      }
      cursor.next();
    }
    return name === 'null';
  }

  private bracketed(sign: string): boolean {
    const { cursor } = this;
    switch (sign) {
      case '-':
      case '+':
      case '!':
        cursor.next();
        return this.primary();
      case '(': {
        cursor.next();
        cursor.skipLines();
        const { isNullable } = this.skip();
        cursor.skipLines();
        cursor.take(')');
        return isNullable;
      }
      case '{':
        this.members('}');
        return false;
      case '[':
        this.members(']');
        return false;
      default:
        return cursor.fail('A type is missing.');
    }
  }

  /** Properties of an object, or the items of a tuple. */
  private members(close: '}' | ']'): void {
    const { cursor } = this;
    cursor.next();
    for (this.skipSeparators(); !cursor.is(close); this.skipSeparators()) {
      while (cursor.takeIf('@')) {
        this.expressions.expression();
        cursor.skipLines();
      }
      if (close === '}') this.propertyName();
      this.skip();
      const { kind } = cursor.token;
      if (kind !== 'new-line' && !cursor.is(',') && !cursor.is(close)) cursor.fail(`"${close}" is missing.`);
    }
    cursor.next();
  }

  private propertyName(): void {
    const { cursor } = this;
    if (!cursor.takeIf('*')) {
      if (cursor.token.kind === 'name') cursor.next();
      else this.expressions.text();
    }
    cursor.skipLines();
    cursor.take(':');
  }

  private skipSeparators(): void {
    while (this.cursor.token.kind === 'new-line' || this.cursor.is(',')) this.cursor.next();
  }
}
