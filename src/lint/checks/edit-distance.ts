/**
 * How many letters must be changed, dropped, added or swapped with their neighbour to make one text of the other
 * (optimal string alignment); `most + 1` where it is more than `most`, which is to be small: each
 * edit more is four times the steps. Both count as written: fold case before.
 */
export function editDistance(a: string, b: string, most: number): number {
  return Math.abs(a.length - b.length) > most ? most + 1 : distanceFrom({ a, b }, 0, 0, most);
}

interface Texts {
  readonly a: string;
  readonly b: string;
}

/** The distance between what is left of both, from `i` and `j`. Letters that agree are never worth an edit; at the first that do not, each edit is tried. */
function distanceFrom(texts: Texts, i: number, j: number, most: number): number {
  const { a, b } = texts;
  while (i < a.length && j < b.length && a.charCodeAt(i) === b.charCodeAt(j)) {
    i++;
    j++;
  }
  const [restA, restB] = [a.length - i, b.length - j];
  if (restA === 0 || restB === 0) return Math.min(restA + restB, most + 1);
  if (Math.abs(restA - restB) > most || most === 0) return most + 1;
  const [nextI, nextJ, left] = [i + 1, j + 1, most - 1];
  let least = distanceFrom(texts, nextI, nextJ, left);
  least = Math.min(least, distanceFrom(texts, nextI, j, left), distanceFrom(texts, i, nextJ, left));
  if (isSwapped(a, i, b, j)) least = Math.min(least, distanceFrom(texts, i + 2, j + 2, left));
  return Math.min(least + 1, most + 1);
}

function isSwapped(a: string, i: number, b: string, j: number): boolean {
  return a.charCodeAt(i) === b.charCodeAt(j + 1) && a.charCodeAt(i + 1) === b.charCodeAt(j);
}

/**
 * A bit per letter, set where the text holds it an odd number of times (letters share the 32 bits). An edit flips at most
 * two of them, so that texts whose bits differ in more than `2 * most` are more than `most` edits apart. To compare two
 * of these is a hundred times cheaper than to count edits, and rules out nearly everything.
 */
export function letterParity(text: string): number {
  let bits = 0;
  for (let i = 0; i < text.length; i++) bits ^= 1 << (text.charCodeAt(i) & 31);
  return bits;
}

/** Whether texts of those parities may be at most `most` edits apart. */
export function mayBeNear(a: number, b: number, most: number): boolean {
  let differing = a ^ b;
  let left = 2 * most;
  while (differing !== 0 && left >= 0) {
    differing &= differing - 1;
    left--;
  }
  return left >= 0;
}
