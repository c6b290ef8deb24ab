/**
 * How many values the documents of a run may hold together: their trees are kept until its end. A file of nothing but
 * brackets makes a hundred times its size of them, and a folder may hold many.
 */
export class ValueRoom {
  private taken = 0;

  /** @returns false where there is no room for another value. */
  take(): boolean {
    if (this.taken >= maxValues) return false;
    this.taken++;
    return true;
  }

  /** What the function takes is given back where it says that nothing of it is kept. */
  async keepIf<Result>(read: () => Promise<Result>, isKept: (result: Result) => boolean): Promise<Result> {
    const before = this.taken;
    const result = await read();
    if (!isKept(result)) this.taken = before;
    return result;
  }
}

/** Values and comments; about half a gigabyte. */
export const maxValues = 5_000_000;
