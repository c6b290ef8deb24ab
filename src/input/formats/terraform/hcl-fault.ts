import type { TextRange } from '../../text-range.js';

/** Where a text stopped being HCL. Thrown inside of the parser, which catches it where it knows how to go on. */
export class HclFault extends Error {
  readonly range: TextRange;

  constructor(message: string, { start, end }: TextRange) {
    super(message);
    this.range = { start, end };
  }
}

/** What a list, an object or a body does about a fault in one of its entries: gives it up, or says it and goes on. */
export interface HclFaults {
  /** @throws the fault where the parser gives up at the first one. */
  take(fault: HclFault): void;
  /** Says a fault that does not keep the parser from going on. */
  say(fault: HclFault): void;
}
