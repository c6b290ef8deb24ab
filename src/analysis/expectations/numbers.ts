/** Numbers for objects, so that a combination of them can be the key of a map. */
export class Numbers {
  private readonly known = new WeakMap<object, number>();
  private next = 0;

  of(object: object): number {
    let number = this.known.get(object);
    if (number === undefined) this.known.set(object, (number = this.next++));
    return number;
  }
}
