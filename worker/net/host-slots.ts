/**
 * Allows one request at a time for each host, with HOST_SPACING_MS between two: redirects, robots.txt and older pages
 * included (politeness P29). One instance serves one tick; ticks are a minute apart.
 */
import type { EpochMs } from '../../lib/model/flavor.ts';
import { HOST_SPACING_MS } from '../../lib/model/limits.ts';

interface Clock {
  readonly wait: (ms: number) => Promise<void>;
  readonly now: () => EpochMs;
}

/** Queues of requests by host. */
export class HostSlots {
  readonly #last = new Map<string, Promise<unknown>>();
  readonly #endedAt = new Map<string, EpochMs>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs `request` after the previous one has ended and the pause is over. */
  async take<T>(host: string, request: () => Promise<T>): Promise<T> {
    const before = this.#last.get(host) ?? Promise.resolve();
    const mine = before.then(async () => {
      const ended = this.#endedAt.get(host);
      const pause = ended === undefined ? 0 : ended + HOST_SPACING_MS - this.#clock.now();
      if (pause > 0) await this.#clock.wait(pause);
      try {
        return await request();
      } finally {
        this.#endedAt.set(host, this.#clock.now());
      }
    });
    // The next request waits for the end of this one, whether it succeeded or failed.
    this.#last.set(
      host,
      mine.catch(() => {}),
    );
    return await mine;
  }
}
