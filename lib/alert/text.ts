/** An alert in words, for channels that show text. Plain text out: each channel escapes it in its own way. */
import type { Alert, AlertEntry, AlertEvent } from '../model/alert.ts';

/** C0, C1, bidirectional overrides and isolates: they let a title rewrite the line it stands in. */
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Feed text that cannot reorder or break the message around it. */
export function safeText(text: string): string {
  return text.replace(UNSAFE, '');
}

/** `Yonhap (ko) · 2024-10-18 05:12 UTC` */
export function byline(entry: AlertEntry): string {
  const who = safeText(entry.publisher ?? entry.feed);
  const lang = entry.lang === null ? '' : ` (${entry.lang})`;
  const when = entry.published === null ? '' : ` · ${entry.published.slice(0, 16).replace('T', ' ')} UTC`;
  return `${who}${lang}${when}`;
}

/** The concepts that matched, each once, in order of appearance: `north-korea · soldiers`. */
export function conceptLine(entry: AlertEntry): string {
  return [...new Set(entry.spans.map((span) => span.concept ?? span.term))].join(' · ');
}

/** The address, where it is one that may be linked. */
export function linkOf(entry: AlertEntry): string | null {
  return entry.url !== null && /^https?:\/\//i.test(entry.url) ? entry.url : null;
}

/** The alerts of an event: one, many, or none where the service speaks of itself. */
export function alertsOf(event: AlertEvent): readonly Alert[] {
  if (event.type === 'alert.digest') return event.data.alerts;
  return 'rule' in event.data ? [event.data] : [];
}

/** `[high] North Korean troop deployment` or `12 alerts (backfill)`. */
export function headline(event: AlertEvent): string {
  if (event.type !== 'alert.digest') {
    const { data } = event;
    return 'rule' in data ? `[${data.severity}] ${safeText(data.title)}` : safeText(data.text);
  }
  const count = event.data.alerts.length + event.data.omitted;
  return `${count} alert${count === 1 ? '' : 's'} (${event.data.reason})`;
}
