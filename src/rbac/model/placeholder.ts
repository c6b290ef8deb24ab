/**
 * The first placeholder that a template engine or a person was to replace, undefined where there is none: `${x}`,
 * `{{x}}`, `#{x}#`, `<x>`, `{x}`, `__X__`, and a whole string that is an ARM expression, `[x]`.
 */
export function placeholderIn(text: string): string | undefined {
  if (text.startsWith('[') && text.endsWith(']') && text.length > 2) return text;
  if (!mayHoldPlaceholder.test(text)) return undefined;
  return placeholder.exec(text)?.[0];
}

const mayHoldPlaceholder = /[{<]|__/;

// The names are bounded, so that a string of opening brackets costs no more than its length.
const placeholder =
  /\$\{[^{}]{1,200}\}|\{\{[^{}]{1,200}\}\}|#\{[^{}]{1,200}\}#?|<[\w][\w .:/-]{0,199}>|\{[A-Za-z_][\w .-]{0,199}\}|__[A-Z][A-Z0-9_]{0,99}__/;
