/** Sends polled feeds to the desk: feeds with new entries soon, the others with the last batch; then writes the seen document. */
import type { FeedId } from '../../lib/model/flavor.ts';
import { ACCEPT_AFTER_MS } from '../../lib/model/limits.ts';
import type { Accepted, Claim, DeskState } from '../../lib/poll/batch.ts';
import { log } from '../log.ts';
import type { SeenFeed } from '../store/seen.ts';
import type { PollRound } from './ports.ts';
import type { PolledFeed } from './read-feed.ts';

/** A tick's results on their way to the desk. One batch is sent at a time; the last one closes the claim. */
export class Batcher {
  readonly #done: PolledFeed[] = [];
  readonly #forgotten = new Set<FeedId>();
  #waiting: PolledFeed[] = [];
  /** Batches are sent in order: each waits for the acceptance of the one before. */
  #sent: Promise<unknown> = Promise.resolve();
  #timed = false;
  #finished = false;
  readonly #claim: Claim;
  readonly #round: PollRound;

  constructor(claim: Claim, round: PollRound) {
    this.#claim = claim;
    this.#round = round;
  }

  take(polled: PolledFeed): void {
    this.#done.push(polled);
    this.#waiting.push(polled);
    if (polled.result.entries.length > 0) this.#sendSoon();
  }

  /** Sends the remaining results, and writes the seen document if anything in it changed. */
  async finish(): Promise<readonly PolledFeed[]> {
    this.#finished = true;
    await this.#sent;
    const accepted = await this.#accept(true);
    if (accepted.mayWriteSeen && (this.#changed() || this.#claim.deliveredIds !== null)) {
      await this.#writeSeen(accepted);
    }
    return this.#done;
  }

  /** Collects new entries for ACCEPT_AFTER_MS; slow feeds of the same tick do not delay them. */
  #sendSoon(): void {
    if (this.#timed) return;
    this.#timed = true;
    const due = this.#round.ports.wait(ACCEPT_AFTER_MS).then(() => {
      this.#timed = false;
      if (this.#finished || this.#waiting.length === 0) return;
      this.#sent = this.#sent.then(() => this.#accept(false));
    });
    // A batch that the desk rejects fails the tick in `finish`, not as an unhandled rejection.
    due.catch(() => {});
  }

  async #accept(last: boolean): Promise<Accepted> {
    const results = this.#waiting.map(({ result }) => result);
    this.#waiting = [];
    const accepted = await this.#round.ports.accept({ claim: this.#claim, results, last });
    for (const feed of accepted.resend) this.#forgotten.add(feed);
    return accepted;
  }

  #changed(): boolean {
    return (
      this.#forgotten.size > 0 ||
      this.#round.robots.read.size > 0 ||
      this.#done.some(({ seen }) => seen !== null)
    );
  }

  async #writeSeen({ desk, epoch }: DeskState): Promise<void> {
    const before = this.#round.seen;
    const feeds: Record<FeedId, SeenFeed> = {};
    const configured = new Set(this.#round.bundle.config.feeds.map((feed) => feed.id));
    for (const [id, feed] of Object.entries(before?.feeds ?? {})) {
      if (configured.has(id)) feeds[id] = feed;
    }
    for (const { result, seen } of this.#done) if (seen !== null) feeds[result.feed] = seen;
    for (const id of this.#forgotten) delete feeds[id];
    const deliveredIds = this.#claim.deliveredIds?.ids ?? before?.deliveredIds ?? [];
    // A document that was read before the desk took a new id must not be written under that id.
    if (desk !== this.#claim.desk) return;
    try {
      const robots = this.#round.robots.remembered();
      const document = { version: 2 as const, desk, epoch, feeds, robots, deliveredIds };
      await this.#round.ports.seen.write(this.#round.shard, document);
    } catch {
      log('warn', 'seen document', 'could not be written: the next polls are read in full');
    }
  }
}
