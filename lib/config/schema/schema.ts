/**
 * The schema of a configuration document: keys, types and limits. lib/config/document/config.ts checks references between
 * values.
 */
import * as z from 'zod';
import { ALERTS_PER_HOUR_DEFAULT, CONFIRM_DEFAULT } from '../../model/defaults.ts';
import { LIST_TERMS_MAX, POLL_FLOOR_PAID_MS } from '../../model/limits.ts';
import { channel, heartbeat, opsList } from './channel-schema.ts';
import { DURATION_HINT, readDuration } from './duration.ts';
import { readDigestTimes, readQuietHours } from './hours.ts';
import { key } from './keys.ts';

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
  url: key(httpUrl, 'Address of the feed. Rows with the same address are merged.'),
  id: key(id.optional(), 'Name of the feed in logs, alerts and rules.', 'the address without its scheme'),
  lang: key(
    lang.optional(),
    'Language of its entries, a BCP 47 tag. It takes precedence over what the feed says.',
    'what the feed says, else a guess',
  ),
  publisher: key(
    text.optional(),
    'Who publishes it. Reports of one publisher are not independent.',
    'the registrable domain',
  ),
  country: key(country.optional(), 'Country of the publisher, two capitals of ISO 3166-1.'),
  grade: key(
    z.enum(['A', 'B', 'C', 'D', 'E', 'F']).optional(),
    'How far you trust it, A to F. Shown with alerts; it decides nothing.',
  ),
  every: key(
    every.optional(),
    'Time between two polls, at least 5 minutes (1 minute on the paid plan). The publisher can only lengthen it.',
    'adapts to the feed: 5 to 60 minutes, 15 at first',
  ),
  tags: key(texts, 'Words of your own, which rules can require.', 'none'),
  backfill: key(
    duration.optional(),
    'At the first poll, entries that are at most this old alert as one digest.',
    'nothing alerts at the first poll',
  ),
  max_age: key(
    duration.optional(),
    'Entries that are older than this when first seen are recorded and do not alert.',
    '7d',
  ),
  headers: key(
    z.record(z.string().regex(/^[A-Za-z0-9-]{1,80}$/u), text).default({}),
    'Further request headers, sent to the origin of this feed only. Values may name variables of the environment.',
    'none',
  ),
  auth: key(auth.optional(), '`{ user, password }` or `{ bearer }`, sent to the origin of this feed only.'),
  paused: key(z.boolean().default(false), 'A paused feed is not polled and keeps its history.'),
});
/** A feed of the document with defaults. */
export type FeedDocument = z.infer<typeof feed>;

/** Terms in the rule language; YAML numbers become texts. */
const terms = z.array(z.union([text, z.number().transform(String)])).max(LIST_TERMS_MAX);
/** An entity or a concept. */
const list = z.strictObject({
  title: key(text.optional(), 'Short English title for alerts.', 'the id'),
  country: key(country.optional(), 'The country that the list names, two capitals of ISO 3166-1.'),
  counted: key(
    z.union([z.boolean(), listId]).default(false),
    'Whether figures can count its words, or the list under which they are counted.',
  ),
  terms: key(terms.default([]), 'Words and phrases of any language.', 'none'),
  exact: key(terms.default([]), 'Words that compare case and accents.', 'none'),
  not_in: key(
    terms.default([]),
    'Phrases, or `@id` of lists: a word within one of them does not count.',
    'none',
  ),
  include: key(z.array(z.string()).default([]), 'Ids of lists whose words belong to this one, too.', 'none'),
  langs: key(
    z.record(lang, terms).default({}),
    'Words by language. The label is used for coverage, not for matching.',
    'none',
  ),
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
  lang: key(texts, 'Languages of the entry.', 'any'),
  not_lang: key(texts, 'Languages that the entry may not have.', 'none'),
  publisher: key(texts, 'Publishers.', 'any'),
  not_publisher: key(texts, 'Publishers that do not count.', 'none'),
  tag: key(texts, 'Tags of the feed, of which one is enough.', 'any'),
  max_age: key(duration.optional(), 'As for a feed; that of the rule takes precedence.', 'that of the feed'),
});
/** When a story counts as confirmed. */
const confirm = z.strictObject({
  sources: key(
    z.number().int().min(1).max(20).default(CONFIRM_DEFAULT.sources),
    'Number of independent sources.',
  ),
  languages: key(
    z.number().int().min(0).max(20).default(CONFIRM_DEFAULT.languages),
    'Number of languages among their reports.',
  ),
  within: key(
    duration.default(CONFIRM_DEFAULT.withinMs),
    'Reports count if they are at most this far apart.',
    '24h',
  ),
  independent: key(
    z.enum(['publisher', 'country']).default(CONFIRM_DEFAULT.independent),
    'What makes two sources independent; `country` counts each country once.',
  ),
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
  to: key(
    z.union([z.array(z.string()), z.string().transform((one) => [one])]).default([]),
    'Ids of channels. Without one the rule sends no alert.',
    'none',
  ),
  on: key(
    z.union([z.array(z.string()), z.string().transform((one) => [one])]).optional(),
    'Developments that alert: `first`, `confirmed`, `language`, `figure`, `closed` ([stories.md](stories.md)).',
    '`[first]`, with `confirm` also `confirmed`',
  ),
  group_by: key(
    z.enum(['story', 'none']).default('story'),
    '`story`: reports of one event are one story; `none`: every entry alerts.',
  ),
  group_wait: key(
    duration.default(0),
    'How long an alert waits for others of its rule, to be sent with them.',
    '0s',
  ),
  quiet: key(
    quiet.optional(),
    '`"22:00-06:00 Europe/Paris"`: alerts are queued until these hours end; none is dropped.',
    'none',
  ),
  digest: key(
    digest.optional(),
    '`"daily 08:00 Europe/Paris"` or `"monday 08:00 Europe/Paris"`: alerts are queued and sent as one message then.',
    'none',
  ),
  repeat: key(
    duration.optional(),
    'A story that still gets reports alerts again after this time, unless a user acknowledged it.',
    'never',
  ),
  per_hour: key(
    z.number().int().min(1).max(1_000).default(ALERTS_PER_HOUR_DEFAULT),
    'Alerts of the rule in an hour; further ones are queued and sent as one digest that names every entry.',
  ),
});
/** One row of `rules`. */
const rule = z.strictObject({
  id: key(id, 'Identity of the rule: with another id it is another rule.'),
  title: key(text.optional(), 'Shown with alerts.', 'the id'),
  severity: key(
    z.enum(['info', 'low', 'medium', 'high', 'critical']).default('medium'),
    'Shown with alerts; channels and pages sort by it.',
  ),
  query: key(
    z.string().optional(),
    'What it matches: an expression of the rule language ([rules.md](rules.md)).',
  ),
  score: key(
    z
      .strictObject({
        threshold: key(z.number(), 'Sum of weights that an entry must reach.'),
        terms: key(z.record(z.string(), z.number()), 'Weights by term or `@list`.'),
      })
      .optional(),
    'Weighted terms that must reach a threshold, instead of a query or beside it.',
  ),
  where: key(where.optional(), 'Conditions on the facts of an entry.'),
  quantity: key(
    z
      .strictObject({
        of: key(text, 'What is counted: `@list` or a term.'),
        op: key(z.enum(['>=', '>', '<=', '<', '=']).default('>='), 'How the figure compares with the value.'),
        value: key(z.number().min(0), 'The value.'),
        within: key(
          z.number().int().min(0).max(50).default(4),
          'Words between the figure and what it counts.',
        ),
      })
      .optional(),
    'A figure near a term, like COUNT in an expression.',
  ),
  confirm: key(confirm.optional(), 'When a story counts as confirmed.', 'two publishers within a day'),
  notify: key(notify.optional(), 'Where, when and on what the rule alerts.'),
  test_mode: key(
    z.boolean().default(false),
    'Matches and stories are recorded with the decision `test-mode`, and nothing is sent. A story that began in test ' +
      'mode alerts at its next development.',
  ),
  backfill: key(
    duration.optional(),
    'When the rule is new, matches in the archive that are at most this old alert as one digest.',
    'entries that are already listed do not alert',
  ),
  tests: key(
    z
      .strictObject({
        match: key(
          z.array(test).default([]),
          'Titles, or `{ title, summary, lang }`, that must match.',
          'none',
        ),
        no_match: key(z.array(test).default([]), 'Titles that must not match.', 'none'),
      })
      .optional(),
    'Examples, checked whenever the document is saved.',
  ),
});
/** A rule of the document with defaults. */
export type RuleDocument = z.infer<typeof rule>;

/** The whole document. Unknown keys are errors. */
export const document = z.strictObject({
  version: key(z.literal(1), 'Always `1`.'),
  feeds: key(z.array(feed).default([]), 'What is polled; at least one.', 'none'),
  use: key(z.array(z.string()).default([]), 'Shipped packs of lists: [packs.md](packs.md).', 'none'),
  entities: key(
    z.record(listId, list).default({}),
    'Your own lists of countries, organisations and persons, by id.',
    'none',
  ),
  concepts: key(z.record(listId, list).default({}), 'Your own lists of anything else, by id.', 'none'),
  rules: key(z.array(rule).default([]), 'What you want alerts for; at least one.', 'none'),
  channels: key(
    z.record(id, channel).default({}),
    'Where alerts go, by id: [channels.md](channels.md).',
    'none',
  ),
  ops: key(
    opsList,
    'Channels that get notices about the service itself: [channels.md](channels.md#notices-about-the-service-and-a-heartbeat).',
    'none',
  ),
  heartbeat: key(heartbeat, '`{ url }`, requested after each poll round: for a watchdog outside.', 'none'),
  families: key(
    z.record(text, z.array(text).min(1)).default({}),
    'Publishers that belong together and never confirm each other: `{ BBC: [BBC Persian, bbc.com] }`.',
    'none',
  ),
  allow_hosts: key(
    z.array(text).default([]),
    'Private hosts that feeds and channels may use: `[rss-bridge.lan, 192.168.1.20]`. All other private addresses are ' +
      'refused; this machine itself is allowed only with `--allow-loopback`.',
    'none',
  ),
});
/** The document with defaults, before conversion to the model. */
export type ConfigDocument = z.infer<typeof document>;

/** Schemas of lengths of time: a bare number in their place lacks its unit. */
export const DURATIONS: ReadonlySet<z.ZodType> = new Set([duration, every]);

/** Mappings of the document that docs/configuration.md describes, each under its heading. */
export const SECTIONS = { document, feed, list, rule, where, confirm, notify } as const;
