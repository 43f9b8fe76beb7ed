/** Names for plain values. A flavoured type takes any plain number or string, but not another flavour. */

/** `T`, told apart from other flavours of `T` by the compiler and by nothing at run time. */
export type Flavor<T, Name extends string> = T & { readonly __flavor?: Name };

/** Milliseconds since 1970-01-01T00:00Z. */
export type EpochMs = Flavor<number, 'EpochMs'>;
/** A length of time in milliseconds, never negative. */
export type DurationMs = Flavor<number, 'DurationMs'>;
/** A feed's `id` from the configuration, else its URL without the scheme. */
export type FeedId = Flavor<string, 'FeedId'>;
export type RuleId = Flavor<string, 'RuleId'>;
export type ChannelId = Flavor<string, 'ChannelId'>;
/** A 53-bit unsigned hash (see lib/text/hash.ts): fits a JavaScript number exactly. */
export type Hash53 = Flavor<number, 'Hash53'>;
/** A BCP 47 language tag such as `fr` or `zh-Hant`, in canonical case. */
export type LanguageTag = Flavor<string, 'LanguageTag'>;
