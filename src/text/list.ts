/** The first five, and how many more there are. */
export function firstFive(ids: Iterable<string>): string {
  const all = [...ids];
  const more = all.length - 5;
  const shown = all.slice(0, 5).join(', ');
  return more > 0 ? `${shown} and ${more.toLocaleString('en-US')} more` : shown;
}

/** For messages: `A`, `A and B`, `A, B and 7 more`. The evidence keeps them all. */
export function firstTwo(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length === 2) return `${names[0]} and ${names[1]}`;
  return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}
