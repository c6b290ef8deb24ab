import { isOwn, type Rule } from '../lint/engine/rule.js';

/** Where the project lives on the web. The one place to change if it moves. */
export const projectUri = 'https://github.com/azrbac/azrbac';

/** The page that explains a rule: ours, or the first reference of a rule that a user wrote. Safe in a Markdown link. */
export function helpUriOf(rule: Rule): string {
  if (!isOwn(rule)) return `${projectUri}/blob/main/docs/rules/${encodeURIComponent(rule.id)}.md`;
  return linksOf(rule.references)[0] ?? projectUri;
}

/** Addresses of the references that are pages on the web. Safe in a Markdown link. */
export function linksOf(references: Rule['references']): string[] {
  const pages = references.filter(text => /^https:\/\//i.test(text) && URL.canParse(text));
  return pages.map(text => linkTarget(new URL(text).href));
}

/** What ends a link or a table cell in Markdown, or begins a CI command (`##[`), percent-encoded. */
function linkTarget(href: string): string {
  return href.replace(
    /[()|<>{}\\`]|(?<=#)#/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
