import { foldCase } from '../../rbac/permissions/action-pattern.js';

/**
 * Operations as they read below a string that is shown: `…/listkeys/action`, without the resource types that the string names
 * already. Two segments at least stay.
 */
export function shortName(operation: string, shown: string): string {
  const segments = operation.split('/');
  const known = foldCase(shown.split('*', 1)[0]!).split('/');
  let same = 0;
  while (same < segments.length - 2 && same < known.length && foldCase(segments[same]!) === known[same])
    same += 1;
  return same < fewestLeftOut ? operation : `…/${segments.slice(same).join('/')}`;
}

/** A provider alone is worth its letters. */
const fewestLeftOut = 2;

/** The same for each operation in a sentence. */
export function withShortNames(sentence: string, shown: string): string {
  return sentence
    .split(/([\s",;:()]+)/)
    .map(word => (word.includes('/') ? shortName(word, shown) : word))
    .join('');
}
