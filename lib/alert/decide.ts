/** Whether and when a development is told: now, later, or not at all, and why. Pure. */

import type { AlertKind, DigestReason } from '../model/alert.ts';
import type { RuleConfig } from '../model/config.ts';
import type { EpochMs } from '../model/flavor.ts';
import { ENTRY_AGE_MS_MAX } from '../model/limits.ts';
import { HOUR_MS } from '../model/time.ts';
import { nextDigest, quietUntil } from './calendar.ts';

/** Too old when first seen: recorded and traceable, not told. Undated entries are told. */
export function isTooOld(published: EpochMs | null, maxAgeMs: number | null, firstSeen: EpochMs): boolean {
  return published !== null && firstSeen - published > (maxAgeMs ?? ENTRY_AGE_MS_MAX);
}

export type Decision =
  | { readonly kind: 'send' }
  | { readonly kind: 'queue'; readonly reason: DigestReason; readonly until: EpochMs }
  /** The rule does not ask for developments of this kind, or tells nobody. */
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'muted'; readonly by: MuteScope }
  /** The rule is being tried: it would have been told, and nobody hears of it. */
  | { readonly kind: 'test-mode' };

export type MuteScope = 'rule' | 'story' | 'publisher';

/**
 * Quiet hours hold, digests gather, a used-up hour gathers too: nothing is dropped but what a person muted or only tries.
 * @param sent alerts of the rule in the hour of `now` so far
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

/** The hour by which a rule's budget is counted. */
export const hourOf = (at: EpochMs): number => Math.floor(at / HOUR_MS);

function hourAfter(at: EpochMs): EpochMs {
  return (hourOf(at) + 1) * HOUR_MS;
}
