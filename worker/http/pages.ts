/**
 * The pages: one HTML shell for the address of every page, with its own nonce and content security policy; the assets
 * it names; and the endpoint for violation reports.
 */
import { type Context, Hono } from 'hono';
import { accepts } from 'hono/accepts';
import { bodyLimit } from 'hono/body-limit';
import { OPERATIONS } from '../../lib/api/operations.ts';
import { CSP_REPORT_BYTES_MAX, CSP_REPORTS_LOGGED_MAX } from '../../lib/model/limits.ts';
import { log } from '../log.ts';
import type { Caller } from './middleware/auth.ts';
import { problem } from './middleware/problem.ts';
import { newSecret } from './middleware/secret.ts';
import { serve } from './middleware/serve.ts';

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
/** The only Trusted Types policy (web/archive-worker/client.ts): it accepts the URL of our own worker and nothing else. */
const WORKER_POLICY = 'vigie-worker';
/** Policy of worker scripts: they may read this service and load their own parts. */
const OF_WORKERS = "default-src 'none'; connect-src 'self'; script-src 'self'; frame-ancestors 'none'";

/** Violations reported since this isolate started. For admins and tests: should stay 0. */
let reports = 0;

const reportLimit = bodyLimit({
  maxSize: CSP_REPORT_BYTES_MAX,
  onError: (c) => problem(c, { status: 413, title: 'Content too large' }),
});

/** `/assets/*`, `/csp-reports` and the shell of every page. */
export const pageRoutes = new Hono<Caller>()
  .get('/assets/*', async (c) => {
    const answer = await c.env.ASSETS.fetch(c.req.raw);
    if (!answer.ok) return problem(c, { status: 404, title: 'Not found' });
    const file = new Response(answer.body, answer);
    // Asset names contain a hash of the content.
    file.headers.set('cache-control', 'public, max-age=31536000, immutable');
    if (c.req.path.endsWith('.js')) file.headers.set('content-security-policy', OF_WORKERS);
    return file;
  })
  .get('/config.schema.json', async (c) => {
    const answer = await c.env.ASSETS.fetch(c.req.raw);
    if (!answer.ok) return problem(c, { status: 404, title: 'Not found' });
    return c.body(await answer.text(), 200, {
      'content-type': 'application/schema+json',
      // An editor asks from another origin; the schema holds nothing of this service.
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    });
  })
  .post('/csp-reports', reportLimit, async (c) => {
    const report = await c.req.text();
    reports++;
    if (reports <= CSP_REPORTS_LOGGED_MAX) log('warn', 'content security policy', reportLine(report));
    return c.body(null, 204);
  })
  .on('GET', PATHS, (c) => shell(c, 200));

serve(pageRoutes, OPERATIONS.countCspReports, () => ({ reports }));

/** A browser gets a page with links to the others, everything else a problem document. */
export async function notFound(c: Context<Caller>): Promise<Response> {
  const [json, html] = ['application/problem+json', 'text/html'];
  const wanted = accepts(c, { header: 'Accept', supports: [json, html], default: json });
  return c.req.method === 'GET' && wanted === html
    ? await shell(c, 404)
    : problem(c, { status: 404, title: 'Not found' });
}

/** @param status 404 for an address without a page: the shell says so and links to the others */
async function shell(c: Context<Caller>, status: 200 | 404): Promise<Response> {
  const answer = await c.env.ASSETS.fetch(new URL('/index.html', c.req.url));
  if (!answer.ok)
    return problem(c, { status: 503, title: 'Pages are not built', detail: 'run npm run build:web' });
  const nonce = newSecret();
  return c.html((await answer.text()).replace(NONCE, nonce), status, {
    'content-security-policy': policy(nonce),
    'cache-control': 'no-store',
  });
}

/** Content Security Policy Level 3 and Trusted Types: text cannot become markup or script, except our worker's URL. */
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

/** The violated directive and the blocked URL. The report is untrusted: only plain characters, and few of them. */
function reportLine(text: string): string {
  const [directive, blocked] = ['violated-directive', 'blocked-uri'].map(
    (name) => new RegExp(`"${name}":"([\\w.:/ -]{1,80})`).exec(text)?.[1] ?? 'unknown',
  );
  return `blocked ${blocked} (${directive})`;
}
