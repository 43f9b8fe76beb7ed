/** Access control: browser sessions, tokens, and the limit on failed logins. Wall time. */

import type { EpochMs } from '../../../lib/model/flavor.ts';
import {
  LOGIN_FAILURES_MAX,
  LOGIN_WINDOW_MS,
  SESSION_MS_MAX,
  SESSIONS_MAX,
  TOKENS_MAX,
} from '../../../lib/model/limits.ts';
import type { Sql } from './sql.ts';

/** `write` includes `read`. */
export type Scope = 'read' | 'write';

/** What a caller may do. `write` includes `read`. */
export interface Grant {
  readonly scope: Scope;
  /** Granted by the admin token or Cloudflare Access, not by a created token: may create and revoke tokens. */
  readonly admin: boolean;
  /** Recorded as author of versions: the token's name, an email address, or `admin`. */
  readonly who: string;
  /** null: expires with its token. */
  readonly expires: EpochMs | null;
}

/** A token as shown to the admin: never the token itself. */
export interface TokenInfo {
  readonly name: string;
  readonly scope: Scope;
  readonly created: EpochMs;
  readonly expires: EpochMs | null;
  readonly lastUsed: EpochMs | null;
}

/**
 * @param hash SHA-256 of the secret in hex: secrets themselves are not stored
 * @returns when the session expires: with the grant that opened it, if that expires sooner
 */
export function openSession(
  sql: Sql,
  hash: string,
  { scope, who, admin, expires: least }: Grant,
  wall: EpochMs,
): EpochMs {
  const expires = Math.min(wall + SESSION_MS_MAX, least ?? Number.POSITIVE_INFINITY);
  sql.exec('DELETE FROM session WHERE expires <= ?', wall);
  sql.exec(
    'DELETE FROM session WHERE hash NOT IN (SELECT hash FROM session ORDER BY expires DESC LIMIT ?)',
    SESSIONS_MAX - 1,
  );
  sql.exec(
    'INSERT INTO session (hash, scope, who, expires, admin) VALUES (?, ?, ?, ?, ?)',
    hash,
    scope,
    who,
    expires,
    Number(admin),
  );
  return expires;
}

/** @returns the grant of an unexpired session; null: unknown or expired */
export function sessionGrant(sql: Sql, hash: string, wall: EpochMs): Grant | null {
  const [row] = sql
    .exec<{ scope: string; who: string; expires: number; admin: number }>(
      'SELECT scope, who, expires, admin FROM session WHERE hash = ? AND expires > ?',
      hash,
      wall,
    )
    .toArray();
  if (row === undefined) return null;
  return { scope: row.scope as Scope, admin: row.admin === 1, who: row.who, expires: row.expires };
}

/** Deletes a session; an unknown one is ignored. */
export function closeSession(sql: Sql, hash: string): void {
  sql.exec('DELETE FROM session WHERE hash = ?', hash);
}

/** @returns the grant of an unexpired token; null: unknown or expired */
export function tokenGrant(sql: Sql, hash: string, wall: EpochMs): Grant | null {
  const [row] = sql
    .exec<{ scope: string; name: string; expires: number | null; used: number | null }>(
      'SELECT scope, name, expires, used FROM token WHERE hash = ?',
      hash,
    )
    .toArray();
  if (row === undefined || (row.expires !== null && row.expires <= wall)) return null;
  // Updated at most once an hour: enough to show that it is in use, without one row written per call.
  if (wall - (row.used ?? 0) > 3_600_000) sql.exec('UPDATE token SET used = ? WHERE hash = ?', wall, hash);
  return { scope: row.scope as Scope, admin: false, who: row.name, expires: row.expires };
}

/** @returns false when the name is taken or there are TOKENS_MAX tokens */
export function addToken(sql: Sql, token: Omit<TokenInfo, 'lastUsed'> & { readonly hash: string }): boolean {
  const { count } = sql.exec<{ count: number }>('SELECT count(*) AS count FROM token').one();
  if (count >= TOKENS_MAX) return false;
  return (
    sql.exec(
      'INSERT OR IGNORE INTO token (name, hash, scope, created, expires) VALUES (?, ?, ?, ?, ?)',
      token.name,
      token.hash,
      token.scope,
      token.created,
      token.expires,
    ).rowsWritten > 0
  );
}

/** Also ends the sessions that were opened with it. @returns false when no token has that name */
export function removeToken(sql: Sql, name: string): boolean {
  sql.exec('DELETE FROM session WHERE admin = 0 AND who = ?', name);
  return sql.exec('DELETE FROM token WHERE name = ?', name).rowsWritten > 0;
}

/** All tokens, oldest first, expired ones included. */
export function tokens(sql: Sql): TokenInfo[] {
  return sql
    .exec<{ name: string; scope: string; created: number; expires: number | null; used: number | null }>(
      'SELECT name, scope, created, expires, used FROM token ORDER BY created',
    )
    .toArray()
    .map(({ scope, used, ...row }) => ({ ...row, scope: scope as Scope, lastUsed: used }));
}

/**
 * Counts a failed login of an address.
 *
 * @returns seconds to wait before the next try; 0: none
 */
export function noteFailedLogin(sql: Sql, address: string, wall: EpochMs): number {
  const from = wall - LOGIN_WINDOW_MS;
  sql.exec('DELETE FROM login WHERE at < ?', from);
  sql.exec('INSERT INTO login (address, at) VALUES (?, ?)', address, wall);
  return waitForLogin(sql, address, wall);
}

/** Limits each address and all addresses together. @returns seconds to wait before the next try; 0: none */
export function waitForLogin(sql: Sql, address: string, wall: EpochMs): number {
  const row = sql
    .exec<{ own: number; everyone: number; oldest: number | null }>(
      `SELECT count(*) FILTER (WHERE address = ?1) AS own, count(*) AS everyone, min(at) AS oldest
       FROM login WHERE at >= ?2`,
      address,
      wall - LOGIN_WINDOW_MS,
    )
    .one();
  const isLimited = row.own >= LOGIN_FAILURES_MAX || row.everyone >= LOGIN_FAILURES_MAX * 10;
  return isLimited ? Math.max(1, Math.ceil(((row.oldest ?? wall) + LOGIN_WINDOW_MS - wall) / 1000)) : 0;
}
