/**
 * The schema of a configuration document: keys, types and limits. lib/config/document/config.ts checks references between
 * values.
 */
import * as z from 'zod';
import { ALERTS_PER_HOUR_DEFAULT, LIST_TERMS_MAX, POLL_FLOOR_PAID_MS } from '../../model/limits.ts';
import { channel, heartbeat, opsList } from './channel-schema.ts';
import { DURATION_HINT, readDuration } from './duration.ts';
import { readDigestTimes, readQuietHours } from './hours.ts';

/** A non-empty text; the limit keeps documents and messages readable. */
const text = z.string().min(1).max(2_000);
/** Ids of feeds, rules and channels: they appear in addresses, logs and alert ids. */
const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,79}$/u, 'an id consists of at most 80 lower-case letters, digits, - _ .');
/** Ids of entities and concepts: `@id` in expressions, letters of any script. */
const listId = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,79}$/u, 'an id consists of at most 80 letters, digits, - and _');
/** `tags: korea` is one text in YAML; a list of one text is accepted in the same place. */
const texts = z
  .union([z.array(text), text.transform((one) => [one])], 'expected a list of texts')
  .default([]);
/** ISO 3166-1 alpha-2. */
const country = z
  .string()
  .regex(/^[A-Z]{2}$/u, 'expected an ISO 3166-1 country code of two capitals, such as KR');
/** A language tag (BCP 47, RFC 5646 §2.1), checked for form only. */
const lang = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u, 'expected a BCP 47 language tag, such as fr or zh-Hant');
/** A number with a unit, such as `5m`; milliseconds after parsing. */
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
/** Interval of polls. The floor of the free plan is checked in lib/config/document/config.ts. */
const every = duration.refine((ms) => ms >= POLL_FLOOR_PAID_MS, {
  message: 'a feed can be polled at most every minute',
  params: { hint: 'write every: 5m' },
});
/** An absolute http(s) address without placeholders. */
const httpUrl = z
  .string()
  .trim()
  .refine(isHttpUrl, 'expected an address that begins with http:// or https://');
function isHttpUrl(value: string): boolean {
  return /^https?:\/\//iu.test(value) && value.length <= 2_000 && URL.canParse(value);
}

/** Credentials for a feed; values may contain `${NAME}`. */
const auth = z.union(
  [z.strictObject({ user: text, password: text }), z.strictObject({ bearer: text })],
  'expected {user, password} or {bearer}',
);
/** One row of `feeds`. */
const feed = z.strictObject({
  /** Address of the feed; rows with the same address are merged. */
  url: httpUrl,
  /** Default: the address without scheme. */
  id: id.optional(),
  /** Language of all entries; overrides the feed's own declaration. */
  lang: lang.optional(),
  /** Name of the publisher; decides independence of reports. */
  publisher: text.optional(),
  /** Country of the publisher. */
  country: country.optional(),
  /** Reliability as the user sees it; shown with alerts, not used for decisions. */
  grade: z.enum(['A', 'B', 'C', 'D', 'E', 'F']).optional(),
  /** Default: adaptive, from the feed's own rhythm. */
  every: every.optional(),
  /** For `where: tag` and `tag:` in expressions. */
  tags: texts,
  /** At the first poll, entries up to this age are sent as one digest. */
  backfill: duration.optional(),
  /** Entries older than this at first sight cause no alert. */
  max_age: duration.optional(),
  /** Additional request headers, sent only to the feed's origin. */
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]{1,80}$/u), text).default({}),
  auth: auth.optional(),
  /** A paused feed is not polled and keeps its history. */
  paused: z.boolean().default(false),
});
/** A feed of the document with defaults. */
export type FeedDocument = z.infer<typeof feed>;

/** Terms in the rule language; YAML numbers become texts. */
const terms = z.array(z.union([text, z.number().transform(String)])).max(LIST_TERMS_MAX);
/** An entity or a concept. */
const list = z.strictObject({
  /** Short English title for alerts. */
  title: text.optional(),
  country: country.optional(),
  /** Whether figures count its terms, or the list under which they are counted. */
  counted: z.union([z.boolean(), listId]).default(false),
  /** Terms of all languages. */
  terms: terms.default([]),
  /** Terms that compare case and accents. */
  exact: terms.default([]),
  /** Phrases, or `@id`, within which a hit does not count. */
  not_in: terms.default([]),
  /** Ids of lists whose terms belong to this one, too. */
  include: z.array(z.string()).default([]),
  /** Terms by language; the label is used for coverage, not for matching. */
  langs: z.record(lang, terms).default({}),
});
/** An entity or concept of the document with defaults. */
export type ListDocument = z.infer<typeof list>;

/** An example entry; a text is a title. */
const test = z.union(
  [
    text,
    z.strictObject({ title: z.string().default(''), summary: z.string().default(''), lang: lang.optional() }),
  ],
  'expected a text or {title, summary, lang}',
);
/** Conditions on the facts of an entry, in addition to the query. */
const where = z.strictObject({
  lang: texts,
  not_lang: texts,
  publisher: texts,
  not_publisher: texts,
  tag: texts,
  max_age: duration.optional(),
});
/** When a story counts as confirmed. */
const confirm = z.strictObject({
  /** Number of independent sources. */
  sources: z.number().int().min(1).max(20).default(2),
  /** Number of languages among their reports. */
  languages: z.number().int().min(0).max(20).default(0),
  /** Reports count if they are at most this far apart. */
  within: duration.default(86_400_000),
  /** What makes two sources independent. */
  independent: z.enum(['publisher', 'country']).default('publisher'),
});
/** Local hours without alerts; alerts are queued until their end. */
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
/** Times at which queued alerts are sent as one digest. */
const digest = z.string().transform((value, context) => {
  const times = readDigestTimes(value);
  if (times !== null) return times;
  const hint = 'write "daily 08:00 Europe/Paris" or "monday 08:00 Europe/Paris"';
  context.addIssue({ code: 'custom', message: `'${value}' is not a valid digest time`, params: { hint } });
  return z.NEVER;
});
/** Where, when and on what a rule alerts. */
const notify = z.strictObject({
  /** Ids of channels. */
  to: z.union([z.array(z.string()), z.string().transform((one) => [one])]).default([]),
  /** Kinds of developments; default: first reports, and confirmations if `confirm` is set. */
  on: z.union([z.array(z.string()), z.string().transform((one) => [one])]).optional(),
  /** What belongs to one alert. */
  group_by: z.enum(['story', 'none']).default('story'),
  /** Time to wait for further alerts of the rule before sending. */
  group_wait: duration.default(0),
  quiet: quiet.optional(),
  digest: digest.optional(),
  /** Interval of reminders while a story gets reports. */
  repeat: duration.optional(),
  /** Alerts per hour before the rest becomes a digest. */
  per_hour: z.number().int().min(1).max(1_000).default(ALERTS_PER_HOUR_DEFAULT),
});
/** One row of `rules`. */
const rule = z.strictObject({
  id,
  title: text.optional(),
  /** Shown with alerts; sorted by channels and pages. */
  severity: z.enum(['info', 'low', 'medium', 'high', 'critical']).default('medium'),
  /** Expression in the rule language; may be missing if `score` is set. */
  query: z.string().optional(),
  /** Weighted terms that must reach a threshold. */
  score: z.strictObject({ threshold: z.number(), terms: z.record(z.string(), z.number()) }).optional(),
  where: where.optional(),
  /** A figure near a term: the same as COUNT in an expression. */
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
  /** Matches are recorded, no alerts are sent. */
  test_mode: z.boolean().default(false),
  /** When the rule is added, it is applied to archived entries up to this age. */
  backfill: duration.optional(),
  /** Examples that must and must not match; checked whenever the document is saved. */
  tests: z.strictObject({ match: z.array(test).default([]), no_match: z.array(test).default([]) }).optional(),
});
/** A rule of the document with defaults. */
export type RuleDocument = z.infer<typeof rule>;

/** The whole document. Unknown keys are errors. */
export const document = z.strictObject({
  version: z.literal(1),
  feeds: z.array(feed).default([]),
  /** Ids of shipped packs whose lists expressions may name. */
  use: z.array(z.string()).default([]),
  /** Countries, organisations, persons. */
  entities: z.record(listId, list).default({}),
  /** Anything else that expressions name. */
  concepts: z.record(listId, list).default({}),
  rules: z.array(rule).default([]),
  /** Where alerts are sent, by id. */
  channels: z.record(id, channel).default({}),
  /** Channels for notices about the service itself. */
  ops: opsList,
  /** Address of an external watchdog, which is pinged after every poll round. */
  heartbeat,
  /** Publishers that belong together and do not confirm each other. */
  families: z.record(text, z.array(text).min(1)).default({}),
  /** Private hosts that feeds and channels may use. */
  allow_hosts: z.array(text).default([]),
});
/** The document with defaults, before conversion to the model. */
export type ConfigDocument = z.infer<typeof document>;
