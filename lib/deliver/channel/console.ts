/** The console channel: one line for each alert, for a terminal or a log. */
import { isolated, linkOf, safeLine } from '../../alert/text.ts';
import { byline, changeOf, digestPhrase } from '../../alert/wording.ts';
import type { Alert, AlertEvent } from '../../model/alert.ts';
import { cutText } from '../../text/cut.ts';
import { kind } from '../kind.ts';

/** Longest title in the line. */
const TITLE_UNITS_MAX = 300;

/** Writes to the service's log; no rate limit. */
export const consoleKind = kind({
  keys: {},
  example: 'log: { kind: console }',
  docs: {
    title: 'Console',
    goesTo: "the service's log",
    limit: 'one line an alert',
    notes: 'Each alert is one line in the log.',
  },
  rate: () => ({ everyMs: 0, burst: 1 }),
  text,
});

/** Lines begin with ALERT or NOTICE. */
function text(event: AlertEvent): string {
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
