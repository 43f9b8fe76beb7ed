/** Durations in a document: a number and a unit, such as `5m` or `24h`. */
import type { DurationMs } from '../../model/flavor.ts';

/** Milliseconds by unit. */
const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Hint of every problem with a duration. */
export const DURATION_HINT = 'write a number and a unit (s, m, h, d, w): 5m, 24h';

/** @returns milliseconds; null: not a number of at most six digits with a unit (s, m, h, d, w) */
export function readDuration(text: string): DurationMs | null {
  const parts = /^(\d{1,6})\s?([smhdw])$/u.exec(text.trim());
  if (parts === null) return null;
  return Number(parts[1]) * (UNIT_MS[parts[2] ?? ''] ?? 0);
}
