/** `1 file`, `2 files`, `3 identities`. */
export function count(number: number, noun: string): string {
  return `${number} ${number === 1 ? noun : pluralOf(noun)}`;
}

/** `1 group`, `1,200 groups`: for what tenants hold by the thousand. */
export function largeCount(number: number, noun: string): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? noun : pluralOf(noun)}`;
}

function pluralOf(noun: string): string {
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}
