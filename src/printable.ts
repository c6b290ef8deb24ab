/**
 * Text of unknown origin made safe for a terminal or a log: control characters, invisible and direction-changing
 * characters and lone surrogates are written as `\uXXXX`. Line breaks count as control characters.
 */
export function printable(text: string): string {
  return text.replace(unprintable, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Keeps line breaks and tabs. For text that is ours but for the values in it. */
export function printableLines(text: string): string {
  return text.replace(/[^\n\t]+/g, printable);
}

const unprintable =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
