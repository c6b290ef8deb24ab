import { displayWidth } from '../text/display-width.js';
import { visible } from '../text/escape.js';
import type { Io } from './io.js';

/** Tells somebody who waits what is being done, how far it is and how long it has taken. */
export interface Progress {
  /** Something else begins: `reading the snapshot`. */
  stage(text: string): void;
  /** Shows how many of how many are done; `total` is undefined where nobody knows it. */
  update(done: number, total: number | undefined, noun: string): void;
  /** Takes the line away; what was taken away stays so. */
  end(): void;
}

/** One line on standard error, written over and over. Nothing where that is no terminal, or `--quiet` was said. */
export function progressOn(
  io: Pick<Io, 'stderr' | 'columns'>,
  { quiet }: { readonly quiet: boolean },
  now: () => number = () => performance.now(),
): Progress {
  return quiet || !io.stderr.isTTY ? silent : new ProgressLine(io, now);
}

const silent: Progress = { stage: nothing, update: nothing, end: nothing };

class ProgressLine implements Progress {
  private readonly start: number;
  private readonly clock: NodeJS.Timeout;
  private lastDrawn = Number.NEGATIVE_INFINITY;
  private text = '';
  private count = '';

  constructor(
    private readonly io: Pick<Io, 'stderr' | 'columns'>,
    private readonly now: () => number,
  ) {
    this.start = now();
    // While something is waited for, nobody calls.
    this.clock = setInterval(() => this.draw(), 1_000).unref();
  }

  stage(text: string): void {
    this.text = text;
    this.count = '';
    this.draw();
  }

  update(done: number, total: number | undefined, noun: string): void {
    const of = total === undefined ? '' : ` of ${total.toLocaleString('en-US')}`;
    this.count = `: ${done.toLocaleString('en-US')}${of} ${noun}`;
    // A terminal takes longer than the work, where each step is shown.
    if (this.now() - this.lastDrawn >= shortestPause) this.draw();
  }

  end(): void {
    clearInterval(this.clock);
    if (this.text !== '') this.io.stderr.write(clearLine);
    this.text = '';
  }

  private draw(): void {
    this.lastDrawn = this.now();
    const seconds = Math.floor((this.lastDrawn - this.start) / 1_000);
    const line = fitting(
      visible(`${this.text}${this.count} (${elapsed(seconds)})`),
      (this.io.columns || 80) - 1,
    );
    this.io.stderr.write(`${clearLine}${line}`);
  }
}

/** To the start of the line, and nothing is left on it. */
const clearLine = '\r\u001b[2K';

/** In milliseconds. */
const shortestPause = 100;

function elapsed(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`;
}

/** A line that is broken could not be written over. */
function fitting(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let [cut, width] = ['', 0];
  for (const character of text) {
    width += displayWidth(character);
    if (width > columns - 1) break;
    cut += character;
  }
  return `${cut}…`;
}

function nothing(): void {}
