/** One attempt at one delivery: renders, signs, posts, and says what the answer means. */

import { consoleText } from '../../lib/deliver/payload/console.ts';
import { PAYLOADS, type PostedKind } from '../../lib/deliver/payload/table.ts';
import { type AttemptOutcome, outcomeOfStatus } from '../../lib/deliver/retry.ts';
import { signedHeaders } from '../../lib/deliver/signature.ts';
import type { AlertEvent } from '../../lib/model/alert.ts';
import type { ChannelConfig } from '../../lib/model/config.ts';
import type { EpochMs } from '../../lib/model/flavor.ts';
import { ATTEMPT_DETAIL_UNITS_MAX, DELIVERY_TIMEOUT_MS, RESPONSE_BYTES_MAX } from '../../lib/model/limits.ts';
import { freshnessHints } from '../../lib/poll/response.ts';
import { Expander, MissingVariable } from '../expand.ts';
import type { HostPolicy } from './host-policy.ts';
import { type FetchAnswer, type FetchFailure, type SafeRequest, safeFetch } from './safe-fetch.ts';

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
  const expander = new Expander(ports.variable);
  try {
    const answer = await safeFetch(await requestOf({ id, channel, event }, { ...ports, expander }));
    if (answer.kind === 'failure') return outcomeOfFailure(answer);
    const redact = (said: string): string => expander.redact(said);
    return outcomeOfAnswer(answer, { kind: channel.kind, now: ports.now(), redact });
  } catch (error) {
    if (!(error instanceof MissingVariable)) throw error;
    return { kind: 'unsent', status: null, detail: error.message };
  }
}

type PostedChannel = ChannelConfig & { readonly kind: PostedKind };

/** Signed at this moment, over the very text that is sent. */
async function requestOf(
  { id, channel, event }: Attempt & { readonly channel: PostedChannel },
  { expander, now, userAgent, policy }: PostPorts & { readonly expander: Expander },
): Promise<SafeRequest> {
  const payload = PAYLOADS[channel.kind];
  const body = payload.body(event);
  const secret =
    channel.kind === 'webhook' && channel.secret !== null ? expander.expand(channel.secret) : null;
  const at = Math.floor(now() / 1000);
  const signed = secret === null ? [] : await signedHeaders(secret, { id, at, body });
  const headers: [string, string][] = [
    ['content-type', 'application/json'],
    ['user-agent', userAgent],
    ...unsigned(id, signed),
  ];
  return {
    url: withQuery(expander.expand(channel.url), payload.query),
    method: 'POST',
    headers: () => headers,
    body,
    followRedirects: false,
    timeoutMs: DELIVERY_TIMEOUT_MS,
    bodyBytesMax: RESPONSE_BYTES_MAX,
    longBody: 'cut',
    policy,
    turns: null,
  };
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
  { kind, now, redact }: { kind: PostedKind; now: EpochMs; redact: (said: string) => string },
): AttemptOutcome {
  const said = redact(new TextDecoder().decode(answer.body)).slice(0, ATTEMPT_DETAIL_UNITS_MAX);
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
