/** The schema of channels in the document, built from the table of kinds, and their conversion to the model. */
import * as z from 'zod';
import { CHANNEL_KINDS, type ChannelKind, kindOf } from '../../deliver/channel/table.ts';
import { templatedUrl } from '../../deliver/keys.ts';
import type { ChannelConfig, Json } from '../../model/config.ts';

/** Keys that a channel of this kind may have; those of all kinds if the kind is unknown. */
export function channelKeys(kind: string | undefined): readonly string[] {
  const known = CHANNEL_KINDS.find((one) => one === kind);
  const kinds = known === undefined ? CHANNEL_KINDS : [known];
  return ['kind', ...new Set(kinds.flatMap((one) => Object.keys(kindOf({ kind: one }).keys)))];
}

/** A channel of the document with defaults, before conversion to the model; its kind knows the types of its keys. */
export interface ChannelDocument {
  readonly kind: ChannelKind;
  readonly [key: string]: unknown;
}

const [first, ...others] = CHANNEL_KINDS.map((kind) =>
  z.strictObject({ kind: z.literal(kind), ...kindOf({ kind }).keys }),
);
/** The schema of one channel; `kind` decides which keys it may have. */
export const channel: z.ZodType<ChannelDocument> = z.discriminatedUnion('kind', [first!, ...others]);

/** Channels for notices about the service: a list, or a single id. */
export const opsList = z
  .union([z.array(z.string()), z.string().transform((one) => [one])], 'expected a list of channels')
  .optional();
/** Address of an external watchdog; it may contain `${NAME}`. */
export const heartbeat = z.strictObject({ url: templatedUrl }).optional();

/** The model of a channel, with defaults filled in. Placeholders stay: they are expanded when a request is made. */
export function channelOf(id: string, { kind, ...keys }: ChannelDocument): ChannelConfig {
  const { model } = kindOf({ kind });
  return { id, kind, ...(model === undefined ? (keys as { [key: string]: Json }) : model(keys)) };
}
