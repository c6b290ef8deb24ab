import type { Value } from './expression.js';
import { attributeFrom, literalFrom } from './literals.js';
import { nameOf, type TokenCursor } from './token-cursor.js';
import type { Token } from './tokens.js';

/** Reads one side of a comparison. Undefined where no value stands: nothing is read then. */
export function readValue(cursor: TokenCursor): Value | undefined {
  const { token } = cursor;
  switch (token.kind) {
    case 'attribute':
      return attributeFrom(cursor.advance());
    case 'string':
      cursor.advance();
      return { kind: 'string', value: token.text, start: token.start, end: token.end };
    case 'word':
      cursor.advance();
      return cursor.token.kind === '(' ? readCall(cursor, token) : literalFrom(token);
    case '{':
    case '[':
      return readSet(cursor, token.kind);
    default:
      return undefined;
  }
}

/** Reads from an opening bracket to the closing one. What is in between and no item is reported and left out. */
export function readItems<Item>(
  cursor: TokenCursor,
  closing: '}' | ']' | ')',
  readItem: () => Item | undefined,
): readonly Item[] {
  const opening = cursor.advance();
  const items: Item[] = [];
  let afterComma = false;
  while (cursor.token.kind !== closing) {
    const { token } = cursor;
    if (endsTheSet(token)) {
      cursor.problem('set-not-closed', `A "${opening.text}" is not closed.`, opening);
      return items;
    }
    if (token.kind === ',') {
      cursor.problem('set-item-missing', 'A value is missing before the comma.', cursor.advance());
      continue;
    }
    if (items.length > 0 && !afterComma)
      cursor.problem('comma-missing', `A comma is missing before ${nameOf(token)}.`, token);
    const item = readItem();
    if (item === undefined) {
      if (cursor.token === token) cursor.skipUnexpected();
    } else items.push(item);
    afterComma = cursor.accept(',');
  }
  const last = cursor.advance();
  if (afterComma) cursor.problem('set-item-missing', 'A value is missing behind the last comma.', last);
  return items;
}

/** What cannot stand in a set, so that its closing bracket was most likely forgotten. */
function endsTheSet({ kind }: Token): boolean {
  return kind === 'end' || kind === 'and' || kind === 'or' || kind === ')' || kind === '}' || kind === ']';
}

function readSet(cursor: TokenCursor, opening: '{' | '['): Value {
  const { start } = cursor.token;
  const items = readItems(cursor, opening === '{' ? '}' : ']', () => readSetItem(cursor));
  return {
    kind: 'set',
    brackets: opening === '{' ? 'braces' : 'square',
    items,
    start,
    end: cursor.lastEnd,
  };
}

/** Inner braces are taken away: their values are kept as the outer set's. */
function readSetItem(cursor: TokenCursor): Value | undefined {
  while (cursor.token.kind === '{' || cursor.token.kind === '[')
    cursor.problem('set-nested', 'A set holds values, not sets.', cursor.advance());
  return readValue(cursor);
}

function readCall(cursor: TokenCursor, name: Token): Value {
  const items = cursor.deeper(1, name, () => readItems(cursor, ')', () => readValue(cursor)));
  if (items === undefined) return literalFrom(name);
  return { kind: 'call', name: name.text, arguments: items, start: name.start, end: cursor.lastEnd };
}
