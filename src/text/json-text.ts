import { escapeJsonText } from './escape.js';

/** JSON as all commands write it: indented by two blanks, safe in a terminal and in a CI log. */
export function jsonText(value: unknown): string {
  return `${escapeJsonText(JSON.stringify(value, undefined, 2))}\n`;
}
