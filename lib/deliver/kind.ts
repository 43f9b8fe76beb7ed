/** What a kind of channel consists of. Each file in lib/deliver/channel defines one kind; table.ts lists them. */
import type * as z from 'zod';
import type { AlertEvent } from '../model/alert.ts';
import type { Json } from '../model/config.ts';
import type { ChannelId } from '../model/flavor.ts';
import type { Span } from '../rule/error.ts';
import type { Fault } from '../rule/problem.ts';
import type { Answer } from './answer.ts';
import type { ChannelRequest, Delivery, Mail, Rate, Second } from './payload.ts';
import type { AttemptOutcome } from './retry.ts';
import type { SigningSecret } from './signature.ts';

/** Schemas of the keys that a channel of the kind has in the document, besides `kind`. */
export type Shape = Readonly<Record<string, z.ZodType>>;
/** The keys of a channel in the document, with the defaults of the schemas. */
export type Keys<S extends Shape> = z.output<z.ZodObject<S>>;
/** A channel of the checked configuration: `C` is what its kind makes of the keys. */
export type Channel<C> = { readonly id: ChannelId; readonly kind: string } & C;

/** A fault in one channel of the document, and the key that it belongs to. */
export interface KeyFault {
  readonly key: string;
  readonly fault: Fault;
  /** The faulty part of the key's text, in UTF-16 units; missing: the whole value. */
  readonly span?: Span;
}

/** Hosts in the `url` of a channel. */
export interface Hosts {
  /** Hosts that belong to this kind alone. */
  readonly own: RegExp;
  /** What addresses look like, if only these hosts serve the kind; missing: its servers may run anywhere. */
  readonly hint?: string;
  /** Hosts that no longer accept messages, whatever the kind of the channel. */
  readonly retired?: { readonly hosts: RegExp; readonly message: string; readonly hint: string };
}

/** The section of the kind in docs/channels.md. Its required keys, statuses and pace are read from the code. */
export interface KindDocs {
  /** Heading of the section: the name of the service as it spells it. */
  readonly title: string;
  /** Where its alerts arrive. */
  readonly goesTo: string;
  /** The limit of one message. */
  readonly limit: string;
  /** Top-level keys that the example needs besides `channels`; missing: none. */
  readonly needs?: string;
  /** Paragraphs in Markdown. */
  readonly notes: string;
  /** Answers, besides the statuses, after which the channel is disabled. */
  readonly gone?: string;
  /** What the pace does not say, beginning with its punctuation. */
  readonly pace?: string;
}

/** What every kind defines. */
interface Described<S extends Shape, C> {
  readonly keys: S;
  /** What the checked configuration contains instead of the keys; missing: the keys as they are. */
  readonly model?: (keys: Keys<S>) => C;
  /** Checks that the schemas cannot express. Values with `${…}` are known only at run time and are skipped. */
  readonly faults?: (keys: Keys<S>) => readonly KeyFault[];
  readonly hosts?: Hosts;
  /** The kind also accepts addresses of hosts that belong to other kinds. */
  readonly acceptsAnyHost?: true;
  /** Keys whose values are secrets, and how warnings call them. */
  readonly secrets?: { readonly [key in keyof S]?: string };
  /** Lines below `channels:` in a document; the first channel serves `vigie render --channel KIND`. */
  readonly example: string;
  readonly docs: KindDocs;
  /** How fast a channel may be sent to. */
  readonly rate: (channel: Channel<C>) => Rate;
}

/** A kind that is sent as an HTTP request. Channels come with all placeholders expanded. */
export interface Posted<C> {
  /** @throws ChannelMistake when the expanded configuration cannot be used */
  readonly request: (channel: C, delivery: Delivery) => ChannelRequest;
  /** Interprets the answer; never throws. */
  readonly outcome: (answer: Answer) => AttemptOutcome;
  /** A second request in the same attempt, if the answer asks for one; null: none. It is made at most once. */
  readonly second?: (channel: C, delivery: Delivery, answer: Answer) => Second | null;
  /** Secrets that sign the request (Standard Webhooks); empty: unsigned. */
  readonly signingSecrets?: (channel: C) => readonly SigningSecret[];
  /** The mail for the Worker's binding, which replaces the request; null: the request is sent. */
  readonly mail?: (channel: C, delivery: Delivery) => Mail | null;
  /** How the channel follows a receiver that moved (`Second.movedTo`). */
  readonly receiver?: {
    readonly of: (channel: C) => string;
    /** The channel with another receiver. */
    readonly moved: (channel: C, to: string) => C;
    /** For the log: what happened, and what the user should change. */
    readonly note: string;
  };
}

/** A kind that writes to the service's own log. */
export interface Logged {
  /** One or more lines without a final line break. */
  readonly text: (event: AlertEvent) => string;
}

/** One kind of channel. */
export type Kind<S extends Shape, C> = Described<S, C> & (Posted<Channel<C>> | Logged);
/** A kind whose keys are not known to the caller. */
export type AnyKind = Kind<Shape, { readonly [key: string]: Json }>;

/** Declares a kind; its members know the types of its keys. */
export function kind<S extends Shape, C = Keys<S>>(definition: Kind<S, C>): Kind<S, C> {
  return definition;
}

/** A fault that makes the document invalid. */
export function wrongValue(key: string, message: string, hint: string): KeyFault {
  return { key, fault: { code: 'E_VALUE', message, hint } };
}
