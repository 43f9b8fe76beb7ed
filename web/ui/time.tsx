/** A time in the reader's time zone; the element's `datetime` is the full time in UTC. */
import type { JSX } from 'preact';
import { serviceNow } from '../state/live-status.ts';
import { prefs } from '../state/prefs.ts';
import { useStore } from '../state/store.ts';
import { type At, clock, clockSeconds, date, moment, type Zone } from '../text/format.ts';

interface TimeProps {
  readonly at: At;
  /** `moment`: day and time; `short`: the time if it is today, else the day. */
  readonly as?: 'moment' | 'clock' | 'seconds' | 'short';
}

export function Time({ at, as = 'moment' }: TimeProps): JSX.Element {
  const zone = useZone();
  return <time dateTime={new Date(at).toISOString()}>{textOf(at, as, zone)}</time>;
}

function textOf(at: At, as: NonNullable<TimeProps['as']>, zone: Zone): string {
  switch (as) {
    case 'moment':
      return moment(at, zone, serviceNow());
    case 'clock':
      return clock(at, zone);
    case 'seconds':
      return clockSeconds(at, zone);
    case 'short':
      return date(at, zone) === date(serviceNow(), zone) ? clock(at, zone) : date(at, zone);
  }
}

export function useZone(): Zone {
  return useStore(prefs).zone;
}
