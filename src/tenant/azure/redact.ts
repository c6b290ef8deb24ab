/**
 * A text from elsewhere, fit for messages: on one line, not long, and without what could be a secret. Access tokens,
 * keys, signatures of shared access and passwords are taken out by their looks.
 */
export function redact(text: string): string {
  let plain = withoutTokens(text.replaceAll(/\s+/g, ' ').trim());
  for (const [pattern, instead] of secrets) plain = plain.replace(pattern, instead);
  return plain.length <= longest ? plain : `${plain.slice(0, longest)}…`;
}

const longest = 400;

/** None of them looks at a character more than a few times, whatever the text. */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 [removed]'],
  [
    /\b(client_secret|client_assertion|refresh_token|access_token|password|accountkey|sharedaccesskey|sharedaccesssignature|sig)("?\s*[=:]\s*"?)[^\s"&;,]+/gi,
    '$1$2[removed]',
  ],
  // A key of a storage account: 64 bytes in base64.
  [/(?<![\w+/])[\w+/]{80,}={0,2}/g, '[removed]'],
];

/**
 * Two or three words of base64url with dots between, the first beginning with `eyJ`. Word by word: a regular expression
 * for the whole would look for the dot again from every `eyJ` in a word.
 */
function withoutTokens(text: string): string {
  const words = /[\w-]+/g;
  let plain = '';
  let done = 0;
  for (let word = words.exec(text); word !== null; word = words.exec(text)) {
    const dot = words.lastIndex;
    const start = beginningIn(word[0]);
    if (start === undefined || text[dot] !== '.') continue;
    const second = wordAt(text, dot + 1);
    if (second === '') continue;
    const secondDot = dot + 1 + second.length;
    const end = text[secondDot] === '.' ? secondDot + 1 + wordAt(text, secondDot + 1).length : secondDot;
    plain += `${text.slice(done, word.index + start)}[token]`;
    done = end;
    words.lastIndex = end;
  }
  return plain + text.slice(done);
}

/** Where a token begins in a word: at its start or behind a hyphen, with some characters to follow. */
function beginningIn(word: string): number | undefined {
  for (let at = word.indexOf('eyJ'); at >= 0; at = word.indexOf('eyJ', at + 1))
    if (at === 0 || word[at - 1] === '-') return at + fewest <= word.length ? at : undefined;
  return undefined;
}

const fewest = 'eyJ'.length + 5;

function wordAt(text: string, start: number): string {
  const word = /[\w-]*/y;
  word.lastIndex = start;
  return word.exec(text)![0];
}
