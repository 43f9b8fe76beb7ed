/** What holds where a user gives no value. The keys of the document without a default here have theirs in its schema. */
import type { ConfirmConfig } from './config.ts';

/** `max_age` of feeds and rules: an entry dated more than 7 days before first sight is recorded without alert. */
export const MAX_AGE_MS_DEFAULT = 604_800_000;
/** Interval of a feed without `every` until its rhythm is known (15 minutes). */
export const POLL_INTERVAL_MS_DEFAULT = 900_000;
/** `confirm` of rules without it, and its keys: two publishers within 24 hours. */
export const CONFIRM_DEFAULT: ConfirmConfig = {
  sources: 2,
  languages: 0,
  withinMs: 86_400_000,
  independent: 'publisher',
};
/** `notify.per_hour`: alerts of one rule in an hour before the rest is combined into a digest. Users do not read more. */
export const ALERTS_PER_HOUR_DEFAULT = 30;
/** A mute that ends on a development ends after 30 days at the latest, unless it has an end of its own. */
export const MUTE_MS_DEFAULT = 2_592_000_000;
