/** A scope as it stands in a message, made into one that a role can be assigned at. */
export function cleanScope(candidate: string): string {
  const text = candidate
    .replace(/\s*\n\s*/g, '')
    .trim()
    .replace(/[.,;:]+$/, '');
  // A call that lists names the group or subscription and the namespace: the namespace is no place of its own.
  return text.replace(/(?<=.)\/providers\/[a-z0-9]+(?:\.[a-z0-9]+)+\/?$/i, '');
}

/** The first scope in quotes in which a blank stands beside a slash: a name that ends or begins with one. */
export function blankInScope(text: string): string | null {
  for (const [, scope = ''] of text.matchAll(quotedScope)) {
    if (/[^\n] \/|\/ [^\n]/.test(scope)) return scope.replaceAll('\n', '');
  }
  return null;
}

const quotedScope = /['"`](\/subscriptions\/[^'"`,]{1,1900})['"`]/gi;
