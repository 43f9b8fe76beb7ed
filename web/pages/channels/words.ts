/** Deliveries in words. Pure. */
import type { ChannelStatus, DeliverySummary } from '../../api/types.ts';
import { kindWord } from '../../text/wording.ts';

const TYPES: Readonly<Record<string, string>> = {
  'alert.digest': 'a digest',
  'test.ping': 'a test',
};

/** `confirmed, Grid attacks` */
export function eventWords({ type, title }: Pick<DeliverySummary, 'type' | 'title'>): string {
  const what =
    type === null
      ? 'something that cannot be read'
      : (TYPES[type] ??
        (type.startsWith('alert.') ? kindWord(type.slice('alert.'.length)).toLowerCase() : type));
  return title === null ? what : `${what}, ${title}`;
}

/** A channel with no delivery in its list. Tests are in no list: they are no deliveries, and make a last success all the same. */
export function nothingWords({ lastSuccess }: Pick<ChannelStatus, 'lastSuccess'>): string {
  return lastSuccess === null ? 'No alert went to it so far.' : 'No alert went to it lately, only tests.';
}

/** `delivered`, `failed, HTTP 503`: what an attempt came to. */
export function attemptWords({
  outcome,
  status,
}: {
  readonly outcome: string;
  readonly status: number | null;
}): string {
  return status === null ? outcome : `${outcome}, HTTP ${status}`;
}
