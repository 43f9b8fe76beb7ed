/** Security headers of every response: browsers run, frame and sniff nothing that this service did not send. */
import { createMiddleware } from 'hono/factory';

/** Policy of responses that are not pages: they run nothing. Pages set their own policy with a nonce (pages.ts). */
const NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Adds the headers after the handler ran. */
export const guard = createMiddleware(async (c, next) => {
  await next();
  const { headers } = c.res;
  if (!headers.has('content-security-policy')) c.header('content-security-policy', NOTHING);
  c.header('x-content-type-options', 'nosniff');
  c.header('x-frame-options', 'DENY');
  c.header('referrer-policy', 'no-referrer');
  c.header('cross-origin-opener-policy', 'same-origin');
  if (!headers.has('cross-origin-resource-policy')) c.header('cross-origin-resource-policy', 'same-origin');
  c.header('permissions-policy', 'camera=(), microphone=(), geolocation=()');
  if (c.req.path.startsWith('/api/') && !headers.has('cache-control')) c.header('cache-control', 'no-store');
});
