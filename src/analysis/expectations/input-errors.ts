import { UserError } from '../../errors.js';

/** Collects what is wrong with a file, so that one mistake hides neither the others nor what is right. */
export class InputErrors {
  private readonly found: UserError[] = [];

  get list(): readonly UserError[] {
    return this.found;
  }

  get count(): number {
    return this.found.length;
  }

  add(inputError: UserError): void {
    this.found.push(inputError);
  }

  /** What the function returns; undefined where it throws a mistake. */
  attempt<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.add(error);
      return undefined;
    }
  }
}
