/** The console channel: one line an alert, for people who watch the log. */
import { isolated, linkOf, safeLine } from '../../alert/text.ts';
import { byline, changeOf, digestPhrase } from '../../alert/wording.ts';
import type { Alert, AlertEvent } from '../../model/alert.ts';
import { cutText } from '../../text/cut.ts';

/** A line, not a page. */
const TITLE_UNITS_MAX = 300;

export function consoleText(event: AlertEvent): string {
  if (event.type === 'alert.digest') {
    const { alerts, omitted, reason } = event.data;
    return [`ALERT ${digestPhrase(alerts.length + omitted, reason)}`, ...alerts.flatMap(alertLines)].join(
      '\n',
    );
  }
  if ('rule' in event.data) return alertLines(event.data).join('\n');
  return `NOTICE [${event.data.severity}] ${event.type}: ${safeLine(event.data.text)}`;
}

function alertLines(alert: Alert): string[] {
  const change = alert.development === 'first' ? '' : `${changeOf(alert)}: `;
  return alert.entries.map((entry) => {
    const title = isolated(cutText(safeLine(entry.title), TITLE_UNITS_MAX));
    const link = linkOf(entry.url) ?? '';
    return `ALERT [${alert.severity}] ${alert.rule}: ${change}${title} — ${byline(entry)} ${link}`.trimEnd();
  });
}
