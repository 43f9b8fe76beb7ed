/** Headers that every answer carries: nothing runs, frames or is guessed that this service did not send. */
import { createMiddleware } from 'hono/factory';

/** Answers that are no pages run nothing at all. Pages bring a policy with a nonce of their own (pages.ts). */
const NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

export const guard = createMiddleware(async (c, next) => {
  await next();
  const { headers } = c.res;
  if (!headers.has('content-security-policy')) c.header('content-security-policy', NOTHING);
  c.header('x-content-type-options', 'nosniff');
  c.header('x-frame-options', 'DENY');
  c.header('referrer-policy', 'no-referrer');
  c.header('cross-origin-opener-policy', 'same-origin');
  c.header('cross-origin-resource-policy', 'same-origin');
  c.header('permissions-policy', 'camera=(), microphone=(), geolocation=()');
  if (c.req.path.startsWith('/api/') && !headers.has('cache-control')) c.header('cache-control', 'no-store');
});
