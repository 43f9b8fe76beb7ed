/**
 * The generic webhook (Standard Webhooks): the event as JSON; a CloudEvents 1.0 event in structured mode; or a body from
 * the user's template. The sender signs the exact bytes. Contract: docs/channels.md.
 */
import type { Alert, AlertEvent } from '../../model/alert.ts';
import type { WebhookChannel } from '../../model/config.ts';
import { utf8Bytes } from '../../text/cut.ts';
import { parseTemplate, renderTemplate, TemplateError } from '../../text/template.ts';
import { outcomeByStatus } from '../answer.ts';
import { ChannelMistake, type Delivery, JSON_TYPE, type Payload } from '../payload.ts';
import { templateView } from '../template-view.ts';

/** Largest event that intermediaries must forward (CloudEvents 1.0, "Size Limits"). */
const CLOUD_EVENT_BYTES_MAX = 65_536;
/** Headers that we set; the configuration cannot override them. */
const OWN_HEADERS = /^(?:webhook-.*|content-(?:type|length)|user-agent|host|transfer-encoding|connection)$/iu;

/** Posts the event in the channel's format; the sender adds the signature headers. */
export const webhook: Payload<WebhookChannel> = {
  request: (channel, delivery) => {
    const { contentType, body } = bodyOf(channel, delivery);
    const own = Object.entries(channel.headers).filter(([name]) => !OWN_HEADERS.test(name));
    return {
      method: 'POST',
      url: channel.url,
      headers: [['content-type', contentType], ['webhook-id', delivery.id], ...own],
      body,
    };
  },
  // 410: the endpoint is gone (Standard Webhooks). 415: it will never accept this format (CloudEvents HTTP Webhook).
  outcome: (answer) => outcomeByStatus(answer, { rejected: [415], channelGone: [410] }),
  // Our own choice: fast enough for any newsroom, and gentle to a small server.
  rate: () => ({ everyMs: 20, burst: 100 }),
};

/** Content type and body by the channel's format. */
function bodyOf(channel: WebhookChannel, delivery: Delivery): { contentType: string; body: string } {
  if (channel.template !== null) return fromTemplate(channel.template, delivery);
  if (channel.format === 'cloudevents')
    return {
      contentType: 'application/cloudevents+json; charset=utf-8',
      body: cloudEvent(channel, delivery),
    };
  return { contentType: JSON_TYPE[1], body: JSON.stringify(delivery.event, wellFormed) };
}

/** Replaces unpaired surrogates, which strict JSON parsers reject (RFC 8259 §8.2). */
function wellFormed(_: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

/** @throws ChannelMistake for a template that cannot be rendered or yields invalid JSON */
function fromTemplate(
  { text, contentType }: NonNullable<WebhookChannel['template']>,
  delivery: Delivery,
): { contentType: string; body: string } {
  try {
    const body = renderTemplate(parseTemplate(text, contentType), templateView(delivery));
    if (/\bjson\b/iu.test(contentType)) JSON.parse(body);
    return { contentType, body };
  } catch (error) {
    if (error instanceof TemplateError) throw new ChannelMistake(`template: ${error.message}`);
    if (error instanceof SyntaxError)
      throw new ChannelMistake('the template does not yield valid JSON: check it with vigie render');
    throw error;
  }
}

/** The first of SLIMMER's versions that fits into CLOUD_EVENT_BYTES_MAX. */
function cloudEvent({ id: channel }: WebhookChannel, { id, event }: Delivery): string {
  for (const slim of SLIMMER) {
    const { type, timestamp, data } = slim(event);
    const subject =
      'story' in data ? { subject: data.story } : 'subject' in data ? { subject: data.subject } : {};
    const body = JSON.stringify(
      {
        specversion: '1.0',
        id,
        source: `/vigie/${channel}`,
        type: `vigie.${type}`,
        time: timestamp,
        ...subject,
        datacontenttype: 'application/json',
        data,
      },
      wellFormed,
    );
    if (utf8Bytes(body) <= CLOUD_EVENT_BYTES_MAX) return body;
  }
  throw new Error('an event without entries is larger than a CloudEvent may be');
}

/** From the whole event to its bare facts, in the order in which they are tried. */
const SLIMMER: readonly ((event: AlertEvent) => AlertEvent)[] = [
  (event) => event,
  (event) => withAlerts(event, { summary: false, sources: true, alertsMax: 100 }),
  (event) => withAlerts(event, { summary: false, sources: false, alertsMax: 100 }),
  (event) => withAlerts(event, { summary: false, sources: false, alertsMax: 30 }),
  (event) => withAlerts(event, { summary: false, sources: false, alertsMax: 5 }),
  (event) => withAlerts(event, { summary: false, sources: false, alertsMax: 0 }),
];

/** What to keep of an alert. */
interface Slim {
  readonly summary: boolean;
  readonly sources: boolean;
  readonly alertsMax: number;
}

/** The event with shortened alerts. */
function withAlerts(event: AlertEvent, slim: Slim): AlertEvent {
  if (event.type === 'alert.digest') {
    const alerts = event.data.alerts.slice(0, slim.alertsMax);
    const omitted = event.data.omitted + event.data.alerts.length - alerts.length;
    return {
      ...event,
      data: { ...event.data, alerts: alerts.map((alert) => slimAlert(alert, slim)), omitted },
    };
  }
  if ('rule' in event.data) return { ...event, data: slimAlert(event.data, slim) } as AlertEvent;
  return { ...event, data: { ...event.data, text: event.data.text.slice(0, 2_000) } } as AlertEvent;
}

/** Limit for names from feeds, whose length is not limited otherwise. */
const NAME_UNITS = 200;
const nameOf = (name: string | null): string | null => name?.slice(0, NAME_UNITS) ?? null;

/** Shortens texts and lists; ids, kinds and numbers stay. */
function slimAlert(alert: Alert, { summary, sources, alertsMax }: Slim): Alert {
  return {
    ...alert,
    title: alert.title.slice(0, 300),
    entries: alert.entries.slice(0, Math.max(1, Math.min(alertsMax, 10))).map((entry) => ({
      ...entry,
      title: entry.title.slice(0, 500),
      publisher: nameOf(entry.publisher),
      concepts: entry.concepts.slice(0, 20).map((concept) => concept.slice(0, NAME_UNITS)),
      url: entry.url !== null && entry.url.length > 2_000 ? null : entry.url,
      summary: summary ? entry.summary : '',
      spans: sources ? entry.spans.filter(({ field }) => field === 'title') : [],
    })),
    figures: alert.figures.slice(0, 10).map((figure) => ({
      ...figure,
      by: nameOf(figure.by),
      title: nameOf(figure.title),
    })),
    languages: alert.languages.slice(0, 50),
    sources: sources ? alert.sources.slice(0, 10) : [],
  };
}
