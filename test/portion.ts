// Random and exhaustive tests are long: `npm test` runs a part of each, the same in every run, and `npm run fuzz` the whole.

/** Whether tests run whole. */
export const isFullRun = process.env['AZRBAC_FUZZ_SECONDS'] !== undefined;

/** How much of a test runs. */
export interface Portions {
  readonly whole: number;
  /** Still enough for `npm test` to see what the test is for. */
  readonly part: number;
}

/** As much of a test as is run this time. */
export function portion({ whole, part }: Portions): number {
  return isFullRun ? whole : part;
}

/** What fast-check is told: how many runs, and in `npm test` which. */
export function runs(portions: Portions): { readonly numRuns: number; readonly seed?: number } {
  const numRuns = portion(portions);
  return isFullRun ? { numRuns } : { numRuns, seed: 20_261_130 };
}

/** One in `of` rows of a table that are alike, counted from `from`; all of them in `npm run fuzz`. */
export function someOf<Row>(
  rows: readonly Row[],
  { of, from = 0 }: { readonly of: number; readonly from?: number },
): readonly Row[] {
  return isFullRun ? rows : rows.filter((_, at) => at % of === from);
}
