/**
 * The shape of each kind of channel in the document, and its conversion to the model. Further checks are in
 * lib/config/document/channels.ts.
 */
import * as z from 'zod';
import type { ChannelConfig, ChannelKind, ChannelSecret, EmailChannel } from '../../model/config.ts';

/** A non-empty text; may contain `${NAME}`. */
const text = z.string().min(1).max(2_000);
/** An http(s) address, or a text with `${NAME}` that becomes one. */
const templatedUrl = z
  .string()
  .trim()
  .refine(
    (value) => /\$\{/u.test(value) || isHttpUrl(value),
    'expected an address that begins with https:// or http://',
  );

function isHttpUrl(value: string): boolean {
  return /^https?:\/\//iu.test(value) && value.length <= 2_000 && URL.canParse(value);
}

/** YAML reads the id of a Telegram chat as a number. */
const textOrNumber = z.union([text, z.number().int().transform(String)], 'expected a text');
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

/** Signing secrets: one, several, or a rotation with the end of the previous one. */
const secret = z.union(
  [text, z.array(text).min(1).max(5), z.strictObject({ current: text, previous: text, until: instant })],
  'expected a text, a list of texts, or {current, previous, until}',
);
/** Credentials; values may contain `${NAME}`. */
const auth = z.union(
  [z.strictObject({ user: text, password: text }), z.strictObject({ bearer: text })],
  'expected {user, password} or {bearer}',
);
/** An email address with an optional name (RFC 5322 §3.4). */
const address = text.refine(
  (value) => /\$\{/u.test(value) || /^[^@\s<>]+@[^@\s<>]+$|^[^<>\r\n]*<[^@\s<>]+@[^@\s<>]+>$/u.test(value),
  'expected an email address: desk@example.org or Desk <desk@example.org>',
);

/** Keys of each kind besides `kind`. */
const SHAPES = {
  webhook: {
    url: templatedUrl,
    secret: secret.optional(),
    format: z.enum(['standard', 'cloudevents']).default('standard'),
    template: z.string().min(1).optional(),
    content_type: z
      .string()
      .regex(
        /^[a-z0-9.+-]+\/[a-z0-9.+-]+(?:; ?charset=[a-z0-9-]+)?$/iu,
        'expected a content type, such as text/plain',
      )
      .optional(),
    headers: z.record(z.string().regex(/^[A-Za-z0-9-]{1,80}$/u), text).default({}),
  },
  slack: { url: templatedUrl },
  discord: { url: templatedUrl, thread: text.optional() },
  teams: { url: templatedUrl },
  telegram: {
    token: text,
    chat: textOrNumber,
    thread: z.number().int().positive().optional(),
    silent: z.boolean().default(false),
    url: templatedUrl.default('https://api.telegram.org'),
  },
  ntfy: { topic: text, token: text.optional(), url: templatedUrl.default('https://ntfy.sh') },
  mattermost: { url: templatedUrl },
  googlechat: { url: templatedUrl },
  matrix: { url: templatedUrl, token: text, room: text },
  pagerduty: { key: text, url: templatedUrl.default('https://events.pagerduty.com/v2/enqueue') },
  alertmanager: { url: templatedUrl, auth: auth.optional() },
  email: {
    via: z.enum(['cloudflare', 'resend', 'postmark', 'mailgun']),
    from: address,
    to: z.union(
      [z.array(address).min(1).max(50), address.transform((one) => [one])],
      'expected an email address or a list of them',
    ),
    token: text.optional(),
    url: templatedUrl.optional(),
  },
  console: {},
} satisfies Record<ChannelKind, Record<string, z.ZodType>>;

/** All kinds of channels, in the order of the documentation. */
export const CHANNEL_KINDS = Object.keys(SHAPES) as readonly ChannelKind[];

/** Keys that a channel of this kind may have; those of all kinds if the kind is unknown. */
export function channelKeys(kind: string | undefined): readonly string[] {
  const known = CHANNEL_KINDS.find((one) => one === kind);
  const kinds = known === undefined ? CHANNEL_KINDS : [known];
  return ['kind', ...new Set(kinds.flatMap((one) => Object.keys(SHAPES[one])))];
}

/** The schema of one kind. */
function shape<K extends ChannelKind>(kind: K) {
  return z.strictObject({ kind: z.literal(kind), ...SHAPES[kind] });
}

/** The schema of one channel; `kind` decides which keys it may have. */
export const channel = z.discriminatedUnion('kind', [
  shape('webhook'),
  shape('slack'),
  shape('discord'),
  shape('teams'),
  shape('telegram'),
  shape('ntfy'),
  shape('mattermost'),
  shape('googlechat'),
  shape('matrix'),
  shape('pagerduty'),
  shape('alertmanager'),
  shape('email'),
  shape('console'),
]);
/** A channel of the document with defaults, before conversion to the model. */
export type ChannelDocument = z.infer<typeof channel>;

/** Channels for notices about the service: a list, or a single id. */
export const opsList = z
  .union([z.array(z.string()), z.string().transform((one) => [one])], 'expected a list of channels')
  .optional();
/** Address of an external watchdog; it may contain `${NAME}`. */
export const heartbeat = z.strictObject({ url: templatedUrl }).optional();

/** The model of a channel, with defaults filled in. Placeholders stay: they are expanded when a request is made. */
export function channelOf(id: string, document: ChannelDocument): ChannelConfig {
  switch (document.kind) {
    case 'webhook': {
      const { url, format, headers, template, content_type } = document;
      const body =
        template === undefined ? null : { text: template, contentType: content_type ?? 'application/json' };
      return {
        id,
        kind: 'webhook',
        url,
        secrets: secretsOf(document.secret),
        format,
        template: body,
        headers,
      };
    }
    case 'discord':
      return { id, kind: 'discord', url: document.url, thread: document.thread ?? null };
    case 'telegram':
      return { id, ...document, thread: document.thread ?? null };
    case 'ntfy':
      return { id, ...document, token: document.token ?? null };
    case 'alertmanager':
      return { id, ...document, auth: document.auth ?? null };
    case 'email':
      return { id, ...document, token: document.token ?? null, url: document.url ?? MAIL_URLS[document.via] };
    default:
      return { id, ...document };
  }
}

/** Default API addresses. Mailgun's contains the sender's domain, so it has no default. */
const MAIL_URLS: Record<EmailChannel['via'], string> = {
  cloudflare: '',
  resend: 'https://api.resend.com/emails',
  postmark: 'https://api.postmarkapp.com/email',
  mailgun: '',
};

/** Signing secrets in order; the previous one of a rotation is valid until its `until`. */
function secretsOf(document: z.infer<typeof secret> | undefined): ChannelSecret[] {
  if (document === undefined) return [];
  if (typeof document === 'string') return [{ secret: document, until: null }];
  if (Array.isArray(document)) return document.map((one) => ({ secret: one, until: null }));
  const { current, previous, until } = document;
  return [
    { secret: current, until: null },
    { secret: previous, until },
  ];
}
