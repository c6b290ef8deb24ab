import type { ValueSet } from './admitted-values.js';

/** What the values of an attribute are called: `role`, `roles`. */
export interface Noun {
  readonly one: string;
  readonly many: string;
}

/** A set of values in plain words: `only the roles Reader, Backup Reader`, `every role but Owner`, `any role`. */
export function describeAdmitted(
  { kind, values }: ValueSet,
  noun: Noun,
  nameOf: (value: string) => string,
): string {
  const names = values.map(nameOf).join(', ');
  if (kind === 'all-but') return values.length === 0 ? `any ${noun.one}` : `every ${noun.one} but ${names}`;
  if (values.length === 0) return `no ${noun.one}`;
  return `only the ${values.length === 1 ? noun.one : noun.many} ${names}`;
}
