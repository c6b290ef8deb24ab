import { slashed } from '../input/slashed-path.js';

/**
 * Makes untrusted text harmless for a format: role names, paths and document text come from strangers.
 * Every reporter passes such text through one of these functions, and nothing else escapes anything.
 */

/**
 * One line for a terminal or a CI log. What cannot be seen, or changes how the rest is seen (control characters,
 * terminal escapes, line breaks, bidirectional overrides, zero-width characters, lone surrogates), and what is no character
 * for good, becomes `\u{1b}`; a CI command (`::error::`, `##vso[…]`, `##[…]`, `##teamcity[…]`) is broken up so that the log's
 * reader does not obey it.
 */
export function visible(text: string): string {
  return visibleAs(text, codePointNotation);
}

function visibleAs(text: string, notation: (character: string) => string): string {
  // Most text is plain, and the expressions that search the rest take milliseconds to compile.
  if (plain.test(text)) return text;
  return text
    .replaceAll('\n', notation('\n'))
    .replace(unseen, notation)
    .replace(bracketCommand, () => `#${notation('#')}`)
    .replace(colonCommand, (_, blanks: string) => `${blanks}${notation(':')}`)
    .replace(groupCommand, notation);
}

/**
 * The beginning of a long text, in UTF-16 code units; not escaped. Nobody reads a name of a megabyte, and CI systems
 * refuse it. The JSON report alone has everything in full.
 */
export function shorten(text: string, limit = 2000): string {
  return text.length <= limit ? text : `${text.slice(0, limit).replace(cutSurrogate, '')}…`;
}

/**
 * A line for standard error of no more than some thousand characters: whatever a file's author wrote may stand in it. Its end
 * stays, since that is where a sentence says what is wrong.
 */
export function shortenLine(line: string): string {
  if (line.length <= longestLine) return line;
  const half = longestLine / 2;
  return `${shorten(line, half)}${line.slice(-half).replace(cutSurrogateEnd, '')}`;
}

const longestLine = 4_000;

/** Finished JSON text: the same value, with invisible characters and CI commands in its strings written as `\uXXXX`. */
export function escapeJsonText(json: string): string {
  const seen = /^[\n -~]*$/.test(json) ? json : json.replace(unseen, jsonNotation);
  return seen.replace(bracketCommand, '#\\u0023');
}

/** Text or an attribute value of XML 1.0. */
export function escapeXml(text: string): string {
  return visible(text).replace(/[&<>"']/g, special => `&#${special.charCodeAt(0)};`);
}

/** The message of a GitHub workflow command. */
export function escapeGithubMessage(text: string): string {
  return visible(text).replaceAll('%', '%25');
}

/** A property of a GitHub workflow command. */
export function escapeGithubProperty(text: string): string {
  return escapeGithubMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** The message of an Azure Pipelines logging command. */
export function escapeAzureMessage(text: string): string {
  return visible(text).replaceAll('%', '%AZP25');
}

/** A property of an Azure Pipelines logging command. */
export function escapeAzureProperty(text: string): string {
  return escapeAzureMessage(text).replaceAll(';', '%3B').replaceAll(']', '%5D');
}

/**
 * Text of one line or table cell of GitHub-flavoured Markdown: no markup, no HTML, no links, mentions or
 * issue references. Empty comments split what GitHub would link by itself.
 */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/[\\`*_[\]|~!]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/:(?=\/\/)|[@#]|www(?=\.)/gi, '$&<!-- -->')
    .replaceAll('$', '<span>$</span>');
}

/** A Markdown code span that may stand in a table cell. */
export function markdownCode(text: string): string {
  return `\`${visible(text).replace(/[`|<]/g, codePointNotation)}\``;
}

/** As {@link escapeMarkdown}, for sentences of a rule: between backticks `code` may stand. */
export function escapeProse(text: string): string {
  const parts = text.split(/(`[^`]*`)/);
  return parts
    .map((part, i) => (i % 2 === 0 ? escapeMarkdown(part) : markdownCode(part.slice(1, -1))))
    .join('');
}

/**
 * The plain text of a SARIF message, where `[text](target)` would be a link. Characters that cannot be seen become `\u001b`,
 * without braces, for those double.
 */
export function escapeSarifMessage(text: string): string {
  return visibleAs(doubleBraces(text), jsonNotation).replaceAll('](', `]${jsonNotation('(')}`);
}

/**
 * A SARIF message, in text or Markdown, without placeholders: `{0}` would be one, so braces are written twice
 * (https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html#_Toc34317466).
 */
export function doubleBraces(text: string): string {
  return text.replace(/[{}]/g, '$&$&');
}

/** A relative file path as a URI reference: forward slashes, everything else percent-encoded. */
export function toUriReference(file: string): string {
  return slashed(file)
    .replace(/\p{Cs}/gu, '\u{fffd}')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}

// Neither a command nor anything else that is escaped; a quick look at most texts.
const plain = /^(?!(?:---|\+\+\+|~~~|\^\^\^) )[ -"$-9;-~]*$/;

// Controls, formats (bidirectional, zero-width, tags), lone surrogates, separators, look-alikes of the blank, and
// what XML and interchange forbid. Not the line feed, which lays out JSON: its millions are no business of a callback.
const unseen =
  /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u00a0\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200a\u202f\u205f\u3164\uffa0]/gu;

// Azure Pipelines and TeamCity, and GitHub for `##[`, look for these anywhere in a line.
const bracketCommand = /##(?=(?:vso|teamcity)?\[)/gi;

// GitHub trims a line before it looks.
const colonCommand = /^(\s*):(?=:)/;

// Buildkite folds what follows such a line, and unfolds what came before `^^^ +++`.
const groupCommand = /^(?:-(?=-- )|\+(?=\+\+ )|~(?=~~ )|\^(?=\^\^ ))/;

const cutSurrogate = /[\ud800-\udbff]$/;

const cutSurrogateEnd = /^[\udc00-\udfff]/;

function codePointNotation(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

function jsonNotation(character: string): string {
  return Array.from({ length: character.length }, (_, at) => {
    return `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }).join('');
}
