/** Who may use the API: the holder of the admin token. Without a token configured, nobody. */
import { createMiddleware } from 'hono/factory';
import type { Env } from '../env.ts';
import { settingsOf } from '../settings.ts';
import { problem } from './problem.ts';

export const requireToken = createMiddleware<{ Bindings: Env }>(async (c, next) => {
  const { tokenHash } = settingsOf(c.env);
  if (tokenHash === null) {
    return problem(c, { status: 503, title: 'no token is configured', detail: 'set VIGIE_TOKEN_SHA256' });
  }
  const [scheme = '', token = ''] = (c.req.header('authorization') ?? '').split(' ');
  const given = scheme.toLowerCase() === 'bearer' && token !== '' && (await matches(token, tokenHash));
  if (!given) {
    c.header('www-authenticate', 'Bearer');
    return problem(c, { status: 401, title: 'a valid token is needed' });
  }
  await next();
  return undefined;
});

/** Compares digests, which are of equal length, in constant time. */
async function matches(token: string, hashHex: string): Promise<boolean> {
  const given = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token)));
  const wanted = Uint8Array.from(hashHex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return wanted.byteLength === given.byteLength && crypto.subtle.timingSafeEqual(given, wanted);
}
