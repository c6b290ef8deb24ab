import type { Clock } from './clock.js';

/**
 * Requests on their way: so many together, and so many in a lane. A lane is what Azure counts by: a subscription, the
 * tenant, Resource Graph, Microsoft Graph. One that was told to wait holds back all in its lane.
 */
export class RateLimiter {
  private readonly all: Slots;
  private readonly limiter = new Map<string, Lane>();

  constructor(
    concurrency: number,
    private readonly clock: Clock,
    private readonly signal: AbortSignal,
  ) {
    this.all = new Slots(concurrency);
  }

  /** Runs that as soon as there is room for it. */
  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const lane = this.lane(name);
    await lane.slots.take();
    try {
      await this.open(lane);
      await this.all.take();
      try {
        return await work();
      } finally {
        this.all.release();
      }
    } finally {
      lane.slots.release();
      if (lane.slots.isIdle && lane.notBefore <= this.clock.now()) this.limiter.delete(name);
    }
  }

  /** Nothing more in that lane for so many milliseconds. */
  holdBack(name: string, milliseconds: number): void {
    const lane = this.lane(name);
    lane.notBefore = Math.max(lane.notBefore, this.clock.now() + milliseconds);
    lane.delay = Math.max(lane.delay, milliseconds);
  }

  private async open(lane: Lane): Promise<void> {
    while (lane.delay > 0) {
      const { delay } = lane;
      // The wait itself, not the clock, says when it is over: tests make time run faster.
      await this.clock.wait(delay, this.signal);
      if (lane.delay === delay) lane.delay = 0;
    }
  }

  private lane(name: string): Lane {
    let lane = this.limiter.get(name);
    if (lane === undefined) {
      const most = maxInLane.get(name) ?? maxInSubscription;
      this.limiter.set(name, (lane = { slots: new Slots(most), notBefore: 0, delay: 0 }));
    }
    return lane;
  }
}

interface Lane {
  readonly slots: Slots;
  notBefore: number;
  delay: number;
}

/** ARM gives back 25 reads a second and subscription: https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling */
const maxInSubscription = 8;

/** Resource Graph takes 15 queries in five seconds. */
const maxInLane: ReadonlyMap<string, number> = new Map([['resource-graph', 4]]);

class Slots {
  private used = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly most: number) {}

  get isIdle(): boolean {
    return this.used === 0;
  }

  take(): Promise<void> | void {
    if (this.used < this.most) {
      this.used++;
      return;
    }
    return new Promise(resolve => this.waiting.push(resolve));
  }

  release(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.used--;
    else next();
  }
}
