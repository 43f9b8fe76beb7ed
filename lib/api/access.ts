/** `/api/session`, `/api/tokens` and `/api/alert-feeds`: who is signed in, tokens, and secret addresses. */
import * as z from 'zod';
import { answer, request, time, timeOrNull, type Wire } from './common.ts';

/** `write` includes `read`. */
const scope = z.enum(['read', 'write']);

/** Who is signed in, and until when; null: as long as the token is valid. */
export const session = answer('Session', z.object({ who: z.string(), scope, expires: timeOrNull }));

const token = answer(
  'Token',
  z.object({ name: z.string(), scope, created: time, expires: timeOrNull, lastUsed: timeOrNull }),
);

/** Oldest first, expired ones included. */
export const tokenList = answer('TokenList', z.object({ tokens: z.array(token) }));

/** The only answer that contains the value of a token. */
export const newToken = answer(
  'NewToken',
  z.object({ name: z.string(), scope, expires: timeOrNull, token: z.string() }),
);

/** The addresses are secret: with one, anyone can read the alerts of its rule. */
const alertFeed = answer('AlertFeed', z.object({ rule: z.string(), atom: z.string(), json: z.string() }));

export const alertFeeds = answer('AlertFeeds', z.object({ feeds: z.array(alertFeed) }));

export type Session = Wire<z.output<typeof session>>;
export type Token = Wire<z.output<typeof token>>;
export type TokenList = Wire<z.output<typeof tokenList>>;
export type NewToken = Wire<z.output<typeof newToken>>;
export type AlertFeed = Wire<z.output<typeof alertFeed>>;
export type AlertFeeds = Wire<z.output<typeof alertFeeds>>;

export const signIn = request('SignIn', z.object({ token: z.string().max(500) }));

/** `days` null: no expiry. */
export const wantedToken = request(
  'WantedToken',
  z.strictObject({
    name: z.string().regex(/^[\w .@-]{1,60}$/u),
    scope: scope.default('read'),
    days: z.number().int().min(1).max(3_650).nullable().default(90),
  }),
);
/** As a caller writes it. */
export type WantedToken = Wire<z.input<typeof wantedToken>>;
