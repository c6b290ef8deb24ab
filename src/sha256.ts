/**
 * The first 16 hexadecimal digits of a SHA-256. `node:crypto` is loaded when the first one is asked for: that takes
 * milliseconds, and most runs of a commit hook find nothing to name.
 */
export function shortSha256(text: string): string {
  return process.getBuiltinModule('node:crypto').hash('sha256', text, 'hex').slice(0, 16);
}
