/** What the characters of a string mean; `fault` is where the first escape stands that means nothing. */
export function unescapedText(raw: string): { readonly value: string; readonly fault: number | undefined } {
  let fault: number | undefined;
  const value = raw.replaceAll(escape, (found, code: string | undefined, at: number) => {
    if (code !== undefined) return characterOf(code) ?? found;
    const known = characters[found[1]!];
    if (known === undefined) fault ??= at;
    return known ?? found;
  });
  return { value, fault };
}

const escape = /\\u\{([0-9a-fA-F]{1,6})\}|\\[\s\S]?/g;

const characters: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  n: '\n',
  r: '\r',
  t: '\t',
  $: '$',
};

function characterOf(code: string): string | undefined {
  const point = Number.parseInt(code, 16);
  return point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
}
