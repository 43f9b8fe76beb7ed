/** The values that a webhook template can use: facts of a delivery, and the texts that other channels show. */
import { FULL } from '../alert/fit.ts';
import { messageOf } from '../alert/message.ts';
import { conceptsOf, languageName, linkOf, safeLine, safeText, severityOf } from '../alert/text.ts';
import { changeOf, figurePhrase } from '../alert/wording.ts';
import type { Alert, AlertEntry } from '../model/alert.ts';
import type { TemplateView } from '../text/template.ts';
import { plainLines } from './escape.ts';
import type { Delivery } from './payload.ts';

/** Values of the event; those of the alert and its first entry too, unless the event is a digest. */
export function templateView({ id, event }: Delivery): TemplateView {
  const message = messageOf(event, FULL);
  const alerts = event.type === 'alert.digest' ? event.data.alerts : 'rule' in event.data ? [event.data] : [];
  const [first] = alerts;
  return {
    id,
    type: event.type,
    timestamp: event.timestamp,
    severity: severityOf(event),
    color: message.color,
    headline: message.headline,
    subject: message.subject,
    text: plainLines(message.lines, { addresses: true }),
    link: message.link ?? '',
    page: message.page ?? '',
    alerts: alerts.map(alertView),
    event,
    ...(first !== undefined && event.type !== 'alert.digest' ? alertView(first) : {}),
  };
}

function alertView(alert: Alert): TemplateView {
  const [entry] = alert.entries;
  return {
    rule: alert.rule,
    rule_title: safeLine(alert.title),
    severity: alert.severity,
    story: alert.story,
    development: alert.development,
    change: changeOf(alert),
    independent: alert.independent,
    reports: alert.reports,
    languages: alert.languages.map(languageName),
    figures: alert.figures.map((figure) => ({ value: figure.value, phrase: figurePhrase(figure) })),
    entries: alert.entries.map(entryView),
    ...(entry === undefined ? {} : entryView(entry)),
  };
}

/** Text and addresses are made safe as in the messages of other channels, because users will read them. */
function entryView(entry: AlertEntry): TemplateView {
  return {
    title: safeLine(entry.title),
    summary: safeText(entry.summary),
    url: linkOf(entry.url) ?? '',
    lang: entry.lang ?? '',
    language: entry.lang === null ? '' : languageName(entry.lang),
    published: entry.published ?? '',
    publisher: safeLine(entry.publisher ?? ''),
    country: entry.country ?? '',
    grade: entry.grade ?? '',
    feed: entry.feed,
    concepts: conceptsOf(entry),
  };
}
