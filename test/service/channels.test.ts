/**
 * The whole service, from a feed that means harm to every platform: each takes what it gets, signatures verify with foreign
 * code, and no secret leaves. A real Alertmanager takes part where this machine has one.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MATRIX_TOKEN } from '../fakes/matrix.ts';
import { type Platforms, startPlatforms } from '../fakes/server.ts';
import { fakeOf } from '../fakes/table.ts';
import { TELEGRAM_TOKEN } from '../fakes/telegram.ts';
import { ALL_CHANNELS } from '../fixtures/channels.ts';
import { HOSTILE } from '../fixtures/hostile.ts';

/** Debian's prometheus-alertmanager, or another one. */
const ALERTMANAGER = process.env['VIGIE_ALERTMANAGER'] ?? '/usr/bin/prometheus-alertmanager';
const HAS_ALERTMANAGER = existsSync(ALERTMANAGER);

const NEW_SECRET = `whsec_${btoa('new-secret-new-secret-new-secret')}`;
const OLD_SECRET = `whsec_${btoa('old-secret-old-secret-old-secret')}`;
const VARIABLES = {
  NEW_SECRET,
  OLD_SECRET,
  TELEGRAM_TOKEN,
  MATRIX_TOKEN,
  PD_KEY: 'a1b2c3d4'.repeat(4),
  NTFY_TOPIC: 'canary-topic-17af',
  MAIL_TOKEN: 're_secret_token',
  APPRISE_SERVICE: 'json://user:canary-of-a-service-52b0@example.org',
  HOOK_PATH: 'canary-path-of-a-hook-3c1d',
};
const NAMES = ALL_CHANNELS.map(([name]) => name.replaceAll(' ', '-').toLowerCase());
const ENTRIES = 2;

let folder: string;
let platforms: Platforms;
let service: ChildProcess;
let alertmanager: ChildProcess | null = null;
let alertmanagerUrl = '';
let output = '';
let url = '';
let token = '';
let listed = '';

const line = (name: string): string => {
  const at = `${platforms.url}/${name}`;
  const hook = `url: "${at}/\${HOOK_PATH}"`;
  const mail = `from: "Vigie <vigie@example.org>", to: desk@example.org, token: "\${MAIL_TOKEN}", url: "${at}/send"`;
  const lines: Record<string, string> = {
    webhook: `kind: webhook, ${hook}, secret: ["\${NEW_SECRET}", "\${OLD_SECRET}"]`,
    'webhook-as-cloudevents': `kind: webhook, ${hook}, format: cloudevents`,
    discord: `kind: discord, ${hook}`,
    slack: `kind: slack, ${hook}`,
    teams: `kind: teams, ${hook}`,
    mattermost: `kind: mattermost, ${hook}`,
    googlechat: `kind: googlechat, ${hook}`,
    telegram: `kind: telegram, url: "${at}", token: "\${TELEGRAM_TOKEN}", chat: -1001234567890`,
    ntfy: `kind: ntfy, url: "${at}/", topic: "\${NTFY_TOPIC}"`,
    matrix: `kind: matrix, url: "${at}", token: "\${MATRIX_TOKEN}", room: "!abc:example.org"`,
    pagerduty: `kind: pagerduty, url: "${at}/v2/enqueue", key: "\${PD_KEY}"`,
    alertmanager: `kind: alertmanager, url: "${HAS_ALERTMANAGER ? alertmanagerUrl : at}"`,
    apprise: `kind: apprise, url: "${at}/notify/\${HOOK_PATH}", tag: desk`,
    'apprise-without-a-key': `kind: apprise, url: "${at}/notify", urls: "\${APPRISE_SERVICE}"`,
    email: `kind: email, via: resend, ${mail}`,
    'email-by-postmark': `kind: email, via: postmark, ${mail}`,
    'email-by-mailgun': `kind: email, via: mailgun, ${mail}`,
  };
  return `  ${name}: { ${lines[name]} }`;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-channels-'));
  const fakes = new Map(ALL_CHANNELS.map(([, channel], at) => [NAMES[at] ?? '', fakeOf(channel)]));
  platforms = await startPlatforms(
    fakes,
    () => `<rss version="2.0"><channel><title>t</title>${listed}</channel></rss>`,
  );
  if (HAS_ALERTMANAGER) await startAlertmanager();
  writeFileSync(
    join(folder, 'watch.yaml'),
    `version: 1
feeds: [{ id: flow, url: "${platforms.url}/feed", every: 5m, publisher: "Harbour <b>Post</b> @everyone", country: GB, grade: B }]
rules: [{ id: storms, title: "Storms & *floods*", severity: high, query: storm*, notify: { to: [${NAMES.join(', ')}], group_by: none } }]
channels:
${NAMES.map(line).join('\n')}
`,
  );
  await startService();
});
afterAll(async () => {
  service?.kill('SIGTERM');
  alertmanager?.kill('SIGTERM');
  await until(() => service?.exitCode !== null, 10_000).catch(() => service?.kill('SIGKILL'));
  platforms?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function startService(): Promise<void> {
  const args = [
    'cli/start.ts',
    '--port',
    '0',
    '--allow-loopback',
    '--every',
    '0',
    '--config',
    join(folder, 'watch.yaml'),
    '--state',
    join(folder, 'state'),
  ];
  service = spawn(process.execPath, args, { env: { ...process.env, ...VARIABLES } });
  for (const stream of [service.stdout, service.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  await until(() => output.includes('ready ') || service.exitCode !== null);
  [, url = '', token = ''] = /^ready (\S+)\/#token=(\S+)$/m.exec(output) ?? [];
  expect(url, output).not.toBe('');
}

async function startAlertmanager(): Promise<void> {
  const port = await freePort();
  alertmanagerUrl = `http://127.0.0.1:${port}`;
  const file = join(folder, 'alertmanager.yml');
  writeFileSync(file, 'route: { receiver: none }\nreceivers: [{ name: none }]\n');
  const args = [
    `--config.file=${file}`,
    `--storage.path=${join(folder, 'am')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--cluster.listen-address=',
  ];
  alertmanager = spawn(ALERTMANAGER, args, { stdio: 'ignore' });
  await until(async () => (await fetch(`${alertmanagerUrl}/-/ready`).catch(() => null))?.ok === true);
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await condition()) && Date.now() < end) await sleep(50);
  expect(await condition()).toBe(true);
}

const xml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/gu, '')
    .replace(/[&<>]/gu, (char) => `&#${char.charCodeAt(0)};`);
const tick = (minutes: number) =>
  fetch(`${url}/cdn-cgi/local/scheduled?time=${Date.now() + minutes * 60_000}`);
const deliveries = async () => {
  const answer = await fetch(`${url}/api/deliveries`, { headers: { authorization: `Bearer ${token}` } });
  return ((await answer.json()) as { deliveries: { channel: string; state: string; id: string }[] })
    .deliveries;
};

describe('every channel', () => {
  test('takes what a hostile feed says, once each', async () => {
    await tick(0);
    // One half of the corpus in each title, all of it in the summary.
    listed = Array.from({ length: ENTRIES }, (_, at) => {
      const title = `storm ${at} ${HOSTILE.filter((_, index) => index % ENTRIES === at).join(' ')}`;
      return `<item><title>${xml(xml(title))}</title><description>${xml(xml(HOSTILE.join(' ')))}</description><guid>g${at}</guid><link>https://news.example.org/${at}</link></item>`;
    }).join('');
    await tick(10);
    await until(async () => {
      const all = await deliveries();
      return all.length === NAMES.length * ENTRIES && all.every(({ state }) => state !== 'pending');
    });
    const settled = (await deliveries())
      .filter(({ state }) => state !== 'delivered')
      .map(({ channel }) => channel);
    expect(settled, output).toEqual([]);
    expect(platforms.played.filter(({ status }) => status >= 300)).toEqual([]);
    for (const name of NAMES)
      if (name !== 'alertmanager' || !HAS_ALERTMANAGER)
        expect(
          platforms.played.filter((played) => played.name === name),
          name,
        ).toHaveLength(ENTRIES);
  });

  test('webhooks verify with foreign code, with the new secret and with the old one', () => {
    const signed = platforms.played.filter(({ name }) => name === 'webhook');
    for (const { body, headers } of signed)
      for (const secret of [NEW_SECRET, OLD_SECRET])
        expect(new Webhook(secret).verify(body, headers)).toHaveProperty('data.rule', 'storms');
    expect(signed).toHaveLength(ENTRIES);
  });

  test('a test reaches each of them', async () => {
    for (const name of NAMES) {
      const ask = () =>
        fetch(`${url}/api/channels/${name}/test`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}` },
        });
      // Those that rest say when to come back.
      let answer = await ask();
      for (let tries = 0; answer.status === 429 && tries < 3; tries++) {
        await sleep(Number(answer.headers.get('retry-after')) * 1_000);
        answer = await ask();
      }
      expect(await answer.json(), name).toMatchObject({ outcome: 'delivered' });
    }
  });

  test('no secret is in the log, in an answer, or in a message but its own', async () => {
    const headers = { authorization: `Bearer ${token}` };
    const answers = await Promise.all(
      ['channels', 'deliveries', 'config'].map(async (name) =>
        (await fetch(`${url}/api/${name}`, { headers })).text(),
      ),
    );
    const told = [output, ...answers].join('\n');
    for (const secret of Object.values(VARIABLES)) expect(told).not.toContain(secret);
    for (const { name, body } of platforms.played)
      for (const secret of Object.values(VARIABLES))
        if (
          !(name === 'ntfy' && secret === VARIABLES.NTFY_TOPIC) &&
          !(name === 'pagerduty' && secret === VARIABLES.PD_KEY) &&
          !(name === 'apprise-without-a-key' && secret === VARIABLES.APPRISE_SERVICE)
        )
          expect(body, name).not.toContain(secret);
  });

  test.skipIf(!HAS_ALERTMANAGER)(`a real Alertmanager (${ALERTMANAGER}) lists what it was sent`, async () => {
    const alerts = (await (await fetch(`${alertmanagerUrl}/api/v2/alerts`)).json()) as {
      labels: Record<string, string>;
      annotations: Record<string, string>;
    }[];
    const ours = alerts.filter(({ labels }) => labels['rule'] === 'storms');
    expect(ours).toHaveLength(ENTRIES);
    for (const { labels, annotations } of ours) {
      expect(labels).toMatchObject({ alertname: 'Vigie', severity: 'high', development: 'first' });
      expect(annotations['summary']).toContain('Storms & *floods*: first report · ');
    }
  });
});
