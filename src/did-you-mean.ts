import { closest, distance } from 'fastest-levenshtein';

/** The known word that a mistyped one most likely stands for, if any is near enough to be worth saying. Ignores case. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0 || word.length > longestWord) return undefined;
  const wanted = word.toLowerCase();
  const byLowerCase = new Map(known.map(name => [name.toLowerCase(), name]));
  const swapped = neighboursSwapped(wanted).find(candidate => byLowerCase.has(candidate));
  if (swapped !== undefined) return byLowerCase.get(swapped);
  const nearest = closest(wanted, [...byLowerCase.keys()]);
  return distance(wanted, nearest) <= Math.max(1, Math.floor(wanted.length / 3))
    ? byLowerCase.get(nearest)
    : undefined;
}

/** The hint for a mistyped word: what was probably meant, else what there is. */
export function didYouMean(word: string, known: readonly string[]): string {
  const nearest = nearestWord(word, known);
  return nearest === undefined ? `There is: ${known.join(', ')}.` : `Did you mean "${nearest}"?`;
}

/** The commonest slip of all counts as two in the distance, which is too many for a short word. */
function neighboursSwapped(word: string): string[] {
  return Array.from(
    { length: Math.max(0, word.length - 1) },
    (_, i) => word.slice(0, i) + word[i + 1]! + word[i]! + word.slice(i + 2),
  );
}

/** Nobody mistypes more than that, and distances cost the product of the lengths. */
const longestWord = 200;
