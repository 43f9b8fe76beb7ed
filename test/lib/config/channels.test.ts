// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what the document holds
/** Channels in the document: what is taken, what is refused, and where the fault is underlined. */
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../../lib/config/document/config.ts';
import { TEMPLATE_NAMES } from '../../../lib/deliver/template-check.ts';
import { templateView } from '../../../lib/deliver/template-view.ts';
import { ALL_CHANNELS } from '../../fixtures/channels.ts';
import { testEvent } from '../../fixtures/event.ts';

const HEAD = `version: 1
feeds: [{ url: "https://example.org/rss" }]
rules: [{ id: r, query: word, notify: { to: [x] } }]
`;
const read = (channel: string, more = '') => {
  const source = `${HEAD}channels:\n  x: ${channel}\n${more}`;
  return { source, ...readConfig(source, { hasVariable: null }) };
};
const SLACK = 'https://hooks.slack.com/services/T0/B0/abc';

const GOOD: [name: string, channel: string, kind: string][] = [
  ['a webhook', '{ kind: webhook, url: "https://example.org/h", secret: "${S}" }', 'webhook'],
  ['two secrets', '{ kind: webhook, url: "https://example.org/h", secret: ["${NEW}", "${OLD}"] }', 'webhook'],
  [
    'a rotation',
    '{ kind: webhook, url: "https://example.org/h", secret: { current: "${A}", previous: "${B}", until: 2026-12-31 } }',
    'webhook',
  ],
  ['CloudEvents', '{ kind: webhook, url: "https://example.org/h", format: cloudevents }', 'webhook'],
  ['a webhook on this machine', '{ kind: webhook, url: "http://127.0.0.1:9000/h" }', 'webhook'],
  [
    'a template',
    `{ kind: webhook, url: "https://example.org/h", template: '{"text": "{{title}}"}' }`,
    'webhook',
  ],
  ['Slack', '{ kind: slack, url: "${SLACK}" }', 'slack'],
  ['Discord in a forum', '{ kind: discord, url: "${D}", thread: "123456789012345678901" }', 'discord'],
  ['Teams', '{ kind: teams, url: "${T}" }', 'teams'],
  ['Telegram', '{ kind: telegram, token: "${T}", chat: -1001234567890 }', 'telegram'],
  [
    'a public channel of Telegram',
    '{ kind: telegram, token: "${T}", chat: "@storms", thread: 7, silent: true }',
    'telegram',
  ],
  ['ntfy', '{ kind: ntfy, topic: "${TOPIC}" }', 'ntfy'],
  ['ntfy at home', '{ kind: ntfy, url: "http://ntfy.lan", topic: storms, token: "${T}" }', 'ntfy'],
  ['Mattermost', '{ kind: mattermost, url: "${M}" }', 'mattermost'],
  ['Google Chat', '{ kind: googlechat, url: "${G}" }', 'googlechat'],
  [
    'Matrix',
    '{ kind: matrix, url: "https://matrix.example.org", token: "${T}", room: "!abc:example.org" }',
    'matrix',
  ],
  ['PagerDuty', '{ kind: pagerduty, key: "${K}" }', 'pagerduty'],
  [
    'Alertmanager',
    '{ kind: alertmanager, url: "http://localhost:9093", auth: { user: vigie, password: "${P}" } }',
    'alertmanager',
  ],
  [
    'Apprise',
    '{ kind: apprise, url: "https://apprise.example.org/notify/${KEY}", tag: "news, all" }',
    'apprise',
  ],
  ['Apprise at home', '{ kind: apprise, url: "http://apprise.lan:8000/a/notify/desk/" }', 'apprise'],
  [
    'Apprise without a key',
    '{ kind: apprise, url: "http://apprise.lan/notify", urls: ["${A}", "${B}"] }',
    'apprise',
  ],
  [
    'mail by the binding',
    '{ kind: email, via: cloudflare, from: "Vigie <v@example.org>", to: desk@example.org }',
    'email',
  ],
  [
    'mail by Resend',
    '{ kind: email, via: resend, token: "${T}", from: v@example.org, to: [a@example.org, b@example.org] }',
    'email',
  ],
  [
    'mail by Mailgun',
    '{ kind: email, via: mailgun, token: "${T}", url: "https://api.mailgun.net/v3/example.org/messages", from: v@example.org, to: a@example.org }',
    'email',
  ],
  ['the console', '{ kind: console }', 'console'],
];

test.each(GOOD)('%s', (_, channel, kind) => {
  const { config, problems } = read(channel);
  expect(problems).toEqual([]);
  expect(config?.channels[0]).toMatchObject({ id: 'x', kind });
});

test('the defaults of a channel', () => {
  const kinds = [
    '{ kind: telegram, token: "${T}", chat: 5 }',
    '{ kind: ntfy, topic: "${T}" }',
    '{ kind: pagerduty, key: "${K}" }',
  ];
  expect(kinds.map((kind) => read(kind).config?.channels[0])).toMatchObject([
    { url: 'https://api.telegram.org', chat: '5', thread: null, silent: false },
    { url: 'https://ntfy.sh', token: null },
    { url: 'https://events.pagerduty.com/v2/enqueue' },
  ]);
});

test('a rotation ends at its moment', () => {
  const { config } = read(
    '{ kind: webhook, url: "https://example.org/h", secret: { current: "${A}", previous: "${B}", until: "2026-12-31T12:00Z" } }',
  );
  expect(config?.channels[0]).toMatchObject({
    secrets: [
      { secret: '${A}', until: null },
      { secret: '${B}', until: Date.UTC(2026, 11, 31, 12) },
    ],
  });
});

const HOOK = 'kind: webhook, url: "https://example.org/h"';
const BAD: [name: string, channel: string, code: string, path: string, at: string, said: RegExp][] = [
  ['no address', '{ kind: slack }', 'E_MISSING_KEY', 'channels.x', '{ kind', /'url' is missing/u],
  ['no token', '{ kind: telegram, chat: 5 }', 'E_MISSING_KEY', 'channels.x', '{ kind', /'token' is missing/u],
  [
    'no chat',
    '{ kind: telegram, token: "${T}" }',
    'E_MISSING_KEY',
    'channels.x',
    '{ kind',
    /'chat' is missing/u,
  ],
  [
    'a key of another kind',
    '{ kind: slack, url: "${S}", topic: a }',
    'E_UNKNOWN_KEY',
    'channels.x.topic',
    'topic',
    /known keys: kind, url/u,
  ],
  [
    'a misspelt key',
    '{ kind: telegram, tokn: "${T}", chat: 5 }',
    'E_UNKNOWN_KEY',
    'channels.x.tokn',
    'tokn',
    /did you mean token/u,
  ],
  [
    'a misspelt kind',
    '{ kind: telegramm }',
    'E_VALUE',
    'channels.x.kind',
    'telegramm',
    /did you mean telegram/u,
  ],
  [
    'a kind to come',
    '{ kind: gotify }',
    'E_NOT_SUPPORTED',
    'channels.x.kind',
    'gotify',
    /webhook with a template/u,
  ],
  [
    'a retired connector',
    '{ kind: teams, url: "https://acme.webhook.office.com/webhookb2/abc" }',
    'E_RETIRED',
    'channels.x.url',
    'https',
    /create a Workflow|retired/u,
  ],
  [
    'a retired connector as a webhook',
    '{ kind: webhook, url: "https://outlook.office.com/webhook/abc" }',
    'E_RETIRED',
    'channels.x.url',
    'https',
    /retired/u,
  ],
  [
    'Discord’s address for Slack',
    '{ kind: slack, url: "https://discord.com/api/webhooks/1/abc" }',
    'E_VALUE',
    'channels.x.url',
    'https',
    /kind: discord/u,
  ],
  [
    'plain http',
    '{ kind: webhook, url: "http://example.org/h" }',
    'E_VALUE',
    'channels.x.url',
    'http:',
    /http is not allowed/u,
  ],
  [
    'no address at all',
    '{ kind: webhook, url: "example.org" }',
    'E_VALUE',
    'channels.x.url',
    'example',
    /expected an address/u,
  ],
  [
    'a token that is none',
    '{ kind: telegram, token: abc, chat: 5 }',
    'E_VALUE',
    'channels.x.token',
    'abc',
    /BotFather/u,
  ],
  [
    'a chat that is none',
    '{ kind: telegram, token: "${T}", chat: storms }',
    'E_VALUE',
    'channels.x.chat',
    'storms',
    /-100/u,
  ],
  [
    'an alias of a room',
    '{ kind: matrix, url: "https://m.example.org", token: "${T}", room: "#a:example.org" }',
    'E_VALUE',
    'channels.x.room',
    '#a',
    /begins with !/u,
  ],
  [
    'no notify address',
    '{ kind: apprise, url: "http://apprise.lan/add/desk" }',
    'E_VALUE',
    'channels.x.url',
    'http:',
    /notify\/KEY/u,
  ],
  [
    'services beside a key',
    '{ kind: apprise, url: "http://apprise.lan/notify/desk", urls: "${A}" }',
    'E_VALUE',
    'channels.x.urls',
    '${A}',
    /remove urls/u,
  ],
  ['a short key', '{ kind: pagerduty, key: abc }', 'E_VALUE', 'channels.x.key', 'abc', /32/u],
  ['a topic with a slash', '{ kind: ntfy, topic: a/b }', 'E_VALUE', 'channels.x.topic', 'a/b', /topic/u],
  [
    'mail without a token',
    '{ kind: email, via: postmark, from: a@example.org, to: b@example.org }',
    'E_MISSING_KEY',
    'channels.x.via',
    'postmark',
    /'token' is missing/u,
  ],
  [
    'Mailgun without an address',
    '{ kind: email, via: mailgun, token: "${T}", from: a@example.org, to: b@example.org }',
    'E_MISSING_KEY',
    'channels.x.via',
    'mailgun',
    /api.eu.mailgun.net/u,
  ],
  [
    'mail to nobody',
    '{ kind: email, via: resend, token: "${T}", from: a@example.org, to: nobody }',
    'E_TYPE',
    'channels.x.to',
    'nobody',
    /mail address/u,
  ],
  [
    'a secret of another length',
    `{ ${HOOK}, secret: whsec_c2hvcnQ= }`,
    'E_VALUE',
    'channels.x.secret',
    'whsec',
    /24 to 64/u,
  ],
  [
    'a rotation without an end',
    `{ ${HOOK}, secret: { current: "\${A}", previous: "\${B}" } }`,
    'E_TYPE',
    'channels.x.secret',
    '{ current',
    /until/u,
  ],
  [
    'a rotation that ends some day',
    `{ ${HOOK}, secret: { current: "\${A}", previous: "\${B}", until: soon } }`,
    'E_TYPE',
    'channels.x.secret',
    '{ current',
    /until/u,
  ],
  [
    'a template of a CloudEvent',
    `{ ${HOOK}, format: cloudevents, template: x }`,
    'E_VALUE',
    'channels.x.template',
    'x',
    /cannot be combined/u,
  ],
  [
    'a content type without a template',
    `{ ${HOOK}, content_type: text/plain }`,
    'E_VALUE',
    'channels.x.content_type',
    'text/plain',
    /template/u,
  ],
  [
    'an open tag',
    `{ ${HOOK}, content_type: text/plain, template: "a {{title" }`,
    'E_TEMPLATE',
    'channels.x.template',
    '{{',
    /no closing/u,
  ],
  [
    'an unknown name',
    `{ ${HOOK}, content_type: text/plain, template: "a {{titel}}" }`,
    'E_TEMPLATE',
    'channels.x.template',
    '{{',
    /did you mean title/u,
  ],
  [
    'an unknown filter',
    `{ ${HOOK}, content_type: text/plain, template: "a {{title|upper}}" }`,
    'E_TEMPLATE',
    'channels.x.template',
    '{{title|upper}}',
    /json, url/u,
  ],
  [
    'a section left open',
    `{ ${HOOK}, content_type: text/plain, template: "{{#entries}}x" }`,
    'E_TEMPLATE',
    'channels.x.template',
    '{{#entries}}',
    /is not closed/u,
  ],
  [
    'sections that cross',
    `{ ${HOOK}, content_type: text/plain, template: "{{#entries}}{{#figures}}{{/entries}}{{/figures}}" }`,
    'E_TEMPLATE',
    'channels.x.template',
    '{{/entries}}',
    /not open here/u,
  ],
  [
    'a template that is no JSON',
    `{ ${HOOK}, template: '{"t": {{title}}}' }`,
    'E_TEMPLATE',
    'channels.x.template',
    '{"t"',
    /JSON/u,
  ],
  [
    'a comma too many',
    `{ ${HOOK}, template: '[{{#entries}}"{{title}}",{{/entries}}]' }`,
    'E_TEMPLATE',
    'channels.x.template',
    '[{{#',
    /last/u,
  ],
];

test.each(BAD)('%s', (_, channel, code, path, at, said) => {
  const { source, problems, config } = read(channel);
  const found = problems.find((problem) => problem.code === code && problem.path === path);
  expect(found, JSON.stringify(problems)).toBeDefined();
  expect(source.slice(found?.offset).replace(/^['"]/u, '').slice(0, at.length)).toBe(at);
  expect(`${found?.message} ${found?.hint}`).toMatch(said);
  expect(config).toBeNull();
});

const WARNED: [name: string, channel: string, code: string, key: string][] = [
  ['an address that is a secret', `{ kind: slack, url: "${SLACK}" }`, 'W_LITERAL_SECRET', 'url'],
  [
    'a token',
    '{ kind: matrix, url: "https://m.example.org", token: syt_abc, room: "!a" }',
    'W_LITERAL_SECRET',
    'token',
  ],
  ['one of two secrets', `{ ${HOOK}, secret: ["\${A}", "plain words"] }`, 'W_LITERAL_SECRET', 'secret'],
  [
    'a password',
    '{ kind: alertmanager, url: "https://a.example.org", auth: { user: u, password: p } }',
    'W_LITERAL_SECRET',
    'auth',
  ],
  ['a strange host', '{ kind: discord, url: "https://dicord.com/api/webhooks/1/a" }', 'W_HOST', 'url'],
];

test.each(WARNED)('%s: a warning, and the document is taken', (_, channel, code, key) => {
  const { problems, config } = read(channel);
  expect(problems).toContainEqual(
    expect.objectContaining({ level: 'warning', code, path: `channels.x.${key}` }),
  );
  expect(config).not.toBeNull();
});

describe('ops and heartbeat', () => {
  test('name channels and an address', () => {
    const { config, problems } = read('{ kind: console }', 'ops: x\nheartbeat: { url: "${PING}" }\n');
    expect(problems).toEqual([]);
    expect(config).toMatchObject({ ops: ['x'], heartbeat: { url: '${PING}' } });
  });
  test('a channel that is not there is told with its place', () => {
    const { problems } = read('{ kind: console }', 'ops: [y]\n');
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'E_UNKNOWN_CHANNEL', path: 'ops[0]', line: 6, column: 7 }),
    );
  });
  test('a document without them has neither', () => {
    expect(Object.keys(read('{ kind: console }').config ?? {})).not.toContain('ops');
  });
});

test('a template is offered just the names that it may use', () => {
  const views = [templateView({ id: 'a', event: testEvent() })];
  const names = new Set<string>(['first', 'last']);
  const walk = (value: unknown, key: string): void => {
    if (key === 'event' || typeof value !== 'object' || value === null) return;
    for (const [name, one] of Object.entries(value)) {
      if (!Array.isArray(value)) names.add(name);
      walk(one, name);
    }
  };
  for (const view of views) walk(view, '');
  expect([...TEMPLATE_NAMES].sort()).toEqual([...names, 'value', 'phrase'].sort());
});

test('the fixtures stand for every kind', () => {
  expect(new Set(ALL_CHANNELS.map(([, { kind }]) => kind)).size + 1).toBe(
    new Set(GOOD.map(([, , kind]) => kind)).size,
  );
});
