/** What an observer outside the service saw, in order. The service's own word counts for nothing here. */

/** What became of a request, as the receiver knows it. */
export type Answered =
  /** 2xx went out. */
  | 'yes'
  /** Refused before it was taken: the sender knows. */
  | 'no'
  /** Reset, cut or silent: the sender cannot know. */
  | 'nothing';

export type ChaosEvent = { readonly at: number } & (
  | { readonly kind: 'asked'; readonly feed: string }
  /** A complete, valid answer. `news`: false while it is only what a new feed begins with. */
  | {
      readonly kind: 'served';
      readonly feed: string;
      readonly titles: readonly string[];
      readonly news: boolean;
    }
  /** The receiver has it: whoever reads there has read it. `sentAt`: the sender's clock, ms; 0 where it tells none. */
  | {
      readonly kind: 'accepted';
      readonly channel: string;
      readonly id: string;
      readonly told: readonly Told[];
      readonly sentAt: number;
    }
  | {
      readonly kind: 'answered';
      readonly channel: string;
      readonly id: string;
      readonly how: Answered;
      readonly sentAt: number;
    }
  | { readonly kind: 'killed' }
  | { readonly kind: 'ticked'; readonly tick: number }
);

/** One alert within a delivery. */
export interface Told {
  readonly rule: string;
  readonly title: string;
}

type Unstamped<T> = T extends unknown ? Omit<T, 'at'> : never;

export class EventLog {
  readonly events: ChaosEvent[] = [];
  readonly #listeners = new Set<(event: ChaosEvent) => void>();

  add(event: Unstamped<ChaosEvent>): void {
    const stamped = { at: Date.now(), ...event } as ChaosEvent;
    this.events.push(stamped);
    for (const listener of this.#listeners) listener(stamped);
  }

  /** Called with each event as it happens; @returns how to stop that */
  on(listener: (event: ChaosEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  of<K extends ChaosEvent['kind']>(kind: K): Extract<ChaosEvent, { kind: K }>[] {
    return this.events.filter((event): event is Extract<ChaosEvent, { kind: K }> => event.kind === kind);
  }
}
