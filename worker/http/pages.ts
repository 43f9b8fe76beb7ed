/**
 * The pages: one HTML shell for every page's address, with a nonce of its own and a policy that runs nothing else; the
 * files it names; and where browsers report what that policy stopped.
 */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { CSP_REPORT_BYTES_MAX, CSP_REPORTS_LOGGED_MAX } from '../../lib/model/limits.ts';
import { log } from '../log.ts';
import { type Caller, requireGrant } from './middleware/auth.ts';
import { problem } from './middleware/problem.ts';
import { newSecret } from './middleware/secret.ts';

const PATHS = [
  '/',
  '/stories/:id',
  '/rules',
  '/rules/:id',
  '/feeds',
  '/trace',
  '/channels',
  '/search',
  '/status',
];
const NONCE = /__NONCE__/g;
/** The one policy of Trusted Types (web/archive-worker/client.ts): it passes the address of our own worker and nothing else. */
const WORKER_POLICY = 'vigie-worker';
/** What a script may do that runs as a worker: read this service, and load its own parts. */
const OF_WORKERS = "default-src 'none'; connect-src 'self'; script-src 'self'; frame-ancestors 'none'";

/** Stopped by the policy since this isolate began. For operators and tests: it should stay 0. */
let reports = 0;

const reportLimit = bodyLimit({
  maxSize: CSP_REPORT_BYTES_MAX,
  onError: (c) => problem(c, { status: 413, title: 'the report is too large' }),
});

export const pageRoutes = new Hono<Caller>()
  .get('/assets/*', async (c) => {
    const answer = await c.env.ASSETS.fetch(c.req.raw);
    if (!answer.ok) return problem(c, { status: 404, title: 'nothing here' });
    const file = new Response(answer.body, answer);
    // Names hold a hash of the content.
    file.headers.set('cache-control', 'public, max-age=31536000, immutable');
    if (c.req.path.endsWith('.js')) file.headers.set('content-security-policy', OF_WORKERS);
    return file;
  })
  .post('/csp-reports', reportLimit, async (c) => {
    const report = await c.req.text();
    reports++;
    if (reports <= CSP_REPORTS_LOGGED_MAX) log('warn', 'policy report', reportLine(report));
    return c.body(null, 204);
  })
  .get('/api/csp-reports', requireGrant, (c) => c.json({ reports }))
  .on('GET', PATHS, shell);

async function shell(c: Context<Caller>): Promise<Response> {
  const answer = await c.env.ASSETS.fetch(new URL('/index.html', c.req.url));
  if (!answer.ok) return problem(c, { status: 503, title: 'the pages are not built' });
  const nonce = newSecret();
  return c.html((await answer.text()).replace(NONCE, nonce), 200, {
    'content-security-policy': policy(nonce),
    'cache-control': 'no-store',
  });
}

/** Trusted Types: text cannot become markup or script by any API, but for the address of our own worker. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}' 'self'`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${WORKER_POLICY}`,
    "worker-src 'self'",
    'report-uri /csp-reports',
  ].join('; ');
}

/** Which directive stopped what. The browser's words are anybody's: only plain characters, and few of them. */
function reportLine(text: string): string {
  const [directive, blocked] = ['violated-directive', 'blocked-uri'].map(
    (name) => new RegExp(`"${name}":"([\\w.:/ -]{1,80})`).exec(text)?.[1] ?? 'unknown',
  );
  return `${directive} stopped ${blocked}`;
}
