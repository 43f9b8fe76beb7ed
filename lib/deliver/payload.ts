/** What a kind of channel is to the sender: how a delivery looks there, what its answers mean, how fast it may go. */
import type { AlertEvent } from '../model/alert.ts';
import type { ChannelConfig } from '../model/config.ts';
import type { DurationMs } from '../model/flavor.ts';
import type { Answer } from './answer.ts';
import type { AttemptOutcome } from './retry.ts';

/** One delivery: its id stays the same over all attempts. */
export interface Delivery {
  readonly id: string;
  readonly event: AlertEvent;
}

/** What goes over the wire. Nothing in it is a placeholder any more. */
export interface ChannelRequest {
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** `burst` deliveries at once, then one every `everyMs`. */
export interface Rate {
  readonly everyMs: DurationMs;
  readonly burst: number;
}

export interface Payload<C extends ChannelConfig> {
  /**
   * @param channel with all placeholders expanded
   *
   * Throws ChannelMistake where the expanded configuration cannot be used.
   */
  readonly request: (channel: C, delivery: Delivery) => ChannelRequest;
  readonly outcome: (answer: Answer) => AttemptOutcome;
  /** A second request in the same attempt, where the answer asks for one; it is never asked again. */
  readonly second?: (channel: C, delivery: Delivery, answer: Answer) => Second | null;
  readonly rate: (channel: C) => Rate;
}

export interface Second {
  readonly request: ChannelRequest;
  /** Where the receiver has moved to, if that is why. */
  readonly movedTo: string | null;
}

/** The configuration of a channel cannot be used as it is. The message names what, never a value. */
export class ChannelMistake extends Error {
  override readonly name = 'ChannelMistake';
}

export const JSON_TYPE: readonly [string, string] = ['content-type', 'application/json'];
