/** A time as people read it, with the full one for machines. */
import type { JSX } from 'preact';
import { prefs } from '../state/prefs.ts';
import { serviceNow } from '../state/pulse.ts';
import { useStore } from '../state/store.ts';
import { clock, clockSeconds, date, moment, type Zone } from '../text/format.ts';

interface TimeProps {
  readonly at: number;
  /** `moment` names the day too; `short` has the hour of today, the day of any other. */
  readonly as?: 'moment' | 'clock' | 'seconds' | 'short';
}

export function Time({ at, as = 'moment' }: TimeProps): JSX.Element {
  const zone = useZone();
  return <time dateTime={new Date(at).toISOString()}>{textOf(at, as, zone)}</time>;
}

function textOf(at: number, as: NonNullable<TimeProps['as']>, zone: Zone): string {
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
