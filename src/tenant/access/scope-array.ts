/**
 * Something for each of some scope nodes, by the number of the node. Filled up from the start: V8 keeps an array whose first
 * element has a high index as a hash table, and goes on doing so for long.
 */
export class ScopeArray<Value> {
  private readonly values: (Value | undefined)[] = [];

  get(number: number): Value | undefined {
    return this.values[number];
  }

  set(number: number, value: Value): void {
    while (this.values.length < number) this.values.push(undefined);
    this.values[number] = value;
  }

  clear(): void {
    this.values.length = 0;
  }
}
