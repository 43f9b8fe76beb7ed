/**
 * The generic webhook (Standard Webhooks): the event as JSON; a CloudEvents 1.0 event in structured mode; or a body from
 * the user's template. The sender signs the exact bytes. Contract: docs/channels.md.
 */
import * as z from 'zod';
import type { Alert, AlertEvent } from '../../model/alert.ts';
import { utf8Bytes } from '../../text/cut.ts';
import { parseTemplate, renderTemplate, TemplateError } from '../../text/template.ts';
import { outcomeByStatus } from '../answer.ts';
import { isTemplated, templatedUrl, text } from '../keys.ts';
import { type Channel, type KeyFault, type Keys, kind, wrongValue } from '../kind.ts';
import { ChannelMistake, type Delivery, JSON_TYPE } from '../payload.ts';
import type { SigningSecret } from '../signature.ts';
import { templateFaults } from '../template-check.ts';
import { templateView } from '../template-view.ts';

/** Largest event that intermediaries must forward (CloudEvents 1.0, "Size Limits"). */
const CLOUD_EVENT_BYTES_MAX = 65_536;
/** Headers that we set; the configuration cannot override them. */
const OWN_HEADERS = /^(?:webhook-.*|content-(?:type|length)|user-agent|host|transfer-encoding|connection)$/iu;

/** A date, or a date and a time; milliseconds since 1970 after parsing. */
const instant = z.string().transform((value, context) => {
  const at = Date.parse(value);
  if (/^\d{4}-\d{2}-\d{2}/u.test(value) && !Number.isNaN(at)) return at;
  context.addIssue({
    code: 'custom',
    message: `'${value}' is not a valid date`,
    params: { hint: 'write a date, or a date and a time: 2026-12-31T12:00Z' },
  });
  return z.NEVER;
});
/** Signing secrets: one, several, or a current one and a previous one that is used until a given time. */
const secret = z.union(
  [text, z.array(text).min(1).max(5), z.strictObject({ current: text, previous: text, until: instant })],
  'expected a text, a list of texts, or {current, previous, until}',
);

const keys = {
  url: templatedUrl,
  secret: secret.optional(),
  format: z.enum(['standard', 'cloudevents']).default('standard'),
  /** The user's own body (lib/text/template.ts). */
  template: z.string().min(1).optional(),
  content_type: z
    .string()
    .regex(
      /^[a-z0-9.+-]+\/[a-z0-9.+-]+(?:; ?charset=[a-z0-9-]+)?$/iu,
      'expected a content type, such as text/plain',
    )
    .optional(),
  headers: z.record(z.string().regex(/^[A-Za-z0-9-]{1,80}$/u), text).default({}),
};

const model = ({ url, format, headers, template, content_type, ...given }: Keys<typeof keys>) => ({
  url,
  /** Newest first; all valid ones sign. */
  secrets: secretsOf(given.secret),
  format,
  template: template === undefined ? null : { text: template, contentType: content_type ?? TEMPLATE_TYPE },
  headers,
});

/** Content type of templates that do not name one. */
const TEMPLATE_TYPE = 'application/json';

type WebhookChannel = Channel<ReturnType<typeof model>>;

/** Posts the event in the channel's format. */
export const webhook = kind({
  keys,
  model,
  faults,
  secrets: { secret: 'this secret' },
  acceptsAnyHost: true,
  example: `archive: { kind: webhook, url: "https://example.org/hook", secret: "\${HOOK_SECRET}" }`,
  docs: {
    title: '`webhook`',
    goesTo: 'anything that accepts a POST',
    limit: 'no limit of ours',
    notes: `A \`POST\` of JSON, of a CloudEvent, or of [a body of your own](#templates). If the channel has a \`secret\`, the request
is [signed](#signed-webhooks).`,
  },
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
  signingSecrets: ({ secrets }) => secrets,
});

/** Signing secrets in order; the previous one of a rotation is valid until its `until`. */
function secretsOf(given: z.output<typeof secret> | undefined): SigningSecret[] {
  if (given === undefined) return [];
  if (typeof given === 'string') return [{ secret: given, until: null }];
  if (Array.isArray(given)) return given.map((one) => ({ secret: one, until: null }));
  const { current, previous, until } = given;
  return [
    { secret: current, until: null },
    { secret: previous, until },
  ];
}

/** Checks the secrets, and the template with its content type. */
function faults({ secret: given, template, format, content_type }: Keys<typeof keys>): readonly KeyFault[] {
  const all = secretFaults(secretsOf(given).map((one) => one.secret));
  if (template !== undefined && format === 'cloudevents')
    all.push(
      wrongValue('template', 'template cannot be combined with format: cloudevents', 'remove one of them'),
    );
  if (template === undefined && content_type !== undefined)
    all.push(
      wrongValue(
        'content_type',
        'content_type has no effect without a template',
        'remove it or add a template',
      ),
    );
  return template === undefined ? all : [...all, ...templateFaults(template, content_type ?? TEMPLATE_TYPE)];
}

/** Standard Webhooks asks for 24 to 64 bytes. A secret in a variable cannot be checked here. */
const SECRET_BYTES_MIN = 24;

/** Standard Webhooks, "Symmetric" and "Asymmetric" keys. */
function secretFaults(secrets: readonly string[]): KeyFault[] {
  const literal = secrets.filter((one) => !isTemplated(one));
  const all = literal
    .filter((one) => /^whs[ek]/u.test(one) && !isKey(one))
    .map(() =>
      wrongValue(
        'secret',
        'this is not a valid Standard Webhooks secret',
        'write whsec_ and base64 of 24 to 64 random bytes, or whsk_ and base64 of an ed25519 key',
      ),
    );
  if (literal.some((one) => !/^whs[ek]/u.test(one) && utf8Bytes(one) < SECRET_BYTES_MIN))
    all.push({
      key: 'secret',
      fault: {
        code: 'W_WEAK_SECRET',
        level: 'warning',
        message: `this secret is shorter than ${SECRET_BYTES_MIN} bytes and can be guessed`,
        hint: 'create one with: openssl rand -base64 32',
      },
    });
  return all;
}

/** `whsec_` and 24 to 64 bytes, or `whsk_` and an ed25519 seed of 32 bytes, alone or with its public key, in base64. */
function isKey(given: string): boolean {
  const match = /^whs(ec|k)_([A-Za-z0-9+/]+={0,2})$/u.exec(given);
  if (match === null) return false;
  const bytes = Math.floor((match[2] ?? '').replace(/=+$/u, '').length * 0.75);
  return match[1] === 'k' ? bytes === 32 || bytes === 64 : bytes >= 24 && bytes <= 64;
}

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
  { text: source, contentType }: NonNullable<WebhookChannel['template']>,
  delivery: Delivery,
): { contentType: string; body: string } {
  try {
    const body = renderTemplate(parseTemplate(source, contentType), templateView(delivery));
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
