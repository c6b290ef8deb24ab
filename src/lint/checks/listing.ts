/** For messages: `A`, `A and B`, `A, B and 7 more`. The evidence keeps them all. */
export function listing(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length === 2) return `${names[0]} and ${names[1]}`;
  return `${names.slice(0, maxNamed).join(', ')} and ${names.length - maxNamed} more`;
}

const maxNamed = 2;
