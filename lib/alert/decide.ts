/** Decides whether and when a development causes an alert, with the reason. Pure. */

import type { AlertKind, DigestReason } from '../model/alert.ts';
import type { FeedConfig, RuleConfig } from '../model/config.ts';
import { MAX_AGE_MS_DEFAULT } from '../model/defaults.ts';
import type { EpochMs } from '../model/flavor.ts';
import { HOUR_MS } from '../model/time.ts';
import { nextDigest, quietUntil } from './calendar.ts';

/** Whether an entry was too old at first sight: it is recorded without alert. False for undated entries. */
export function isTooOld(published: EpochMs | null, maxAgeMs: number | null, firstSeen: EpochMs): boolean {
  return published !== null && firstSeen - published > (maxAgeMs ?? MAX_AGE_MS_DEFAULT);
}

/**
 * The first poll of a feed alerts only on what `backfill` asks for and on entries from after the feed was first tried.
 *
 * @param first `since`: when the feed was first polled, also without success; null: unknown
 */
export function isNewsAtFirstSight(
  published: EpochMs | null,
  first: {
    readonly feed: Pick<FeedConfig, 'backfillMs'>;
    readonly since: EpochMs | null;
    readonly now: EpochMs;
  },
): boolean {
  const { feed, since, now } = first;
  if (published === null) return false;
  if (feed.backfillMs !== null && now - published <= feed.backfillMs) return true;
  return since !== null && since < now && published > since && published <= now;
}

/** What happens to a development. `until`: tick time at which a queued alert falls due. */
export type Decision =
  | { readonly kind: 'send' }
  | { readonly kind: 'queue'; readonly reason: DigestReason; readonly until: EpochMs }
  /** The rule does not alert on this kind of development, or has no channels. */
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'muted'; readonly by: MuteScope }
  /** The rule is in test mode: the alert would have been sent. */
  | { readonly kind: 'test-mode' };

/** What a mute applies to. */
export type MuteScope = 'rule' | 'story' | 'publisher';

/**
 * Order: rule, mute, test mode, digest, quiet hours, hourly budget, group. Only mutes and test mode suppress an alert;
 * everything else delays it.
 *
 * @param sent number of alerts of the rule in the hour of `now` so far
 * @param now tick time
 */
export function decide(
  kind: AlertKind,
  { notify, testMode }: Pick<RuleConfig, 'notify' | 'testMode'>,
  { now, sent, muted }: { now: EpochMs; sent: number; muted: MuteScope | null },
): Decision {
  if (notify.to.length === 0 || (kind !== 'repeat' && !notify.on.includes(kind)))
    return { kind: 'not-asked' };
  if (muted !== null) return { kind: 'muted', by: muted };
  if (testMode) return { kind: 'test-mode' };
  if (notify.digest !== null)
    return { kind: 'queue', reason: 'digest', until: nextDigest(now, notify.digest) };
  const quiet = notify.quiet === null ? null : quietUntil(now, notify.quiet);
  if (quiet !== null) return { kind: 'queue', reason: 'quiet', until: quiet };
  if (sent >= notify.perHour) return { kind: 'queue', reason: 'budget', until: hourAfter(now) };
  if (notify.groupWaitMs > 0) return { kind: 'queue', reason: 'group', until: now + notify.groupWaitMs };
  return { kind: 'send' };
}

/** Number of the hour since 1970, by which a rule's budget is counted. */
export const hourOf = (at: EpochMs): number => Math.floor(at / HOUR_MS);

/** Start of the next hour, when the rule's budget is full again. */
function hourAfter(at: EpochMs): EpochMs {
  return (hourOf(at) + 1) * HOUR_MS;
}
