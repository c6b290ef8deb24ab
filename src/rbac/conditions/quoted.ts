/** A piece of a condition as sentences quote it: in double quotes, and cut where it is long. */
export function brief(text: string): string {
  return text.length > longest ? `"${text.slice(0, longest)}…"` : `"${text}"`;
}

const longest = 60;
