// What the characters of HCL are to its tokens, by UTF-16 code unit.

export const lineFeed = 0x0a;
export const carriageReturn = 0x0d;
export const quote = 0x22;
export const percent = 0x25;
export const openBrace = 0x7b;
export const backslash = 0x5c;

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Blanks between tokens: no other whitespace is any. */
export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

export function beginsIdentifier(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0x80) return asciiStart(code);
  return start.test(String.fromCodePoint(text.codePointAt(at) ?? 0));
}

/** Where the identifier that begins there ends. */
export function endOfIdentifier(text: string, from: number, limit: number): number {
  let at = from;
  while (at < limit) {
    const code = text.charCodeAt(at);
    if (code < 0x80) {
      if (!asciiStart(code) && !isDigit(code) && code !== 0x2d) break;
      at++;
    } else {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
      if (!part.test(character)) break;
      at += character.length;
    }
  }
  return at;
}

function asciiStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f;
}

const start = /^\p{ID_Start}$/u;
const part = /^\p{ID_Continue}$/u;
