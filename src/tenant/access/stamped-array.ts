/**
 * A number noted at each of some scope nodes, by the number of the node, and forgotten all at once. For what is worked out
 * again for each of many principals: a map of its own for each would be thrown away.
 */
export class StampedArray {
  private stamps = new Uint32Array(1_024);
  private values = new Uint32Array(1_024);
  private stamp = 0;

  /** @returns what the notes are known by until they are cleared again. */
  clear(): number {
    return ++this.stamp;
  }

  /** Whether nobody has cleared them since. */
  isCurrent(stamp: number): boolean {
    return stamp === this.stamp;
  }

  /** Undefined where nothing is noted. */
  get(place: number): number | undefined {
    return this.stamps[place] === this.stamp ? this.values[place] : undefined;
  }

  set(place: number, value: number): void {
    if (place >= this.stamps.length) this.grow(place);
    this.stamps[place] = this.stamp;
    this.values[place] = value;
  }

  private grow(place: number): void {
    const size = Math.max(place + 1, this.stamps.length * 2);
    const [stamps, values] = [new Uint32Array(size), new Uint32Array(size)];
    stamps.set(this.stamps);
    values.set(this.values);
    this.stamps = stamps;
    this.values = values;
  }
}
