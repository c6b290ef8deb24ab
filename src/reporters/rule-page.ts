import type { Rule } from '../lint/rule.js';

/** Where the project lives on the web. The one place to change if it moves. */
export const projectUri = 'https://github.com/azrbac/azrbac';

/** The page that explains a rule. */
export function helpUriOf(rule: Rule): string {
  return `${projectUri}/blob/main/docs/rules/${encodeURIComponent(rule.id)}.md`;
}
