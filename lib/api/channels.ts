/** `/api/channels`: the state of each channel, and sending a test to one. */
import * as z from 'zod';
import { answer, count, textOrNull, timeOrNull, type Wire } from './common.ts';

const channelStatus = answer(
  'ChannelStatus',
  z.object({
    id: z.string(),
    /** `webhook`, `slack` … */
    kind: z.string(),
    state: z.enum(['new', 'ok', 'failing', 'disabled']),
    /** Why it is disabled. */
    reason: textOrNull,
    disabledAt: timeOrNull,
    /** Failed attempts in a row. */
    failures: count,
    /** When continuous failure began; set once the failures lie 12 hours apart (lib/deliver/failing.ts). */
    failingSince: timeOrNull,
    /** Nothing is sent before this time. */
    cooldownUntil: timeOrNull,
    lastSuccess: timeOrNull,
    pending: count,
    /** Creation time of the oldest pending delivery. */
    oldest: timeOrNull,
    dead: count,
  }),
);

/** In the order of the configuration. */
export const channelList = answer('ChannelList', z.object({ channels: z.array(channelStatus) }));

/** What became of a `test.ping`. */
export const channelTest = answer(
  'ChannelTest',
  z.object({
    /** The `webhook-id`. */
    id: z.string(),
    outcome: z.string(),
    /** HTTP status; null: no answer. */
    status: z.int().nullable(),
    /** First characters of the receiver's answer, without secrets. */
    detail: textOrNull,
    /** Duration in milliseconds. */
    ms: z.number(),
  }),
);

export type ChannelStatus = Wire<z.output<typeof channelStatus>>;
export type ChannelList = Wire<z.output<typeof channelList>>;
export type ChannelTest = Wire<z.output<typeof channelTest>>;
