import { UserError } from '../../errors.js';

/** A file of which nothing can be used. Alone it is an error; among others it is a notice, and they are read. */
export class UnusableFile extends UserError {
  constructor(
    readonly file: string,
    message: string,
    options: {
      readonly hint?: string;
      readonly cause?: unknown;
      /** Whether it is damaged, and role assignments stood in it. */
      readonly isLoss?: boolean;
    } = {},
  ) {
    super(message, options);
    this.isLoss = options.isLoss ?? false;
  }

  readonly isLoss: boolean;
}
