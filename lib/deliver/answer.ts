/** What a receiver's answer means: its status, Retry-After in all forms, and the body of each channel's API. */
import type { DurationMs, EpochMs } from '../model/flavor.ts';
import { freshnessHints } from '../poll/response.ts';
import { type AttemptOutcome, outcomeOfStatus, type StatusRules } from './retry.ts';

/** A receiver's HTTP answer. */
export interface Answer {
  readonly status: number;
  /** The first bytes of the body, without secrets. */
  readonly body: string;
  /** Value of a response header; null: missing. */
  readonly header: (name: string) => string | null;
  /** Wall time of the answer. */
  readonly now: EpochMs;
}

/** The body if it is a JSON object; null for a truncated or empty body or the HTML of a proxy. */
export function jsonOf({ body }: Answer): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** Converts seconds, also fractional ones, to milliseconds; null for anything but a number ≥ 0. */
export function secondsOf(value: unknown): DurationMs | null {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? Math.ceil(value * 1000) : null;
}

/**
 * The outcome by HTTP status, with the delay that the receiver asks for.
 *
 * @param rules statuses with a special meaning for this kind of channel
 * @param bodyRetryMs delay asked for by the body; the longer one of body and Retry-After counts
 */
export function outcomeByStatus(
  answer: Answer,
  rules: StatusRules,
  bodyRetryMs: DurationMs | null = null,
): AttemptOutcome {
  return outcomeOfStatus(answer.status, {
    rules,
    detail: detailOf(answer),
    retryAfterMs: longer(retryAfterOf(answer), bodyRetryMs),
  });
}

/** A 2xx answer without the platform's usual body: a proxy or a captive portal may have answered. */
export function unlikeSuccess(answer: Answer): AttemptOutcome {
  const { status } = answer;
  return { kind: 'failed', status, detail: `unexpected answer: ${detailOf(answer)}`, ambiguous: true };
}

/** Whether the status is 2xx (RFC 9110 §15.3). */
export function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

/** Status and body on one line, for the attempt log. */
function detailOf({ status, body }: Answer): string {
  return `HTTP ${status} ${body.replace(/\s+/gu, ' ')}`.trim();
}

/** Retry-After in seconds or as a date (RFC 9110 §10.2.3). */
function retryAfterOf({ header, now }: Answer): DurationMs | null {
  const headers = { cacheControl: null, expires: null, age: null };
  return freshnessHints({ ...headers, date: header('date'), retryAfter: header('retry-after') }, now)
    .retryAfterMs;
}

function longer(a: DurationMs | null, b: DurationMs | null): DurationMs | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
