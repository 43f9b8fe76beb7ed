/** Access control for worker/http: sessions, tokens and the limit on failed logins. */

import { RpcTarget } from 'cloudflare:workers';
import type { EpochMs } from '../../../lib/model/flavor.ts';
import {
  addToken,
  closeSession,
  type Grant,
  noteFailedLogin,
  openSession,
  removeToken,
  sessionGrant,
  type TokenInfo,
  tokenGrant,
  tokens,
  waitForLogin,
} from '../table/access.ts';
import type { Sql } from '../table/sql.ts';

/** RPC target for authentication. All hashes are SHA-256 in hex. */
export class AccessRpc extends RpcTarget {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    super();
    this.#sql = sql;
  }

  /** @param hash SHA-256 of the session's secret, hex */
  session(hash: string): Grant | null {
    return sessionGrant(this.#sql, hash, Date.now());
  }

  token(hash: string): Grant | null {
    return tokenGrant(this.#sql, hash, Date.now());
  }

  /** @returns when the session expires */
  open(hash: string, grant: Grant): EpochMs {
    return openSession(this.#sql, hash, grant, Date.now());
  }

  close(hash: string): void {
    closeSession(this.#sql, hash);
  }

  /** @returns seconds that the address must wait before its next try; 0: none */
  wait(address: string): number {
    return waitForLogin(this.#sql, address, Date.now());
  }

  failed(address: string): number {
    return noteFailedLogin(this.#sql, address, Date.now());
  }

  tokens(): TokenInfo[] {
    return tokens(this.#sql);
  }

  /** @returns false when the name is taken or there are TOKENS_MAX tokens */
  addToken(token: Omit<TokenInfo, 'lastUsed'> & { readonly hash: string }): boolean {
    return addToken(this.#sql, token);
  }

  removeToken(name: string): boolean {
    return removeToken(this.#sql, name);
  }
}
