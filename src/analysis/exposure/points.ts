/** Twentieths as points with one decimal: weights are even, so nothing is rounded. */
export function toPoints(twentieths: number): number {
  return Math.round(twentieths / 2) / 10;
}
