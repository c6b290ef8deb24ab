import type { Notice } from '../../errors.js';

/** The notices on one identity, one of each kind. */
export class IdentityNotices {
  private readonly byCode = new Map<string, Notice>();

  constructor(
    private readonly identity: string,
    private readonly file: string,
  ) {}

  /** `sentence` follows the name of the identity. */
  add(code: string, sentence: string): void {
    if (this.byCode.has(code)) return;
    this.byCode.set(code, { code, message: `"${this.identity}" ${sentence}.`, file: this.file });
  }

  get list(): Notice[] {
    return [...this.byCode.values()];
  }
}
