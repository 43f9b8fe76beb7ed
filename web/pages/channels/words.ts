/** Words for deliveries and their attempts. Pure. */
import type { ChannelStatus } from '../../../lib/api/channels.ts';
import type { Delivery } from '../../../lib/api/deliveries.ts';
import { attemptResult } from '../../text/delivery.ts';
import { kindWord } from '../../text/wording.ts';

const TYPES: Readonly<Record<string, string>> = {
  'alert.digest': 'a digest',
  'test.ping': 'a test',
};

/** `confirmed, Grid attacks` */
export function eventWords({ type, title }: Pick<Delivery, 'type' | 'title'>): string {
  const what =
    type === null
      ? 'an event that cannot be read'
      : (TYPES[type] ??
        (type.startsWith('alert.') ? kindWord(type.slice('alert.'.length)).toLowerCase() : type));
  return title === null ? what : `${what}, ${title}`;
}

/** For a channel without deliveries. Tests are not deliveries, but they set `lastSuccess`. */
export function nothingWords({ lastSuccess }: Pick<ChannelStatus, 'lastSuccess'>): string {
  return lastSuccess === null
    ? 'No alert was sent to it yet.'
    : 'No alert was sent to it recently, only tests.';
}

/** `delivered, HTTP 204`, `failed, HTTP 503`, `no clear answer`: how an attempt ended. */
export function attemptWords({
  outcome,
  status,
}: {
  readonly outcome: string;
  readonly status: number | null;
}): string {
  return status === null ? attemptResult(outcome) : `${attemptResult(outcome)}, HTTP ${status}`;
}
