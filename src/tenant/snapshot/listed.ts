/** The first of them, and how many more there are. */
export function listed(ids: Iterable<string>): string {
  const all = [...ids];
  const more = all.length - maxListed;
  const shown = all.slice(0, maxListed).join(', ');
  return more > 0 ? `${shown} and ${more.toLocaleString('en-US')} more` : shown;
}

/** `1 group`, `1,200 groups`. */
export function amount(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}

const maxListed = 5;
