/** One attempt at one delivery: renders, signs, posts, and says what the answer means. */

import { consoleText } from '../../lib/deliver/payload/console.ts';
import { PAYLOADS } from '../../lib/deliver/payload/table.ts';
import { type AttemptOutcome, outcomeOfStatus } from '../../lib/deliver/retry.ts';
import { signedHeaders } from '../../lib/deliver/signature.ts';
import type { AlertEvent } from '../../lib/model/alert.ts';
import type { ChannelConfig } from '../../lib/model/config.ts';
import type { EpochMs } from '../../lib/model/flavor.ts';
import { ATTEMPT_DETAIL_UNITS_MAX, DELIVERY_TIMEOUT_MS, RESPONSE_BYTES_MAX } from '../../lib/model/limits.ts';
import { freshnessHints } from '../../lib/poll/response.ts';
import { expand, MissingVariable } from '../expand.ts';
import type { HostPolicy } from './host-policy.ts';
import { type FetchAnswer, type FetchFailure, safeFetch } from './safe-fetch.ts';

export interface Attempt {
  readonly id: string;
  readonly channel: ChannelConfig;
  readonly event: AlertEvent;
}

export interface PostPorts {
  readonly variable: (name: string) => string | null;
  readonly now: () => EpochMs;
  readonly policy: HostPolicy;
  readonly userAgent: string;
}

/** Never throws for what receivers do. No detail holds the channel's address or a secret. */
export async function attemptDelivery(
  { id, channel, event }: Attempt,
  ports: PostPorts,
): Promise<AttemptOutcome> {
  if (channel.kind === 'console') {
    console.log(consoleText(event));
    return { kind: 'delivered', status: 0 };
  }
  const payload = PAYLOADS[channel.kind];
  try {
    const body = payload.body(event);
    const secret = channel.kind === 'webhook' && channel.secret !== null ? channel.secret : null;
    const at = Math.floor(ports.now() / 1000);
    const signed =
      payload.signed && secret !== null
        ? await signedHeaders(expand(secret, ports.variable), { id, at, body })
        : [];
    const url = withQuery(expand(channel.url, ports.variable), payload.query);
    const answer = await safeFetch({
      url,
      method: 'POST',
      headers: () => [
        ['content-type', 'application/json'],
        ['user-agent', ports.userAgent],
        ...unsigned(id, signed),
      ],
      body,
      followRedirects: false,
      timeoutMs: DELIVERY_TIMEOUT_MS,
      bodyBytesMax: RESPONSE_BYTES_MAX,
      longBody: 'cut',
      policy: ports.policy,
    });
    return answer.kind === 'failure'
      ? outcomeOfFailure(answer)
      : outcomeOfAnswer(answer, channel.kind, ports.now());
  } catch (error) {
    if (!(error instanceof MissingVariable)) throw error;
    return { kind: 'failed', status: null, detail: error.message, ambiguous: false };
  }
}

/** A webhook without a secret still names its id: receivers tell repeats by it. */
function unsigned(id: string, signed: [string, string][]): [string, string][] {
  return signed.length > 0 ? signed : [['webhook-id', id]];
}

function withQuery(address: string, query: Readonly<Record<string, string>>): string {
  if (Object.keys(query).length === 0 || !URL.canParse(address)) return address;
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

function outcomeOfFailure(failure: FetchFailure): AttemptOutcome {
  if (failure.reason === 'refused-address') return { kind: 'rejected', status: 0, detail: failure.detail };
  // Sent and not answered: the receiver may have it.
  return { kind: 'failed', status: null, detail: failure.detail, ambiguous: failure.requests > 0 };
}

function outcomeOfAnswer(
  answer: FetchAnswer,
  kind: 'webhook' | 'slack' | 'discord',
  now: EpochMs,
): AttemptOutcome {
  const said = new TextDecoder().decode(answer.body).slice(0, ATTEMPT_DETAIL_UNITS_MAX);
  const { retryAfterMs } = freshnessHints(
    {
      cacheControl: null,
      expires: null,
      age: null,
      date: answer.headers.get('date'),
      retryAfter: answer.headers.get('retry-after'),
    },
    now,
  );
  return outcomeOfStatus(answer.status, {
    rules: PAYLOADS[kind].statuses,
    detail: `HTTP ${answer.status} ${said}`.trim(),
    retryAfterMs,
  });
}
