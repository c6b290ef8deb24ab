/**
 * The strings of a role that Azure says it refused, in a message such as `'X' does not match any of the actions
 * supported by the providers`: operations where the text has such, else what stands in quotes and has a slash.
 */
export function rejectedActionIn(nearby: string, operations: readonly string[]): string[] {
  if (operations.length > 0) return operations.slice(0, most);
  const quoted = Array.from(nearby.matchAll(/['"`]([^'"`\s]{3,300})['"`]/g), ([, text = '']) => text);
  const actions = quoted.filter(text => text.includes('/') && !text.startsWith('/') && !text.includes('://'));
  return [...new Set(actions)].slice(0, most);
}

const most = 10;
