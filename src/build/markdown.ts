import { escapeJsonText } from '../text/escape.js';

/** A value as a fenced block. */
export function jsonBlock(value: unknown): string {
  return fenced('json', escapeJsonText(JSON.stringify(value, null, 2)));
}

/** A fenced block. The fence is longer than any run of backticks within. */
export function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
