/** Deliveries in words. Pure. */
import type { DeliverySummary } from '../../api/types.ts';
import { kindWord } from '../../parts/wording.ts';

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
