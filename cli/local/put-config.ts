/** Puts a compiled configuration in force at a service that may have been deployed a moment ago. */
import { setTimeout as sleep } from 'node:timers/promises';
import { configForm } from './config-form.ts';

export interface Target {
  /** Where the Worker answers. */
  readonly url: string;
  readonly token: string;
  /** The token was stored a moment ago: some machines may not have it yet. */
  readonly isNew: boolean;
}

/** A new address on workers.dev is in the DNS within a minute; a new secret reaches all machines within seconds. */
const TRIES_MAX = 24;
const WAIT_MS = 5_000;

export type Put = { readonly ok: true } | { readonly ok: false; readonly why: string };

/**
 * Tries again while the service does not answer or does not have the new token yet; its answer on the document is final.
 * @param onWait called before each further try, with the reason
 */
export async function putConfig(
  { source, bundle }: { readonly source: string; readonly bundle: Uint8Array<ArrayBuffer> },
  target: Target,
  onWait: (why: string) => void,
  waitMs: number = WAIT_MS,
): Promise<Put> {
  for (let tries = 1; ; tries++) {
    const { status, why } = await put(source, bundle, target);
    if (status !== null && status < 300) return { ok: true };
    if (tries === TRIES_MAX || !isPassing(status, target.isNew)) return { ok: false, why };
    onWait(why);
    await sleep(waitMs);
  }
}

/** @returns status null: no answer came */
async function put(
  source: string,
  bundle: Uint8Array<ArrayBuffer>,
  { url, token }: Target,
): Promise<{ status: number | null; why: string }> {
  try {
    const answer = await fetch(new URL('/api/config', url), {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}` },
      body: configForm(source, bundle),
      redirect: 'manual',
    });
    return { status: answer.status, why: `HTTP ${answer.status} ${(await answer.text()).slice(0, 2_000)}` };
  } catch (error) {
    const { cause } = error as { cause?: { code?: unknown } };
    return { status: null, why: `cannot be reached (${String(cause?.code ?? 'no answer')})` };
  }
}

function isPassing(status: number | null, isNew: boolean): boolean {
  // 404: a subdomain that is not served yet. 401 and 403: a Worker that does not have its secret yet.
  return status === null || status >= 500 || (isNew && [401, 403, 404].includes(status));
}
