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
  return template.replace(/\{([A-Za-z][A-Za-z0-9]*)\}/g, (placeholder, name: string) => {
    if (Object.hasOwn(evidence, name)) return shown(evidence[name]!);
    return Object.hasOwn(own, name) ? cut(own[name]!) : placeholder;
  });
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
