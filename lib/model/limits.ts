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

// ---- a configuration
/** Bytes of a configuration document. */
export const CONFIG_BYTES_MAX = 5_000_000;
/** Expression of one rule, UTF-16 units. */
export const QUERY_UNITS_MAX = 8_192;
/** Nesting of one expression: deeper is a machine's mistake. */
export const QUERY_DEPTH_MAX = 32;
/** Terms in one entity or concept. */
export const LIST_TERMS_MAX = 2_000;
/** UTF-16 units of one folded pattern. */
export const PATTERN_UNITS_MAX = 255;
/** Hits of terms noted in one entry; beyond, the match is marked truncated. */
export const ENTRY_HITS_MAX = 4_096;
