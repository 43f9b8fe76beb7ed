/**
 * Authentication: the admin token, a created token, a session, or Cloudflare Access. Without a configured method every
 * request is refused: nothing is open by default.
 */
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import type { Grant } from '../../desk/table/access.ts';
import { deskOf, type Env } from '../../env.ts';
import { accessIdentity } from '../../net/access-keys.ts';
import { settingsOf } from '../../settings.ts';
import { type ProblemResponse, problem } from './problem.ts';
import { isSameHash, secretHash } from './secret.ts';

/** hono's environment of authenticated routes. */
export interface Caller {
  Bindings: Env;
  Variables: { grant: Grant };
}

/** `__Host-` prefix: this host only, TLS or loopback, path `/` (draft-ietf-httpbis-rfc6265bis, "Cookie Name Prefixes"). */
export const SESSION_COOKIE = '__Host-vigie';
const ADMIN: Grant = { scope: 'write', admin: true, who: 'admin', expires: null };
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Refuses callers without a grant, and changes by callers whose grant is read-only. */
export const requireGrant = createMiddleware<Caller>(async (c, next) => {
  const refusal = await refusalOf(c);
  if (refusal !== null) return refusal;
  await next();
  return undefined;
});

/** Sets the caller's grant. @returns null: the caller may do this */
export async function refusalOf(c: Context<Caller>): Promise<ProblemResponse | null> {
  const settings = settingsOf(c.env);
  if (settings.tokenHash === null && settings.access === null) {
    const detail = 'set VIGIE_TOKEN_SHA256, or VIGIE_ACCESS_TEAM and VIGIE_ACCESS_AUD';
    return problem(c, { status: 503, title: 'Authentication is not configured', detail });
  }
  const grant = await grantOf(c);
  if (grant === null) {
    c.header('www-authenticate', 'Bearer');
    return problem(c, { status: 401, title: 'Unauthorized: sign in or send a valid token' });
  }
  if (!SAFE.has(c.req.method)) {
    if (grant.scope !== 'write')
      return problem(c, {
        status: 403,
        title: 'Forbidden: read-only token',
        detail: 'use a token with write access',
      });
    if (isForeign(c)) return problem(c, { status: 403, title: 'Forbidden: cross-site request' });
  }
  c.set('grant', grant);
  return null;
}

/** A created token must not create others: they would outlive its removal. @returns null: the caller is the admin */
export function adminRefusal(c: Context<Caller>): ProblemResponse | null {
  if (c.get('grant').admin) return null;
  const detail = 'use the admin token, or sign in with it or through Cloudflare Access';
  return problem(c, { status: 403, title: 'Forbidden: only the admin manages tokens', detail });
}

async function grantOf(c: Context<Caller>): Promise<Grant | null> {
  const [scheme = '', token = ''] = (c.req.header('authorization') ?? '').split(' ');
  if (scheme.toLowerCase() === 'bearer' && token !== '') return await tokenGrant(c.env, token);
  const assertion = c.req.header('cf-access-jwt-assertion');
  if (assertion !== undefined) return await accessGrant(c.env, assertion);
  const session = getCookie(c, SESSION_COOKIE);
  if (session === undefined) return null;
  return await deskOf(c.env)
    .access()
    .session(await secretHash(session));
}

/** @returns what the token allows; null: unknown token */
export async function tokenGrant(env: Env, token: string): Promise<Grant | null> {
  const hash = await secretHash(token);
  const { tokenHash } = settingsOf(env);
  if (tokenHash !== null && isSameHash(hash, tokenHash)) return ADMIN;
  return await deskOf(env).access().token(hash);
}

async function accessGrant(env: Env, assertion: string): Promise<Grant | null> {
  const { access, allowLoopback } = settingsOf(env);
  if (access === null) return null;
  const who = await accessIdentity(assertion, access, { allowLoopback, allowHosts: [] });
  return who === null ? null : { scope: 'write', admin: true, who, expires: null };
}

/**
 * Whether a browser sent this from another site (Fetch Metadata, `Sec-Fetch-Site`; RFC 6454, `Origin`). Cookies are
 * SameSite=Strict already; this covers clients that ignore that, and Cloudflare Access. Programs send neither header.
 */
export function isForeign(c: Context): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const origin = c.req.header('origin');
  return origin !== undefined && origin !== new URL(c.req.url).origin;
}
