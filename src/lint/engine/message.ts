import type { Evidence } from '../checks/match.js';

/** Longer lists are cut in messages; the evidence keeps them whole. */
const maxListed = 20;
/** Longer values are cut in messages: people paste whole files into a string. */
const longestValue = 400;

/**
 * Fills `{name}` with the values of that name; `{word}` without a value stays as it is. Values are not filled again.
 */
export function fillMessage(
  template: string,
  evidence: Evidence,
  own: Readonly<Record<string, string>>,
): string {
  return template.replace(
    /("?)\{([A-Za-z][A-Za-z0-9]*)\}("?)/g,
    (placeholder, before, name: string, behind) => {
      const isQuoted = before !== '' && behind !== '';
      const source = [evidence, own].find(values => Object.hasOwn(values, name));
      if (source === undefined) return placeholder;
      const value = source[name]!;
      // Of several values in quotes, each has its own.
      if (isQuoted && Array.isArray(value)) return shown(value.map(item => `"${cut(item)}"`));
      return `${before}${shown(value)}${behind}`;
    },
  );
}

function shown(value: Evidence[string]): string {
  if (typeof value === 'string') return cut(value);
  if (typeof value === 'number') return String(value);
  const listed = value.slice(0, maxListed).map(cut).join(', ');
  return value.length > maxListed ? `${listed} and ${value.length - maxListed} more` : listed;
}

function cut(text: string): string {
  if (text.length <= longestValue) return text;
  // Never half of a surrogate pair.
  return `${text.slice(0, longestValue).replace(/[\ud800-\udbff]$/, '')}…`;
}
