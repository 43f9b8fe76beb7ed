/** `/api/session`: signing in with a token and signing out. Failed logins are rate-limited. */
import { type Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { signIn } from '../../../lib/api/access.ts';
import { OPERATIONS } from '../../../lib/api/operations.ts';
import { SESSION_MS_MAX, TOKEN_UNITS_MIN } from '../../../lib/model/limits.ts';
import { isoTime, isoTimeOrNull } from '../../../lib/model/time.ts';
import { deskOf } from '../../env.ts';
import { type Caller, isForeign, SESSION_COOKIE, tokenGrant } from '../middleware/auth.ts';
import { type ProblemResponse, problem } from '../middleware/problem.ts';
import { newSecret, secretHash } from '../middleware/secret.ts';
import { serve } from '../middleware/serve.ts';

const COOKIE = { path: '/', secure: true, httpOnly: true, sameSite: 'Strict' } as const;

export const sessionRoutes = new Hono<Caller>();

serve(sessionRoutes, OPERATIONS.signIn, async (c) => {
  if (isForeign(c)) return problem(c, { status: 403, title: 'Forbidden: cross-site request' });
  const desk = deskOf(c.env).access();
  // Only Cloudflare's own header is trusted: any client can send X-Forwarded-For.
  const address = c.req.header('cf-connecting-ip') ?? 'local';
  const wait = await desk.wait(address);
  if (wait > 0) return tooMany(c, wait);
  const token = await tokenOf(c.req.raw);
  const grant = token === null ? null : await tokenGrant(c.env, token);
  if (grant === null) {
    const next = await desk.failed(address);
    return next > 0 ? tooMany(c, next) : problem(c, { status: 401, title: 'This token is not valid' });
  }
  const secret = newSecret();
  const expires = await desk.open(await secretHash(secret), grant);
  setCookie(c, SESSION_COOKIE, secret, { ...COOKIE, maxAge: SESSION_MS_MAX / 1000 });
  return { who: grant.who, scope: grant.scope, expires: isoTime(expires) };
});

serve(sessionRoutes, OPERATIONS.whoAmI, (c) => {
  const { who, scope, expires } = c.get('grant');
  return { who, scope, expires: isoTimeOrNull(expires) };
});

serve(sessionRoutes, OPERATIONS.signOut, async (c) => {
  if (isForeign(c)) return problem(c, { status: 403, title: 'Forbidden: cross-site request' });
  const session = getCookie(c, SESSION_COOKIE);
  // The session is deleted here, too: copies of the cookie become invalid.
  if (session !== undefined)
    await deskOf(c.env)
      .access()
      .close(await secretHash(session));
  deleteCookie(c, SESSION_COOKIE, COOKIE);
  return null;
});

function tooMany(c: Context, seconds: number): ProblemResponse {
  c.header('retry-after', String(seconds));
  return problem(c, { status: 429, title: 'Too many requests', detail: `try again in ${seconds} s` });
}

/** A body that does not fit counts as a token that is not valid: every guess counts. */
async function tokenOf(request: Request): Promise<string | null> {
  const read = signIn.safeParse(await request.json().catch(() => null));
  return read.success && read.data.token.length >= TOKEN_UNITS_MIN ? read.data.token : null;
}
