/**
 * The schema of a configuration document: keys, types and limits. lib/config/document/config.ts checks references between
 * values.
 */
import * as z from 'zod';
import { ALERTS_PER_HOUR_DEFAULT, LIST_TERMS_MAX, POLL_FLOOR_PAID_MS } from '../../model/limits.ts';
import { channel, heartbeat, opsList } from './channel-schema.ts';
import { DURATION_HINT, readDuration } from './duration.ts';
import { readDigestTimes, readQuietHours } from './hours.ts';

const text = z.string().min(1).max(2_000);
const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,79}$/u, 'an id consists of at most 80 lower-case letters, digits, - _ .');
const listId = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,79}$/u, 'an id consists of at most 80 letters, digits, - and _');
/** `tags: korea` is one text in YAML; a list of one text is accepted in the same place. */
const texts = z
  .union([z.array(text), text.transform((one) => [one])], 'expected a list of texts')
  .default([]);
const country = z
  .string()
  .regex(/^[A-Z]{2}$/u, 'expected an ISO 3166-1 country code of two capitals, such as KR');
const lang = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u, 'expected a BCP 47 language tag, such as fr or zh-Hant');
const duration = z.string().transform((value, context) => {
  const ms = readDuration(value);
  if (ms !== null) return ms;
  context.addIssue({
    code: 'custom',
    message: `'${value}' is not a valid duration`,
    params: { hint: DURATION_HINT },
  });
  return z.NEVER;
});
const every = duration.refine((ms) => ms >= POLL_FLOOR_PAID_MS, {
  message: 'a feed can be polled at most every minute',
  params: { hint: 'write every: 5m' },
});
const httpUrl = z
  .string()
  .trim()
  .refine(isHttpUrl, 'expected an address that begins with http:// or https://');
function isHttpUrl(value: string): boolean {
  return /^https?:\/\//iu.test(value) && value.length <= 2_000 && URL.canParse(value);
}

const auth = z.union(
  [z.strictObject({ user: text, password: text }), z.strictObject({ bearer: text })],
  'expected {user, password} or {bearer}',
);
const feed = z.strictObject({
  url: httpUrl,
  id: id.optional(),
  lang: lang.optional(),
  publisher: text.optional(),
  country: country.optional(),
  grade: z.enum(['A', 'B', 'C', 'D', 'E', 'F']).optional(),
  every: every.optional(),
  tags: texts,
  backfill: duration.optional(),
  max_age: duration.optional(),
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]{1,80}$/u), text).default({}),
  auth: auth.optional(),
  paused: z.boolean().default(false),
});
/** A feed of the document with defaults. */
export type FeedDocument = z.infer<typeof feed>;

const terms = z.array(z.union([text, z.number().transform(String)])).max(LIST_TERMS_MAX);
const list = z.strictObject({
  title: text.optional(),
  country: country.optional(),
  counted: z.union([z.boolean(), listId]).default(false),
  terms: terms.default([]),
  exact: terms.default([]),
  not_in: terms.default([]),
  include: z.array(z.string()).default([]),
  langs: z.record(lang, terms).default({}),
});
/** An entity or concept of the document with defaults. */
export type ListDocument = z.infer<typeof list>;

const test = z.union(
  [
    text,
    z.strictObject({ title: z.string().default(''), summary: z.string().default(''), lang: lang.optional() }),
  ],
  'expected a text or {title, summary, lang}',
);
const where = z.strictObject({
  lang: texts,
  not_lang: texts,
  publisher: texts,
  not_publisher: texts,
  tag: texts,
  max_age: duration.optional(),
});
const confirm = z.strictObject({
  sources: z.number().int().min(1).max(20).default(2),
  languages: z.number().int().min(0).max(20).default(0),
  within: duration.default(86_400_000),
  independent: z.enum(['publisher', 'country']).default('publisher'),
  same: z.enum(['story', 'rule']).default('story'),
});
const quiet = z.string().transform((value, context) => {
  const hours = readQuietHours(value);
  if (hours !== null) return hours;
  const hint = 'write "22:00-06:00 Europe/Paris"';
  context.addIssue({
    code: 'custom',
    message: `'${value}' is not a valid range of quiet hours`,
    params: { hint },
  });
  return z.NEVER;
});
const digest = z.string().transform((value, context) => {
  const times = readDigestTimes(value);
  if (times !== null) return times;
  const hint = 'write "daily 08:00 Europe/Paris" or "monday 08:00 Europe/Paris"';
  context.addIssue({ code: 'custom', message: `'${value}' is not a valid digest time`, params: { hint } });
  return z.NEVER;
});
const notify = z.strictObject({
  to: z.union([z.array(z.string()), z.string().transform((one) => [one])]).default([]),
  on: z.union([z.array(z.string()), z.string().transform((one) => [one])]).optional(),
  group_by: z.enum(['story', 'rule', 'none']).default('story'),
  group_wait: duration.default(0),
  quiet: quiet.optional(),
  digest: digest.optional(),
  repeat: duration.optional(),
  per_hour: z.number().int().min(1).max(1_000).default(ALERTS_PER_HOUR_DEFAULT),
});
const rule = z.strictObject({
  id,
  title: text.optional(),
  severity: z.enum(['info', 'low', 'medium', 'high', 'critical']).default('medium'),
  query: z.string().optional(),
  score: z.strictObject({ threshold: z.number(), terms: z.record(z.string(), z.number()) }).optional(),
  where: where.optional(),
  quantity: z
    .strictObject({
      of: text,
      op: z.enum(['>=', '>', '<=', '<', '=']).default('>='),
      value: z.number().min(0),
      within: z.number().int().min(0).max(50).default(4),
    })
    .optional(),
  confirm: confirm.optional(),
  notify: notify.optional(),
  test_mode: z.boolean().default(false),
  backfill: duration.optional(),
  tests: z.strictObject({ match: z.array(test).default([]), no_match: z.array(test).default([]) }).optional(),
});
/** A rule of the document with defaults. */
export type RuleDocument = z.infer<typeof rule>;

/** The whole document. Unknown keys are errors. */
export const document = z.strictObject({
  version: z.literal(1),
  feeds: z.array(feed).default([]),
  use: z.array(z.string()).default([]),
  entities: z.record(listId, list).default({}),
  concepts: z.record(listId, list).default({}),
  rules: z.array(rule).default([]),
  channels: z.record(id, channel).default({}),
  ops: opsList,
  heartbeat,
  families: z.record(text, z.array(text).min(1)).default({}),
  allow_hosts: z.array(text).default([]),
});
/** The document with defaults, before conversion to the model. */
export type ConfigDocument = z.infer<typeof document>;
