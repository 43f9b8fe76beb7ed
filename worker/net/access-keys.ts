/** Verifies the JWT that Cloudflare Access adds to requests, with keys from the team's domain (Access docs, "Validate JWTs"). */
import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import {
  ACCESS_KEYS_BYTES_MAX,
  ACCESS_KEYS_MS_MAX,
  ACCESS_KEYS_PAUSE_MS,
  HEADERS_TIMEOUT_MS,
} from '../../lib/model/limits.ts';
import type { HostPolicy } from './host-policy.ts';
import { safeFetch } from './safe-fetch.ts';

/** The Cloudflare Access application that protects the service. */
export interface AccessTeam {
  /** `https://<team>.cloudflareaccess.com` */
  readonly issuer: string;
  /** The application's AUD tag. */
  readonly audience: string;
}

let keys: { readonly issuer: string; readonly get: JWTVerifyGetKey } | null = null;

/** Keys rotate every six weeks: cached for an hour; for an unknown key id fetched again at most once a minute. */
function keysOf(issuer: string, policy: HostPolicy): JWTVerifyGetKey {
  if (keys?.issuer !== issuer) {
    const get = createRemoteJWKSet(new URL('/cdn-cgi/access/certs', issuer), {
      cacheMaxAge: ACCESS_KEYS_MS_MAX,
      cooldownDuration: ACCESS_KEYS_PAUSE_MS,
      [customFetch]: (url: string) => fetchKeys(url, policy),
    });
    keys = { issuer, get };
  }
  return keys.get;
}

/** @returns email address, else subject of the caller; null when the token is not valid */
export async function accessIdentity(
  token: string,
  team: AccessTeam,
  policy: HostPolicy,
): Promise<string | null> {
  try {
    const { payload } = await jwtVerify(token, keysOf(team.issuer, policy), {
      algorithms: ['RS256'],
      issuer: team.issuer,
      audience: team.audience,
      requiredClaims: ['exp', 'iat'],
      clockTolerance: 30,
    });
    const mail = payload['email'];
    return typeof mail === 'string' ? mail : (payload.sub ?? 'access');
  } catch (error) {
    // jose throws a JOSEError for every token that is not valid; other errors are bugs.
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

async function fetchKeys(url: string, policy: HostPolicy): Promise<Response> {
  const answer = await safeFetch({
    url,
    method: 'GET',
    headers: () => [['accept', 'application/json']],
    body: null,
    followRedirects: false,
    timeoutMs: HEADERS_TIMEOUT_MS,
    bodyBytesMax: ACCESS_KEYS_BYTES_MAX,
    longBody: 'fail',
    policy,
    slots: null,
  });
  if (answer.kind === 'failure') return new Response(null, { status: 502 });
  return new Response(answer.body as Uint8Array<ArrayBuffer>, { status: answer.status });
}
