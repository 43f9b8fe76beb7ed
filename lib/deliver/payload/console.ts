/** The console channel: one line an alert, for people who watch the log. */
import { alertsOf, byline, headline, linkOf, safeText } from '../../alert/text.ts';
import type { AlertEvent } from '../../model/alert.ts';
import { cutText } from './cut.ts';

/** A line, not a page. */
const TITLE_UNITS_MAX = 300;

export function consoleText(event: AlertEvent): string {
  const lines = alertsOf(event).flatMap((alert) =>
    alert.entries.map((entry) => {
      const title = cutText(safeText(entry.title).replace(/\s+/g, ' '), TITLE_UNITS_MAX);
      return `ALERT [${alert.severity}] ${alert.rule}: ${title} — ${byline(entry)} ${linkOf(entry) ?? ''}`.trimEnd();
    }),
  );
  return event.type === 'alert.digest' ? [`ALERT ${headline(event)}`, ...lines].join('\n') : lines.join('\n');
}
