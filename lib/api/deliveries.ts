/** `/api/deliveries`: what was sent, is to be sent, or could not be sent. Stories and traces contain deliveries, too. */
import * as z from 'zod';
import { answer, count, next, request, textOrNull, time, timeOrNull, type Wire } from './common.ts';

/** States of a delivery; `dead` deliveries have failed for good. */
const DELIVERY_STATES = ['pending', 'delivered', 'dead', 'cancelled'] as const;

/** One try to send a delivery. */
const attempt = answer(
  'Attempt',
  z.object({
    at: time,
    /** `delivered`, `retry`, `gone` … */
    outcome: z.string(),
    /** HTTP status; null: no answer, or a channel without HTTP. */
    status: z.int().nullable(),
    /** First characters of the receiver's answer, without secrets. */
    detail: textOrNull,
    /** Duration in milliseconds. */
    ms: z.number(),
  }),
);

/** One alert or notice to one channel. */
const delivery = answer(
  'Delivery',
  z.object({
    /** The `webhook-id`. */
    id: z.string(),
    channel: z.string(),
    /** Such as `alert.first`; null: the event cannot be read. */
    type: textOrNull,
    rule: textOrNull,
    title: textOrNull,
    state: z.enum(DELIVERY_STATES),
    /** Why it is dead or cancelled. */
    reason: textOrNull,
    created: time,
    /** Next attempt of a pending one. */
    due: timeOrNull,
    settled: timeOrNull,
    /** Since it was created, or retried by a user. */
    attempts: count,
  }),
);

/** With its first 100 attempts, oldest first. */
export const deliveryWithLog = answer('DeliveryWithLog', delivery.extend({ log: z.array(attempt) }));

/** With the event that was or will be sent; null: it cannot be read. */
export const deliveryDetail = answer('DeliveryDetail', deliveryWithLog.extend({ event: z.unknown() }));

export const deliveryPage = answer('DeliveryPage', z.object({ deliveries: z.array(delivery), next }));

/** How many deliveries were queued again. */
export const replayed = answer('Replayed', z.object({ replayed: count }));

export type Attempt = Wire<z.output<typeof attempt>>;
export type Delivery = Wire<z.output<typeof delivery>>;
export type DeliveryWithLog = Wire<z.output<typeof deliveryWithLog>>;
export type DeliveryDetail = Wire<z.output<typeof deliveryDetail>>;
export type DeliveryPage = Wire<z.output<typeof deliveryPage>>;
export type Replayed = Wire<z.output<typeof replayed>>;

const since = z
  .union(
    [z.iso.datetime({ offset: true }), z.iso.date()],
    'is not a valid ISO 8601 date, or date and time, such as 2030-01-31T08:00:00Z',
  )
  .transform((text) => Date.parse(text));
const name = z.string().min(1).max(200);

export const deliveryQuery = z.object({
  state: z.enum(DELIVERY_STATES).optional(),
  channel: name.optional(),
  rule: name.optional(),
  /** Created at or after. */
  since: since.optional(),
  cursor: z.string().optional(),
});

/** Which failed and cancelled deliveries to retry; a missing member does not filter. */
export const replayFilter = request(
  'ReplayFilter',
  z.strictObject({ channel: name.optional(), rule: name.optional(), since: since.optional() }),
);
/** As a caller writes it. */
export type ReplayFilter = Wire<z.input<typeof replayFilter>>;
