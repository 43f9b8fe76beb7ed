/** What a receiver's answer means: its status, its Retry-After in all forms, and what its own body says. */
import type { DurationMs, EpochMs } from '../model/flavor.ts';
import { freshnessHints } from '../poll/response.ts';
import { type AttemptOutcome, outcomeOfStatus, type StatusRules } from './retry.ts';

export interface Answer {
  readonly status: number;
  /** The opening of the body, without secrets. */
  readonly body: string;
  readonly header: (name: string) => string | null;
  /** Wall time at which it came. */
  readonly now: EpochMs;
}

/** A body that is a JSON object, else null: cut, empty, HTML of a proxy. */
export function jsonOf({ body }: Answer): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** Seconds as a number, also as a fraction, in milliseconds; null for anything else. */
export function secondsOf(value: unknown): DurationMs | null {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value) ? Math.ceil(value * 1000) : null;
}

/**
 * By status, with the receiver's wish to wait.
 *
 * @param bodyRetryMs what the body asks for; the longer of both counts
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

/** 2xx that does not say what this platform says on success: a proxy or a portal may have answered. */
export function unlikeSuccess(answer: Answer): AttemptOutcome {
  const { status } = answer;
  return { kind: 'failed', status, detail: `not its usual answer: ${detailOf(answer)}`, ambiguous: true };
}

export function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

function detailOf({ status, body }: Answer): string {
  return `HTTP ${status} ${body.replace(/\s+/gu, ' ')}`.trim();
}

function retryAfterOf({ header, now }: Answer): DurationMs | null {
  const headers = { cacheControl: null, expires: null, age: null };
  return freshnessHints({ ...headers, date: header('date'), retryAfter: header('retry-after') }, now)
    .retryAfterMs;
}

function longer(a: DurationMs | null, b: DurationMs | null): DurationMs | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
