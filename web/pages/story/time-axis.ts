/** A time axis in percent of its width, with ticks at round hours or days. Times are ms since 1970. Pure. */
import { HOUR_MS, MINUTE_MS } from '../../../lib/model/time.ts';
import { type At, clock, date, msOf, type Zone } from '../../text/format.ts';

export interface Axis {
  readonly from: number;
  readonly to: number;
}

export interface Tick {
  readonly at: number;
  readonly label: string;
  /** A day begins, or the first tick. */
  readonly strong: boolean;
}

const STEPS_H = [1 / 60, 1 / 12, 1 / 4, 1, 3, 6, 12, 24, 48, 96, 168, 336, 720];
const TICKS_MAX = 7;

/** With padding at both ends; at least half an hour long. */
export function axisOf(all: readonly At[]): Axis {
  const times = all.map(msOf);
  const first = Math.min(...times);
  const last = Math.max(...times);
  const padding = Math.max((last - first) * 0.02, HOUR_MS / 4);
  return times.length === 0 ? { from: 0, to: HOUR_MS } : { from: first - padding, to: last + padding };
}

/** Position of a time, 0 to 100, with two decimals. */
export function percentOn({ from, to }: Axis, at: At): number {
  return Math.round(Math.min(1, Math.max(0, (msOf(at) - from) / (to - from))) * 10_000) / 100;
}

/** Round times, at most TICKS_MAX. */
export function ticksOf({ from, to }: Axis, zone: Zone): Tick[] {
  const step = (STEPS_H.find((hours) => (to - from) / (hours * HOUR_MS) <= TICKS_MAX) ?? 720) * HOUR_MS;
  const shift = zone === 'utc' ? 0 : new Date(from).getTimezoneOffset() * MINUTE_MS;
  const ticks: Tick[] = [];
  for (let at = Math.ceil((from - shift) / step) * step + shift; at <= to; at += step) {
    const time = clock(at, zone);
    const strong = time === '00:00' || ticks.length === 0;
    ticks.push({ at, strong, label: labelOf(time, date(at, zone), strong) });
  }
  return ticks;
}

function labelOf(time: string, day: string, strong: boolean): string {
  if (!strong) return time;
  return time === '00:00' ? day : `${day} ${time}`;
}
