/** A time as people read it, with the full one for machines. */
import type { JSX } from 'preact';
import { clock, clockSeconds, moment, type Zone } from './format.ts';
import { prefs } from './prefs.ts';
import { lookoutNow } from './pulse.ts';
import { useStore } from './store.ts';

interface TimeProps {
  readonly at: number;
  /** `moment` names the day too. */
  readonly as?: 'moment' | 'clock' | 'seconds';
}

export function Time({ at, as = 'moment' }: TimeProps): JSX.Element {
  const zone = useZone();
  const text = { moment: moment(at, zone, lookoutNow()), clock: clock(at, zone), seconds: clockSeconds(at, zone) };
  return <time dateTime={new Date(at).toISOString()}>{text[as]}</time>;
}

export function useZone(): Zone {
  return useStore(prefs).zone;
}
