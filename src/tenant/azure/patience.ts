/**
 * Ends a wait for an answer of which nothing comes for too long, or which goes on for too long. Milliseconds; an answer
 * may last three times as long as a silence.
 */
export class Patience {
  /** Says when it is over. */
  readonly signal: AbortSignal;
  /** Why it is over, as a reason of failure; undefined while it is not. */
  reason: string | undefined;
  private readonly controller = new AbortController();
  private readonly silence: NodeJS.Timeout;
  private readonly whole: NodeJS.Timeout;
  private readonly stop = (): void => this.controller.abort();

  /** `outer` ends it, too. */
  constructor(
    silence: number,
    private readonly outer: AbortSignal | undefined,
  ) {
    const whole = silence * longestAnswer;
    this.signal = this.controller.signal;
    this.silence = setTimeout(() => this.end(`no answer within ${seconds(silence)}`), silence);
    this.whole = setTimeout(() => this.end(`the answer was not whole within ${seconds(whole)}`), whole);
    if (outer?.aborted === true) this.stop();
    outer?.addEventListener('abort', this.stop, { once: true });
  }

  /** Something came. */
  renew(): void {
    this.silence.refresh();
  }

  /** Nobody waits any more. */
  close(): void {
    clearTimeout(this.silence);
    clearTimeout(this.whole);
    this.outer?.removeEventListener('abort', this.stop);
  }

  private end(reason: string): void {
    this.reason ??= reason;
    this.stop();
  }
}

/** An answer that comes in drops is none, either. Azure's largest take seconds, on a slow line two minutes. */
const longestAnswer = 3;

function seconds(milliseconds: number): string {
  return `${Math.ceil(milliseconds / 1000)} s`;
}
