/**
 * Checks of channels that the schema cannot express: addresses of another kind, secrets in plain text, templates, keys.
 * The checks read the document only; they send nothing.
 */
import type { ChannelKind, ConfigProblem } from '../../model/config.ts';
import { nearest } from '../../rule/nearest.ts';
import { type Fault, problemAt, problemInText } from '../../rule/problem.ts';
import {
  parseTemplate,
  renderTemplate,
  TemplateError,
  type TemplatePart,
  templateNames,
} from '../../text/template.ts';
import type { ChannelDocument } from '../schema/channel-schema.ts';
import { pathOf, type ReadDocument } from './document.ts';

/**
 * @param read the document, for the positions of its values
 * @param channels the document's `channels`, after the schema accepted them
 * @returns problems with positions, in the order of the channels
 */
export function channelProblems(
  read: ReadDocument,
  channels: Readonly<Record<string, ChannelDocument>>,
): ConfigProblem[] {
  return Object.entries(channels).flatMap(([id, channel]) => {
    const path = pathOf('channels', id);
    const at = (key: string, fault: Fault): ConfigProblem => {
      const place = read.places.byPath[`${path}.${key}`] ?? read.places.byPath[path] ?? null;
      return problemAt(read.places, `${path}.${key}`, place, fault);
    };
    return [
      ...('url' in channel && channel.url !== undefined ? addressFaults(channel.kind, channel.url) : []).map(
        (fault) => at('url', fault),
      ),
      ...ownFaults(channel).map(([key, fault]) => at(key, fault)),
      ...literalSecrets(channel).map(([key, fault]) => at(key, fault)),
      ...(channel.kind === 'webhook' ? templateFaults(read, path, channel) : []),
    ];
  });
}

/** Hosts that belong to one kind of channel; from the webhook documentation of each service. */
const HOSTS: readonly { readonly host: RegExp; readonly kind: ChannelKind }[] = [
  { host: /^hooks\.slack(?:-gov)?\.com$/u, kind: 'slack' },
  { host: /^(?:ptb\.|canary\.)?discord(?:app)?\.com$/u, kind: 'discord' },
  { host: /(?:^|\.)(?:logic\.azure\.com|powerplatform\.com|powerautomate\.com)$/u, kind: 'teams' },
  { host: /^api\.telegram\.org$/u, kind: 'telegram' },
  { host: /^ntfy\.sh$/u, kind: 'ntfy' },
  { host: /^chat\.googleapis\.com$/u, kind: 'googlechat' },
  { host: /^events\.(?:eu\.)?pagerduty\.com$/u, kind: 'pagerduty' },
];
/**
 * Office 365 connectors, which Microsoft retired. lib/deliver/channel/teams.ts refuses them too, for addresses that come
 * from a variable.
 */
const RETIRED = /(?:^|\.)webhook\.office\.com$|^outlook\.office(?:365)?\.com$/u;
/** Kinds that only one provider hosts; servers of all other kinds may run anywhere. */
const ONE_PROVIDER: readonly ChannelKind[] = ['slack', 'discord', 'googlechat', 'teams'];

/** Checks the host of an address that is written in the document. Addresses with `${…}` are skipped. */
function addressFaults(kind: ChannelKind, url: string): Fault[] {
  if (!URL.canParse(url) || url.includes('${')) return [];
  const { hostname, protocol } = new URL(url);
  if (RETIRED.test(hostname)) {
    return [
      {
        code: 'E_RETIRED',
        message: 'Office 365 connectors were retired: messages to this address are lost',
        hint: 'in Teams, create a Workflow “Post to a channel when a webhook request is received” and use its address',
      },
    ];
  }
  const owner = HOSTS.find(({ host }) => host.test(hostname))?.kind ?? null;
  if (owner !== null && owner !== kind && kind !== 'webhook')
    return [
      {
        code: 'E_VALUE',
        message: `this is an address of ${owner}, not of ${kind}`,
        hint: `write kind: ${owner}`,
      },
    ];
  if (owner === null && ONE_PROVIDER.includes(kind) && isPublic(hostname)) {
    const message = `'${hostname}' is not a known host of ${kind}`;
    return [{ code: 'W_HOST', level: 'warning', message, hint: HOST_HINTS[kind] ?? null }];
  }
  return protocol === 'http:' && isPublic(hostname)
    ? [
        {
          code: 'E_VALUE',
          message: 'http is not allowed here',
          hint: 'write https://…; http is only for hosts in allow_hosts and for this machine',
        },
      ]
    : [];
}

/** What addresses of each provider look like. */
const HOST_HINTS: { readonly [kind in ChannelKind]?: string } = {
  slack: 'webhook addresses begin with https://hooks.slack.com/services/…',
  discord: 'webhook addresses begin with https://discord.com/api/webhooks/…',
  googlechat: 'webhook addresses begin with https://chat.googleapis.com/v1/spaces/…',
  teams: 'addresses of Workflows end with .logic.azure.com or .powerplatform.com',
};

/** False for names without a dot, private suffixes and IPv4 addresses, which may run any server. */
function isPublic(hostname: string): boolean {
  return (
    hostname.includes('.') &&
    !/^[\d.]+$|\.(?:local|internal|lan|home|corp|test|localhost|arpa)$/u.test(hostname)
  );
}

/** A fault and the key that it belongs to. */
type KeyFault = readonly [key: string, fault: Fault];

/** Faults of one channel's own keys. Values with `${…}` are known only at run time and are skipped. */
function ownFaults(channel: ChannelDocument): KeyFault[] {
  const wrong = (key: string, message: string, hint: string): KeyFault => [
    key,
    { code: 'E_VALUE', message, hint },
  ];
  switch (channel.kind) {
    case 'telegram':
      if (!isTemplated(channel.token) && !/^\d+:[\w-]{20,}$/u.test(channel.token))
        return [
          wrong('token', 'this is not a valid bot token', 'copy the token from @BotFather: 123456:ABC-DEF…'),
        ];
      if (!isTemplated(channel.chat) && !/^-?\d+$|^@\w{4,}$/u.test(channel.chat))
        return [
          wrong(
            'chat',
            'this is not a valid chat id',
            'write a number or @name; ids of groups begin with -100',
          ),
        ];
      return [];
    case 'matrix':
      return isTemplated(channel.room) || channel.room.startsWith('!')
        ? []
        : [
            wrong(
              'room',
              'this is not a valid room id',
              'copy the id that begins with ! from the advanced settings of the room',
            ),
          ];
    case 'pagerduty':
      return isTemplated(channel.key) || /^[A-Za-z0-9]{32}$/u.test(channel.key)
        ? []
        : [
            wrong(
              'key',
              'this is not a valid routing key',
              'copy the 32 letters and digits from the Events API v2 integration',
            ),
          ];
    case 'ntfy':
      return isTemplated(channel.topic) || /^[\w-]{1,64}$/u.test(channel.topic)
        ? []
        : [
            wrong(
              'topic',
              'this is not a valid topic',
              'use 1 to 64 letters, digits, - and _; a long topic is hard to guess',
            ),
          ];
    case 'email':
      return mailFaults(channel);
    case 'webhook':
      return webhookFaults(channel);
    default:
      return [];
  }
}

/** The HTTP APIs need a token, and Mailgun needs the address of the sender's domain. */
function mailFaults({ via, token, url }: Extract<ChannelDocument, { kind: 'email' }>): KeyFault[] {
  const missing = (key: string, hint: string): KeyFault => [
    'via',
    { code: 'E_MISSING_KEY', message: `the key '${key}' is missing (via: ${via})`, hint },
  ];
  if (via === 'cloudflare') return [];
  const faults = token === undefined ? [missing('token', `write token: "\${MAIL_TOKEN}"`)] : [];
  if (via === 'mailgun' && url === undefined)
    faults.push(
      missing('url', 'write url: https://api.mailgun.net/v3/DOMAIN/messages (api.eu.mailgun.net in the EU)'),
    );
  return faults;
}

/** Checks secrets (Standard Webhooks, "Symmetric" and "Asymmetric" keys), and the template with its content type. */
function webhookFaults(channel: Extract<ChannelDocument, { kind: 'webhook' }>): KeyFault[] {
  const { secret, template, format, content_type } = channel;
  const faults: KeyFault[] = [];
  const secrets =
    secret === undefined
      ? []
      : typeof secret === 'string'
        ? [secret]
        : Array.isArray(secret)
          ? secret
          : [secret.current, secret.previous];
  for (const one of secrets) {
    if (!isTemplated(one) && /^whs[ek]/u.test(one) && !isKey(one)) {
      const hint = 'write whsec_ and base64 of 24 to 64 random bytes, or whsk_ and base64 of an ed25519 key';
      faults.push([
        'secret',
        { code: 'E_VALUE', message: 'this is not a valid Standard Webhooks secret', hint },
      ]);
    }
  }
  if (
    secrets.some((one) => !isTemplated(one) && !/^whs[ek]/u.test(one) && byteLength(one) < SECRET_BYTES_MIN)
  ) {
    const message = `this secret is shorter than ${SECRET_BYTES_MIN} bytes and can be guessed`;
    const fault: Fault = {
      code: 'W_WEAK_SECRET',
      level: 'warning',
      message,
      hint: 'create one with: openssl rand -base64 32',
    };
    faults.push(['secret', fault]);
  }
  if (template !== undefined && format === 'cloudevents')
    faults.push([
      'template',
      {
        code: 'E_VALUE',
        message: 'template cannot be combined with format: cloudevents',
        hint: 'remove one of them',
      },
    ]);
  if (template === undefined && content_type !== undefined)
    faults.push([
      'content_type',
      {
        code: 'E_VALUE',
        message: 'content_type has no effect without a template',
        hint: 'remove it or add a template',
      },
    ]);
  return faults;
}

/** Standard Webhooks asks for 24 to 64 bytes. A secret in a variable cannot be checked here. */
const SECRET_BYTES_MIN = 24;

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** `whsec_` and 24 to 64 bytes, or `whsk_` and an ed25519 seed of 32 bytes, alone or with its public key, in base64. */
function isKey(secret: string): boolean {
  const match = /^whs(ec|k)_([A-Za-z0-9+/]+={0,2})$/u.exec(secret);
  if (match === null) return false;
  const bytes = Math.floor((match[2] ?? '').replace(/=+$/u, '').length * 0.75);
  return match[1] === 'k' ? bytes === 32 || bytes === 64 : bytes >= 24 && bytes <= 64;
}

/** Keys whose value is a secret. */
const SECRET_KEYS = ['token', 'key', 'secret'];
/** Kinds whose address contains a secret. */
const SECRET_URLS: readonly ChannelKind[] = ['slack', 'discord', 'teams', 'mattermost', 'googlechat'];

/** Warns about secrets that are written in the document instead of `${NAME}`. */
function literalSecrets(channel: ChannelDocument): KeyFault[] {
  const faults: KeyFault[] = [];
  const warn = (key: string, what: string): number =>
    faults.push([
      key,
      {
        code: 'W_LITERAL_SECRET',
        level: 'warning',
        message: `${what} is visible to every reader of the document`,
        hint: `write \${NAME} and set the variable NAME`,
      },
    ]);
  for (const [key, value] of Object.entries(channel)) {
    if (SECRET_KEYS.includes(key) && texts(value).some((one) => !isTemplated(one))) warn(key, `this ${key}`);
    if (key === 'auth' && texts(value).some((one) => !isTemplated(one))) warn(key, 'this password');
  }
  if ('url' in channel && channel.url !== undefined && SECRET_URLS.includes(channel.kind)) {
    const { url } = channel;
    if (!isTemplated(url) && URL.canParse(url) && isPublic(new URL(url).hostname))
      warn('url', 'this secret address');
  }
  return faults;
}

/** All texts of a value, without those that are never secret. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    typeof one === 'string' && key !== 'until' && key !== 'user' ? [one] : [],
  );
}

/** Whether the value comes at least partly from a variable. */
function isTemplated(value: string): boolean {
  return value.includes('${');
}

/** Names of values that lib/deliver/template-view.ts provides to templates. */
export const TEMPLATE_NAMES: readonly string[] = (
  'id type timestamp severity color headline subject text link page alerts event rule rule_title story development ' +
  'change independent reports languages figures entries value phrase title summary url lang language published ' +
  'publisher country grade feed concepts first last'
).split(' ');

/** Parses the template, checks its names, and renders a sample to check that JSON templates yield JSON. */
function templateFaults(
  read: ReadDocument,
  path: string,
  { template, content_type }: Extract<ChannelDocument, { kind: 'webhook' }>,
): ConfigProblem[] {
  if (template === undefined) return [];
  const at = (from: number, to: number, message: string, hint: string | null = null): ConfigProblem =>
    problemInText(read.places, `${path}.template`, { from, to }, { code: 'E_TEMPLATE', message, hint });
  const contentType = content_type ?? 'application/json';
  let parts: readonly TemplatePart[];
  try {
    parts = parseTemplate(template, contentType);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return [at(error.from, error.to, error.message)];
  }
  const unknown = templateNames(parts).filter(({ name }) => !TEMPLATE_NAMES.includes(name));
  if (unknown.length > 0) {
    return unknown.map(({ name, from }) => {
      const near = nearest(name, TEMPLATE_NAMES);
      const hint = near === null ? `known names: ${TEMPLATE_NAMES.join(', ')}` : `did you mean ${near}?`;
      return at(from, from + 2, `'${name}' is not a known template value`, hint);
    });
  }
  // The sample contains two items of each list, so that a missing comma is found.
  if (!/\bjson\b/iu.test(contentType) || isJson(renderTemplate(parts, SAMPLE))) return [];
  const hint =
    'quote texts: "{{title}}"; separate list items: {{#entries}}…{{^last}},{{/last}}{{/entries}}; else use {{x|json}}';
  return [at(0, template.length, 'this template does not yield valid JSON', hint)];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A value for every name, so that any template can be rendered. */
const SAMPLE_FACTS = Object.fromEntries(TEMPLATE_NAMES.map((name) => [name, name === 'first' ? false : 'x']));
const NUMBERS = { independent: 1, reports: 1, value: 1 };
/** Numbers stay numbers, so that `{{x|json}}` is tested, too. */
const SAMPLE_ENTRY = { ...SAMPLE_FACTS, ...NUMBERS, concepts: ['x', 'y'] };
const SAMPLE_ALERT = {
  ...SAMPLE_ENTRY,
  languages: ['x', 'y'],
  figures: [SAMPLE_FACTS, SAMPLE_FACTS],
  entries: [SAMPLE_ENTRY, SAMPLE_ENTRY],
};
const SAMPLE = { ...SAMPLE_ALERT, alerts: [SAMPLE_ALERT, SAMPLE_ALERT], event: { x: 1 } };
