import { isOwn, type Rule } from '../lint/rule.js';

/** Where the project lives on the web. The one place to change if it moves. */
export const projectUri = 'https://github.com/azrbac/azrbac';

/** The page that explains a rule: ours, or the first reference of a rule that a user wrote. Safe in a Markdown link. */
export function helpUriOf(rule: Rule): string {
  const { id, references } = rule;
  if (!isOwn(rule)) return `${projectUri}/blob/main/docs/rules/${encodeURIComponent(id)}.md`;
  const reference = references.find(text => /^https?:\/\//i.test(text) && URL.canParse(text));
  return reference === undefined ? projectUri : linkTarget(new URL(reference).href);
}

/** What ends a link or a table cell in Markdown, percent-encoded. */
function linkTarget(href: string): string {
  return href.replace(/[()|<>\\`]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
