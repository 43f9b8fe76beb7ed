/** What each kind of channel implements: rendering a delivery, interpreting answers, and its rate. */
import type { AlertEvent } from '../model/alert.ts';
import type { ChannelConfig } from '../model/config.ts';
import type { DurationMs } from '../model/flavor.ts';
import type { Answer } from './answer.ts';
import type { AttemptOutcome } from './retry.ts';

/** One delivery; its id is the same for all attempts (`webhook-id` of Standard Webhooks). */
export interface Delivery {
  readonly id: string;
  readonly event: AlertEvent;
}

/** The HTTP request, with all placeholders expanded. */
export interface ChannelRequest {
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** Allows `burst` deliveries at once, then one every `everyMs` milliseconds. */
export interface Rate {
  readonly everyMs: DurationMs;
  readonly burst: number;
}

/** Implementation of one kind of channel. */
export interface Payload<C extends ChannelConfig> {
  /**
   * @param channel with all placeholders expanded
   * @throws ChannelMistake when the expanded configuration cannot be used
   */
  readonly request: (channel: C, delivery: Delivery) => ChannelRequest;
  /** Interprets the answer; never throws. */
  readonly outcome: (answer: Answer) => AttemptOutcome;
  /** A second request in the same attempt, if the answer asks for one; null: none. It is made at most once. */
  readonly second?: (channel: C, delivery: Delivery, answer: Answer) => Second | null;
  /** How fast the channel may be sent to. */
  readonly rate: (channel: C) => Rate;
}

/** A second request in the same attempt. */
export interface Second {
  readonly request: ChannelRequest;
  /** New address of the receiver, if that is the reason. */
  readonly movedTo: string | null;
}

/** The configuration of a channel cannot be used. The message names the key, never a value. */
export class ChannelMistake extends Error {
  override readonly name = 'ChannelMistake';
}

/** The header of JSON bodies. */
export const JSON_TYPE: readonly [string, string] = ['content-type', 'application/json'];
