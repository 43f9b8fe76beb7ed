/** Reads the headers of an answer that say when to poll again. */

import type { DurationMs, EpochMs } from '../model/flavor.ts';
import { FRESHNESS_MS_MAX, RETRY_AFTER_MS_MAX } from '../model/limits.ts';
import type { FreshnessHints } from './outcome.ts';

/** The headers that are read; null: missing. */
export interface PacingHeaders {
  readonly cacheControl: string | null;
  readonly expires: string | null;
  readonly age: string | null;
  readonly date: string | null;
  readonly retryAfter: string | null;
}

/**
 * @param now wall time at which the answer came
 * @returns waits from `now`, each ≥ 0 and at most FRESHNESS_MS_MAX or RETRY_AFTER_MS_MAX
 *
 * Sources: RFC 9111 §5.2.2.1 (max-age), §5.3 (Expires), §5.1 (Age); RFC 9110 §10.2.3 (Retry-After).
 */
export function freshnessHints(headers: PacingHeaders, now: EpochMs): FreshnessHints {
  return { freshForMs: freshFor(headers, now), retryAfterMs: retryAfter(headers, now) };
}

/** max-age takes precedence over Expires (RFC 9111 §5.3). */
function freshFor(headers: PacingHeaders, now: EpochMs): DurationMs | null {
  const maxAge = /(?:^|[,\s])max-age\s*=\s*"?(\d{1,15})"?/i.exec(headers.cacheControl ?? '');
  // s-maxage addresses shared caches; a poller is a private one (RFC 9111 §5.2.2.10).
  const total = maxAge ? Number(maxAge[1]) * 1000 : expiresIn(headers, now);
  if (total === null || total <= 0) return null;
  const ageMs = /^\d{1,9}$/.test(headers.age ?? '') ? Number(headers.age) * 1000 : 0;
  const left = total - ageMs;
  return left > 0 ? Math.min(left, FRESHNESS_MS_MAX) : null;
}

/** An Expires in the past, `0` or any other non-date means "already stale": null. */
function expiresIn(headers: PacingHeaders, now: EpochMs): DurationMs | null {
  const expires = httpDate(headers.expires);
  if (expires === null) return null;
  return expires - (httpDate(headers.date) ?? now);
}

/** Seconds or a date (RFC 9110 §10.2.3). */
function retryAfter(headers: PacingHeaders, now: EpochMs): DurationMs | null {
  const value = headers.retryAfter?.trim() ?? '';
  if (value === '') return null;
  if (/^\d{1,12}(\.\d+)?$/.test(value)) return Math.min(Number(value) * 1000, RETRY_AFTER_MS_MAX);
  const until = httpDate(value);
  if (until === null) return null;
  // Measured against the server's own clock, so that a wrong clock does not change the delay.
  const wait = until - (httpDate(headers.date) ?? now);
  return Math.min(Math.max(wait, 0), RETRY_AFTER_MS_MAX);
}

/** IMF-fixdate and the two obsolete forms (RFC 9110 §5.6.7); a value without a letter is not a date. */
function httpDate(value: string | null): EpochMs | null {
  if (value === null || !/[a-z]/i.test(value)) return null;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : at;
}
