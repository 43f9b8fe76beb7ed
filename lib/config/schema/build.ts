/** Builds the model's `Config` from a checked document: defaults, ids, merged feeds. Reports no problems. */
import type {
  Config,
  ConfirmConfig,
  DevelopmentKind,
  FeedConfig,
  NotifyConfig,
  Places,
  RuleConfig,
  RuleTest,
  TermList,
} from '../../model/config.ts';
import { ALERTS_PER_HOUR_DEFAULT } from '../../model/defaults.ts';
import { channelOf } from './channel-schema.ts';
import type { ConfigDocument, FeedDocument, ListDocument, RuleDocument } from './schema.ts';

/**
 * @param source the document, after the schema and all checks accepted it
 * @param places positions of its values, for later problems of rules
 */
export function buildConfig(source: ConfigDocument, places: Places): Config {
  return {
    version: 1,
    feeds: mergeFeeds(source.feeds),
    use: [...new Set(source.use)],
    lists: [
      ...Object.entries(source.entities).map(([id, list]) => listOf(id, 'entity', list)),
      ...Object.entries(source.concepts).map(([id, list]) => listOf(id, 'concept', list)),
    ],
    rules: source.rules.map(ruleOf),
    channels: Object.entries(source.channels).map(([id, channel]) => channelOf(id, channel)),
    ...(source.ops === undefined ? {} : { ops: [...new Set(source.ops)] }),
    ...(source.heartbeat === undefined ? {} : { heartbeat: source.heartbeat }),
    families: source.families,
    allowHosts: source.allow_hosts,
    places,
  };
}

/** The feed's `id`, else its URL without the scheme. */
export function feedIdOf(feed: FeedDocument): string {
  return feed.id ?? feed.url.replace(/^https?:\/\//iu, '');
}

/** The URL without fragment, normalised: two spellings of one address are the same feed. */
export function addressOf({ url }: FeedDocument): string {
  const address = new URL(url);
  address.hash = '';
  return address.href;
}

/** One feed for each address; later rows of the same address only add their tags. */
function mergeFeeds(feeds: readonly FeedDocument[]): FeedConfig[] {
  const byUrl = new Map<string, FeedConfig>();
  for (const feed of feeds) {
    const address = addressOf(feed);
    const first = byUrl.get(address);
    const tags = [...new Set([...(first?.tags ?? []), ...feed.tags])];
    byUrl.set(address, first === undefined ? feedOf(feed) : { ...first, tags });
  }
  return [...byUrl.values()];
}

/** A feed with defaults; intervals in milliseconds. */
function feedOf(feed: FeedDocument): FeedConfig {
  return {
    id: feedIdOf(feed),
    url: feed.url,
    lang: feed.lang ?? null,
    publisher: feed.publisher ?? null,
    country: feed.country ?? null,
    grade: feed.grade ?? null,
    tags: [...new Set(feed.tags)],
    everyMs: feed.every ?? null,
    backfillMs: feed.backfill ?? null,
    maxAgeMs: feed.max_age ?? null,
    headers: feed.headers,
    auth: feed.auth ?? null,
    paused: feed.paused,
  };
}

/** An entity or concept; `langs` become terms of one language. */
function listOf(id: string, kind: TermList['kind'], list: ListDocument): TermList {
  return {
    id,
    kind,
    title: list.title ?? null,
    country: list.country ?? null,
    counted: list.counted,
    terms: [
      ...list.terms.map((term) => ({ term, lang: null })),
      ...Object.entries(list.langs).flatMap(([lang, terms]) => terms.map((term) => ({ term, lang }))),
    ],
    exact: list.exact,
    notIn: list.not_in,
    include: list.include.map((other) => other.replace(/^@/u, '')),
  };
}

/** A rule with defaults; intervals in milliseconds. */
function ruleOf(rule: RuleDocument): RuleConfig {
  const { where } = rule;
  return {
    id: rule.id,
    title: rule.title ?? rule.id,
    severity: rule.severity,
    query: rule.query ?? '',
    score:
      rule.score === undefined
        ? null
        : {
            threshold: rule.score.threshold,
            terms: Object.entries(rule.score.terms).map(([term, weight]) => ({ term, weight })),
          },
    quantity: rule.quantity ?? null,
    where: {
      lang: where?.lang ?? [],
      notLang: where?.not_lang ?? [],
      publisher: where?.publisher ?? [],
      notPublisher: where?.not_publisher ?? [],
      tag: where?.tag ?? [],
      maxAgeMs: where?.max_age ?? null,
    },
    confirm: rule.confirm === undefined ? null : confirmOf(rule.confirm),
    notify: notifyOf(rule),
    testMode: rule.test_mode,
    backfillMs: rule.backfill ?? null,
    tests: {
      match: (rule.tests?.match ?? []).map(testOf),
      noMatch: (rule.tests?.no_match ?? []).map(testOf),
    },
  };
}

/** Durations are milliseconds. */
function confirmOf({ within, ...confirm }: NonNullable<RuleDocument['confirm']>): ConfirmConfig {
  return { ...confirm, withinMs: within };
}

/** Defaults of `notify`: alert on first reports, and on confirmations if the rule defines what confirms. */
function notifyOf({ notify, confirm }: RuleDocument): NotifyConfig {
  const standard: DevelopmentKind[] = confirm === undefined ? ['first'] : ['first', 'confirmed'];
  return {
    to: notify?.to ?? [],
    // The checks have refused all other kinds.
    on: (notify?.on as DevelopmentKind[] | undefined) ?? standard,
    groupBy: notify?.group_by ?? 'story',
    groupWaitMs: notify?.group_wait ?? 0,
    quiet: notify?.quiet ?? null,
    digest: notify?.digest ?? null,
    repeatMs: notify?.repeat ?? null,
    perHour: notify?.per_hour ?? ALERTS_PER_HOUR_DEFAULT,
  };
}

type TestDocument = NonNullable<RuleDocument['tests']>['match'][number];

/** A text is a title without summary. */
function testOf(test: TestDocument): RuleTest {
  if (typeof test === 'string') return { title: test, summary: '', lang: null };
  return { title: test.title, summary: test.summary, lang: test.lang ?? null };
}
