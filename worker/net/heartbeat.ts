/** Pings an external watchdog with the protocol of healthchecks.io: the address, or the address plus `/fail`. */
import { HEADERS_TIMEOUT_MS, RESPONSE_BYTES_MAX } from '../../lib/model/limits.ts';
import { Expander, MissingVariable } from './expand.ts';
import type { HostPolicy } from './host-policy.ts';
import { safeFetch } from './safe-fetch.ts';

/** What a ping needs from outside. */
export interface HeartbeatPorts {
  readonly variable: (name: string) => string | null;
  readonly policy: HostPolicy;
  readonly userAgent: string;
}

/** @returns what went wrong, without the address; null: the ping was accepted (2xx) */
export async function pingHeartbeat(
  template: string,
  isGood: boolean,
  { variable, policy, userAgent }: HeartbeatPorts,
): Promise<string | null> {
  let url: string;
  try {
    url = new Expander(variable).expand(template);
  } catch (error) {
    if (error instanceof MissingVariable) return error.message;
    throw error;
  }
  const answer = await safeFetch({
    url: isGood ? url : failureAddress(url),
    method: 'GET',
    headers: () => [['user-agent', userAgent]],
    body: null,
    followRedirects: false,
    timeoutMs: HEADERS_TIMEOUT_MS,
    bodyBytesMax: RESPONSE_BYTES_MAX,
    longBody: 'cut',
    policy: { ...policy, httpsOnly: true },
    slots: null,
  });
  if (answer.kind === 'failure') return answer.detail;
  return answer.status >= 200 && answer.status < 300 ? null : `HTTP ${answer.status}`;
}

function failureAddress(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  url.pathname = `${url.pathname.replace(/\/+$/u, '')}/fail`;
  return url.href;
}
