/** Every cap in the product: unit in the name, why beside it. A loop over outside data without one is a bug. */

// ---- a poll
/** Decoded bytes of one feed: 128 MB of memory hold the body, its text and its entries several times over. */
export const FEED_BODY_BYTES_MAX = 5_000_000;
/** Entries read from one document; the busiest real feeds list about 500. */
export const FEED_ENTRIES_MAX = 1_000;
/** UTF-16 units kept of one text field: a summary, not a book. */
export const FIELD_UNITS_MAX = 64_000;
/** Problems reported for one document; the rest is counted in the last one. */
export const FEED_PROBLEMS_MAX = 50;
/** Units of content that rules see where there is no summary. */
export const CONTENT_MATCH_UNITS_MAX = 2_000;

/** Units of one attribute value: a quote that closes later was never meant to. */
export const ATTRIBUTE_UNITS_MAX = 4_096;
/** Attributes read of one tag. */
export const TAG_ATTRIBUTES_MAX = 256;
/** Start tags looked at in one entry, or in the feed's own part: the largest real ones have some hundreds. */
export const STRETCH_TAGS_MAX = 20_000;
/** Units of the markup of one person. */
export const PERSON_UNITS_MAX = 4_096;
/** Tags looked at for the root element: warnings of a server's script may stand before it. */
export const ROOT_TAGS_MAX = 200;
/** Authors and categories kept, each, of one entry or feed. */
export const FIELD_VALUES_MAX = 100;
/** Element names a document may leave without an end tag before the scanner stops looking for their ends. */
export const UNCLOSED_NAMES_MAX = 16;
/** Feeds that a page or an OPML file may announce. */
export const DISCOVERED_FEEDS_MAX = 100;
/** Outlines read of one OPML file. */
export const OPML_OUTLINES_MAX = 10_000;

// ---- a configuration
/** Bytes of a configuration document. */
export const CONFIG_BYTES_MAX = 5_000_000;
/** Bytes of a compiled one: a call between Workers takes 32 MiB, a value in KV 25 MiB. */
export const BUNDLE_BYTES_MAX = 20_000_000;
/** Expression of one rule, UTF-16 units. */
export const QUERY_UNITS_MAX = 8_192;
/** Nesting of one expression: deeper is a machine's mistake. */
export const QUERY_DEPTH_MAX = 32;
/** Terms in one entity or concept. */
export const LIST_TERMS_MAX = 2_000;
/** UTF-16 units of one folded pattern. */
export const PATTERN_UNITS_MAX = 255;
/** UTF-16 units of one re:"…": more is a list of words in the wrong place. */
export const REGEX_UNITS_MAX = 1_000;
/** Instructions of one compiled re:"…": bounded repetition of bounded repetition grows without a limit. */
export const REGEX_PROGRAM_MAX = 2_000;
/** Different re:"…" of one configuration. */
export const CONFIG_REGEXES_MAX = 500;
/** Those among them without a word of their own, which are tried on every entry. */
export const CONFIG_LOOSE_REGEXES_MAX = 100;
/** Units of one field that re:"…" looks at: a search is linear, but its factor is large. */
export const REGEX_TEXT_UNITS_MAX = 16_000;
/** Hits of one re:"…" noted in one field. */
export const REGEX_HITS_MAX = 32;
/** Hits of terms noted in one entry; beyond, the match is marked truncated. */
export const ENTRY_HITS_MAX = 4_096;
/** NEAR/n: more is "in the same entry". */
export const NEAR_TOKENS_MAX = 50;
/** Letters of `word*n`; a bare `*` has no bound but the word. */
export const WILDCARD_UNITS_MAX = 30;
/** Distinct terms of one configuration: the compiled rules must fit a KV value (25 MiB) and an isolate. */
export const CONFIG_TERMS_MAX = 200_000;
/** Entries of a path in a configuration: deeper is a mistake or an attack. */
export const CONFIG_DEPTH_MAX = 32;
/** Values in one configuration, aliases expanded. */
export const CONFIG_VALUES_MAX = 1_000_000;
/** Values of one configuration reached through aliases: a bomb of 300 bytes stands for millions. */
export const CONFIG_ALIAS_VALUES_MAX = 10_000;
/** Problems listed for one configuration. */
export const CONFIG_PROBLEMS_MAX = 200;
/** Tests of all rules of one configuration. */
export const RULE_TESTS_MAX = 2_000;
/** Places of proximity and field operators noted in one entry × rule. */
export const ENTRY_NODES_MAX = 16_384;
/** Spans given with one match: enough to underline, not a copy of the text. */
export const MATCH_SPANS_MAX = 100;

// ---- pace
/** Courtesy to publishers: never poll one feed more often than this (5 min). */
export const POLL_FLOOR_MS = 300_000;
/** The same on the paid profile (1 min). */
export const POLL_FLOOR_PAID_MS = 60_000;
/** Without `every`, before a feed's rhythm is known (15 min). */
export const POLL_INTERVAL_MS_DEFAULT = 900_000;
/** Ceiling of the adaptive pace (60 min): bounds how late an alert can be. */
export const POLL_INTERVAL_MS_MAX = 3_600_000;
/** max-age and Expires are followed up to a day. */
export const FRESHNESS_MS_MAX = 86_400_000;
/** Retry-After is followed up to 7 days. */
export const RETRY_AFTER_MS_MAX = 604_800_000;
/** RSS ttl is followed up to a day. */
export const TTL_MS_MAX = 86_400_000;
/** sy:updatePeriod is followed up to a day: `yearly` is a template's default, not a wish. */
export const SY_PERIOD_MS_MAX = 86_400_000;
/** 429 holds back the other feeds of its host, but no longer than this (6 h): one broken path must not silence a publisher. */
export const HOST_HOLD_MS_MAX = 21_600_000;
/** Failing feeds are still tried once a day. */
export const BACKOFF_MS_MAX = 86_400_000;
/** 429 without Retry-After: at least this (10 min), doubling. */
export const THROTTLE_MS_MIN = 600_000;

/** After so long (8 days) of nothing but 304, one request goes out without validators. */
export const UNCHANGED_MS_MAX = 691_200_000;
/** Failures, or answers of the same bad kind, in a row before a feed's state says so. */
export const STATE_FAILURES_MIN = 3;
/** Good polls in a row before a bad state is over: a feed that flaps is told of once. */
export const STATE_SUCCESSES_MIN = 2;
/** Nothing new for this long (7 days), or three times its usual gap: stale. */
export const STALE_MS_MIN = 604_800_000;
/** A permanent redirect is believed after this many polls … */
export const MOVED_POLLS_MIN = 3;
/** … over at least this long (24 h): hotel portals and expired certificates redirect permanently too. */
export const MOVED_MS_MIN = 86_400_000;

// ---- a tick
/** Between two ticks (1 min): cron knows nothing shorter. */
export const TICK_MS = 60_000;
/** Polls that start within one second, at least: more only for more than 100 feeds. */
export const STARTS_PER_SECOND_MIN = 5;
/** Requests of one tick, redirect hops included: the free plan allows 50. */
export const TICK_REQUESTS_MAX = 40;
/** Decoded bytes of changed bodies parsed in one tick: 10 ms of CPU on the free plan. */
export const TICK_BODY_BYTES_MAX = 1_500_000;
/** Feeds fetched at the same time: the platform lets 6 wait for headers. */
export const TICK_PARALLEL_HOSTS = 6;
/** A claim that is not accepted after this (3 min) is taken for crashed. */
export const CLAIM_MS_MAX = 180_000;
/** How late in its tick a feed is usually asked at most (1 min): what a crashed claim adds to the floor. */
export const CLAIM_LATE_MS = 60_000;
/** A tick that is further ahead of wall time (10 min) is somebody's mistake. */
export const TICK_AHEAD_MS_MAX = 600_000;
/** Between two requests to one host. */
export const HOST_SPACING_MS = 1_000;
/** robots.txt of a host is believed for a day (RFC 9309 §2.4). */
export const ROBOTS_MS_MAX = 86_400_000;

// ---- one request
/** A robots.txt that keeps us waiting (10 s) forbids nothing. */
export const ROBOTS_TIMEOUT_MS = 10_000;
/** Read of a robots.txt: what RFC 9309 §2.5 asks crawlers to take at least (500 KiB). */
export const ROBOTS_BYTES_MAX = 512_000;
/** Rules that name us, kept for each host: they lie in the seen document. */
export const ROBOTS_RULES_MAX = 100;
/** UTF-16 units of one of them. */
export const ROBOTS_PATTERN_UNITS_MAX = 500;
export const FEED_TIMEOUT_MS = 20_000;
/** A server that says nothing for this long (10 s) is not going to. */
export const HEADERS_TIMEOUT_MS = 10_000;
/** Decoded to compressed: a hundred times more is an attack … */
export const BODY_RATIO_MAX = 100;
/** … once it is more than this: small bodies of blanks are harmless. */
export const BODY_RATIO_BYTES_MIN = 1_000_000;
export const REDIRECTS_MAX = 5;
/** Older pages (RFC 5005) read to fill a gap: a burst, not an archive of years. */
export const GAP_PAGES_MAX = 3;

// ---- how polls went
/** Days of which a feed's new entries are counted, for a small chart. */
export const RECORD_DAYS_MAX = 14;
/** Newest polls of which the latency is kept. */
export const RECORD_LATENCIES_MAX = 20;
/** Problems of a document that are shown with the offending text, and how much of that on each side. */
export const RECORD_PROBLEMS_MAX = 5;
export const EXCERPT_UNITS = 60;

// ---- identity
/** A key unlisted for this long (90 days) may be forgotten. */
export const KNOWN_UNLISTED_DAYS = 90;
/** Entries remembered of one feed: seven numbers each, in one row of at most 2 MB. */
export const KNOWN_ENTRIES_MAX = 30_000;
/** Windows smaller than this never count as churn. */
export const CHURN_WINDOW_MIN = 5;
/** An entry dated this long (7 days) before it was first seen is recorded, not alerted. */
export const ENTRY_AGE_MS_MAX = 604_800_000;
/** A date ahead of first sight is cut to this much (5 min) ahead: clocks differ, 2099 is a typo. */
export const ENTRY_FUTURE_MS_MAX = 300_000;

// ---- archive
/** One page row: SQLite rows end at 2 MB, a page is read whole. */
export const ARCHIVE_PAGE_BYTES_MAX = 256_000;
export const ARCHIVE_ENTRIES_MAX = 50_000;
export const ARCHIVE_MS_MAX = 2_592_000_000;

// ---- alerts and deliveries
/** More alerts than this from one feed in churn go out as one digest. */
export const FLOOD_ALERTS_MAX = 5;
/** Alerts in one digest: a row of the outbox ends at 2 MB. A flood takes several; a backfill counts the rest. */
export const DIGEST_ALERTS_MAX = 100;
/** Sends of one alarm run: under the free plan's 50 requests. */
export const ALARM_SENDS_MAX = 40;
/** Behind an alarm run that failed for a fault of our own, such as a full disk (10 s): the next moment will not mend it. */
export const ALARM_PAUSE_MS = 10_000;
/** An alarm that has not run so long (10 s) after its time will not: the next tick sets it again. */
export const ALARM_LATE_MS_MAX = 10_000;
/** Channels sent to at the same time. */
export const ALARM_PARALLEL_CHANNELS = 4;
/** Connect, send and read the answer (Standard Webhooks: 15–30 s). */
export const DELIVERY_TIMEOUT_MS = 20_000;
/** Read of a receiver's answer: enough to say why. */
export const RESPONSE_BYTES_MAX = 4_096;
/** Kept of it in the attempt log (1 KB): the answers of all platforms name the fault in their first line. */
export const ATTEMPT_DETAIL_UNITS_MAX = 1_000;
/** Combining marks on one character: the scripts of the world stack four; towers of them cover other lines. */
export const COMBINING_MARKS_MAX = 8;
/** A link in a message: Discord and Telegram refuse longer ones. */
export const LINK_UNITS_MAX = 2_000;
/** Retry-After of a receiver is followed up to a day: the retries of a delivery span three. */
export const RETRY_AFTER_DELIVERY_MS_MAX = 86_400_000;
/** A channel that fails for five days is disabled (the rule of Svix). */
export const CHANNEL_FAILING_MS_MAX = 432_000_000;
/** Failures in a row after which a success pulls forward what waits for its own next attempt. */
export const OUTAGE_FAILURES_MIN = 3;
/** A delivery that has waited for so long (15 min) makes the service not ready, and is told to the ops channels. */
export const OUTBOX_AGE_MS_MAX = 900_000;
/** Deliveries taken up again by one request. */
export const REPLAYED_MAX = 10_000;
/** More feeds than this in one batch are told of together: a broken line is one fault, not a hundred. */
export const OPS_FEEDS_NAMED_MAX = 3;
/** UTF-16 units of a body from a template: what common receivers take at least. */
export const TEMPLATE_OUTPUT_UNITS_MAX = 250_000;
/** Units of a template in the configuration. */
export const TEMPLATE_UNITS_MAX = 16_000;
/** Sections within sections of a template. */
export const TEMPLATE_DEPTH_MAX = 8;
/** A failing channel is probed at least this often (60 s). */
export const CHANNEL_BACKOFF_MS_MAX = 60_000;
/** Attempts kept in the log (newest). */
export const ATTEMPTS_KEPT_MAX = 10_000;

// ---- store
/** KV writes a day on the free plan: 1,000, less a reserve for publishing. */
export const KV_WRITES_PER_DAY_MAX = 900;
/** Rows that Durable Objects may write a day on the free plan (Cloudflare, Durable Objects, limits). Shown, not enforced. */
export const DESK_ROWS_WRITTEN_PER_DAY_MAX = 100_000;
/** Writes that may come at once before the pace of a day applies. */
export const KV_WRITES_BURST = 60;
/** UTF-16 units of a summary in an alert: a webhook body aims at 20 KB. */
export const SUMMARY_UNITS_MAX = 1_000;

// ---- pages
/** Read of a browser's report that the policy stopped something, and how many are logged: they are anybody's to send. */
export const CSP_REPORT_BYTES_MAX = 16_384;
export const CSP_REPORTS_LOGGED_MAX = 20;

// ---- access
/** A session ends after this (12 h): a working day. */
export const SESSION_MS_MAX = 43_200_000;
export const SESSIONS_MAX = 200;
export const TOKENS_MAX = 50;
/** Failed logins from one address within LOGIN_WINDOW_MS (15 min) before it has to wait; ten times as many from all. */
export const LOGIN_FAILURES_MAX = 10;
export const LOGIN_WINDOW_MS = 900_000;
/** Keys of Cloudflare Access are kept for an hour, and asked for again at most once a minute for an unknown one. */
export const ACCESS_KEYS_MS_MAX = 3_600_000;
export const ACCESS_KEYS_PAUSE_MS = 60_000;
export const ACCESS_KEYS_BYTES_MAX = 100_000;
/** Least length of a token: 128 bits in base64. */
export const TOKEN_UNITS_MIN = 22;

/** Bytes of a call's body, but for configurations. */
export const API_BODY_BYTES_MAX = 100_000;

/** Stories in one page of a list, and stories looked at to fill it. */
export const STORIES_LISTED_MAX = 200;
export const STORIES_LOOKED_AT_MAX = 5_000;
/** Deliveries listed in one answer, or of one story or entry. */
export const DELIVERIES_LISTED_MAX = 100;
/** Entries that a trace finds for a pasted text. */
export const TRACE_ENTRIES_MAX = 50;
/** Entries shown of a feed before it is added. */
export const FEED_PREVIEW_ENTRIES_MAX = 20;
/** Pages of the archive that one call of a search reads. */
export const SEARCH_PAGES_MAX = 40;
/** Alerts in a rule's own feed. */
export const ALERT_FEED_MAX = 50;
/** Developments listed of one story. */
export const DEVELOPMENTS_LISTED_MAX = 500;

// ---- alerts
/** Alerts of one rule in an hour before the rest of it comes as a digest: more, and nobody reads them. */
export const ALERTS_PER_HOUR_DEFAULT = 30;
/** Sources named in one alert, and copies of each: a webhook body aims at 20 KB. */
export const ALERT_SOURCES_MAX = 30;
export const ALERT_COPIES_MAX = 8;
export const ALERT_FIGURES_MAX = 8;
/** UTF-16 units of a summary within a digest of many. */
export const DIGEST_SUMMARY_UNITS_MAX = 300;
/** Held alerts released by one tick: the rest by the next. */
export const QUEUED_RELEASED_MAX = 2_000;
/** Mutes in force at once. */
export const MUTES_MAX = 1_000;
/** A mute that ends with what happens in its story ends after 30 days if nothing does, unless it says when. */
export const MUTE_DEFAULT_MS = 2_592_000_000;

// ---- stories
/** Dates in a story's small chart. */
export const STORY_TIMES_MAX = 60;
/** UTF-16 units of a report's title within its story. */
export const REPORT_TITLE_UNITS_MAX = 300;
/** Words kept of one entry to compare it by: a title, a summary and more. */
export const FACT_WORDS_MAX = 96;
export const FACT_NAMES_MAX = 32;
export const FACT_FIGURES_MAX = 12;
/** Reports of one story that are kept to compare with: the newest and the first; the rest is counted. */
export const STORY_REPORTS_MAX = 120;
/** Reports of one story that a new one is compared with: its first ones and the newest. */
export const STORY_COMPARED_MAX = 16;
/** Open stories of one rule that a report is compared with, newest first. */
export const STORIES_OPEN_MAX = 300;
/** A story without a report for this long is closed (72 h). */
export const STORY_QUIET_MS_MAX = 259_200_000;

/** A figure is news from a fifth above the largest so far: rounding and later counts of the same are not. */
export const FIGURE_RISE_MIN = 1.2;

// ---- desk
/** Bytes of one row of a stored configuration: SQLite rows end at 2 MB. */
export const CONFIG_PART_BYTES = 1_000_000;
/** Compiled versions kept: a claim that is out may still name the one before. */
export const CONFIG_BUNDLES_MAX = 3;
/** Versions of the configuration kept. */
export const CONFIG_VERSIONS_MAX = 200;
/** Delivered and dead rows stay listed this long (30 days). */
export const OUTBOX_KEPT_MS = 2_592_000_000;
/** (entry, rule) pairs are remembered this long (400 days): longer than any key of a feed. */
export const HANDLED_KEPT_MS = 34_560_000_000;
/** Acknowledged deliveries named in the seen document: a restored desk does not send them again. */
export const DELIVERED_IDS_MAX = 500;
/** News waits for slower feeds of the same tick at most this long (1 s) before the desk is told. */
export const ACCEPT_AFTER_MS = 1_000;
