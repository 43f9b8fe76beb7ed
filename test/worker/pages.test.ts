/** The shell of the pages, its files and the reports of its policy, in workerd. */
import { env } from 'cloudflare:test';
import { expect, test } from 'vitest';
import { app } from '../../worker/http/app.ts';
import { secretHash } from '../../worker/http/middleware/secret.ts';

const TOKEN = 'an-admin-token-of-more-than-128-bits';
const HOME = 'https://vigie.example.org';

async function call(path: string, init: RequestInit = {}): Promise<Response> {
  const bindings = { ...env, VIGIE_TOKEN_SHA256: await secretHash(TOKEN) } as never;
  return await app.fetch(new Request(`${HOME}${path}`, init), bindings);
}

const nonceIn = (policy: string | null): string => /script-src 'nonce-([^']+)'/.exec(policy ?? '')?.[1] ?? '';

test.each([
  '/',
  '/stories/s_1',
  '/rules',
  '/rules/nk',
  '/feeds',
  '/trace?q=x',
  '/channels',
  '/search',
  '/status',
])('%s is the shell, for whoever asks', async (path) => {
  const answer = await call(path);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const nonce = nonceIn(answer.headers.get('content-security-policy'));
  expect(nonce.length).toBeGreaterThan(20);
  const html = await answer.text();
  const scripts = [...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag);
  expect(scripts.length).toBeGreaterThan(0);
  for (const tag of scripts) expect(tag).toContain(`nonce="${nonce}"`);
  expect(html).not.toContain('__NONCE__');
});

test.each([
  ['/nothing-here', 'GET', 'text/html,application/xhtml+xml,*/*;q=0.8', 'text/html'],
  ['/stories', 'GET', 'text/html', 'text/html'],
  ['/nothing-here', 'GET', '*/*', 'application/problem+json'],
  ['/nothing-here', 'GET', 'application/json', 'application/problem+json'],
  ['/nothing-here', 'GET', null, 'application/problem+json'],
  ['/nothing-here', 'POST', 'text/html', 'application/problem+json'],
])('%s has no page: %s with Accept: %s gets %s', async (path, method, accept, type) => {
  const answer = await call(path, { method, headers: accept === null ? {} : { accept } });
  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-type')).toContain(type);
  expect((await answer.text()).includes('<script')).toBe(type === 'text/html');
});

test('the schema of the configuration can be read by an editor of another origin, pages and the API cannot', async () => {
  const schema = await call('/config.schema.json');
  expect(schema.headers.get('content-type')).toBe('application/schema+json');
  expect(((await schema.json()) as { type: string }).type).toBe('object');
  expect(schema.headers.get('access-control-allow-origin')).toBe('*');
  expect(schema.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  for (const path of ['/', '/api/status', '/nothing-here']) {
    const { headers } = await call(path);
    expect(headers.get('access-control-allow-origin'), path).toBeNull();
    expect(headers.get('cross-origin-resource-policy'), path).toBe('same-origin');
  }
});

test('no two answers share a nonce, and nothing but scripts that have it runs', async () => {
  const [first, second] = await Promise.all([call('/'), call('/')]);
  const policy = first.headers.get('content-security-policy') ?? '';
  expect(nonceIn(policy)).not.toBe(nonceIn(second.headers.get('content-security-policy')));
  expect(policy).not.toMatch(/unsafe|\*|https?:|strict-dynamic/);
  for (const part of [
    "default-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    'trusted-types vigie-worker;',
    "worker-src 'self'",
  ])
    expect(policy).toContain(part);
});

test('files are kept for ever under the hash in their name; others are not there', async () => {
  const script = /src="(\/assets\/[^"]+)"/.exec(await (await call('/')).text())?.[1] ?? '';
  const answer = await call(script);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  // A worker is held to the policy of its own file.
  expect(answer.headers.get('content-security-policy')).toBe(
    "default-src 'none'; connect-src 'self'; script-src 'self'; frame-ancestors 'none'",
  );
  for (const path of ['/assets/none.js', '/index.html', '/assets/..%2findex.html'])
    expect((await call(path)).status, path).toBe(404);
});

test('what the policy stopped is counted, for those who are known; a report says little', async () => {
  const reports = async (): Promise<number> => {
    const answer = await call('/api/csp-reports', { headers: { authorization: `Bearer ${TOKEN}` } });
    return ((await answer.json()) as { reports: number }).reports;
  };
  const before = await reports();
  const body = JSON.stringify({
    'csp-report': { 'violated-directive': 'script-src', 'blocked-uri': 'inline' },
  });
  expect((await call('/csp-reports', { method: 'POST', body })).status).toBe(204);
  expect(await reports()).toBe(before + 1);
  expect((await call('/csp-reports', { method: 'POST', body: 'x'.repeat(20_000) })).status).toBe(413);
  expect(await reports()).toBe(before + 1);
  expect((await call('/api/csp-reports')).status).toBe(401);
});
