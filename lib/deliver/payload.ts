/** What kinds of channels exchange with the sender: deliveries, requests, mails, rates. */
import type { AlertEvent } from '../model/alert.ts';
import type { DurationMs } from '../model/flavor.ts';

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

/** A mail in the shape of the Worker's binding; each HTTP API has its own names for the same members. */
export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
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
