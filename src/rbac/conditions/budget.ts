/** How much work an answer may take. Conditions from strangers may be any size; what is not decided in time is unknown. */
export class Budget {
  constructor(private left: number) {}

  /** Whether there was enough left for it. */
  take(steps: number): boolean {
    this.left -= steps;
    return this.left >= 0;
  }
}

/** Some tenths of a second. A condition of 8 KB takes a thousandth of it. */
export const usualSteps = 5_000_000;
