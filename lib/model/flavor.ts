/** Names for plain values. A flavored type accepts any plain number or string, but not another flavor. */

/** `T`, distinguished from other flavors of `T` by the compiler only, not at run time. */
export type Flavor<T, Name extends string> = T & { readonly __flavor?: Name };

/** Milliseconds since 1970-01-01T00:00Z. */
export type EpochMs = Flavor<number, 'EpochMs'>;
/** A duration in milliseconds, never negative. */
export type DurationMs = Flavor<number, 'DurationMs'>;
/** A feed's `id` from the configuration, else its URL without the scheme. */
export type FeedId = Flavor<string, 'FeedId'>;
/** A rule's `id` from the configuration. */
export type RuleId = Flavor<string, 'RuleId'>;
/** A channel's key in the configuration. */
export type ChannelId = Flavor<string, 'ChannelId'>;
/** A 53-bit unsigned hash (lib/text/hash.ts), which a JavaScript number represents exactly. */
export type Hash53 = Flavor<number, 'Hash53'>;
/** A BCP 47 language tag such as `fr` or `zh-Hant`, in canonical case. */
export type LanguageTag = Flavor<string, 'LanguageTag'>;
