/** One attempt at one delivery: renders, signs and sends it, and interprets the answer. */
import { type Answer, isSuccess } from '../../lib/deliver/answer.ts';
import { consoleText } from '../../lib/deliver/channel/console.ts';
import { type PostedChannel, payloadOf } from '../../lib/deliver/channel/table.ts';
import { ChannelMistake, type ChannelRequest, type Delivery } from '../../lib/deliver/payload.ts';
import type { AttemptOutcome } from '../../lib/deliver/retry.ts';
import { signedHeaders } from '../../lib/deliver/signature.ts';
import type { ChannelConfig } from '../../lib/model/config.ts';
import type { EpochMs } from '../../lib/model/flavor.ts';
import { ATTEMPT_DETAIL_UNITS_MAX, RESPONSE_BYTES_MAX } from '../../lib/model/limits.ts';
import { expandedChannel } from './channel-variables.ts';
import { Expander, MissingVariable } from './expand.ts';
import type { HostPolicy } from './host-policy.ts';
import { type FetchAnswer, type FetchFailure, safeFetch } from './safe-fetch.ts';
import { type MailBinding, sendMail } from './send-mail.ts';

/** A delivery with its channel, placeholders included. */
export interface Attempt extends Delivery {
  readonly channel: ChannelConfig;
}

/** What an attempt needs from outside. */
export interface PostPorts {
  readonly variable: (name: string) => string | null;
  readonly now: () => EpochMs;
  readonly policy: HostPolicy;
  readonly userAgent: string;
  /** Milliseconds for one request: connecting, sending and reading the answer. */
  readonly timeoutMs: number;
  /** The Worker's `send_email` binding; null: not configured. */
  readonly mail: MailBinding | null;
}

/** Never throws for what a receiver does. The detail contains neither the channel's address nor a secret. */
export async function attemptDelivery(
  { channel, ...delivery }: Attempt,
  ports: PostPorts,
): Promise<AttemptOutcome> {
  if (channel.kind === 'console') {
    console.log(consoleText(delivery.event));
    return { kind: 'delivered', status: 0 };
  }
  const expander = new Expander(ports.variable);
  try {
    const expanded = expandedChannel(channel, expander);
    const outcome =
      expanded.kind === 'email' && expanded.via === 'cloudflare'
        ? await sendMail(expanded, delivery, ports.mail)
        : await overTheWire(expanded, delivery, { ports, expander });
    return redacted(outcome, expander);
  } catch (error) {
    if (!(error instanceof MissingVariable || error instanceof ChannelMistake)) throw error;
    return { kind: 'unsent', status: null, detail: error.message };
  }
}

interface Wire {
  readonly ports: PostPorts;
  readonly expander: Expander;
}

/** Sends one request, and a second one when the channel's answer says what to change. */
async function overTheWire(channel: PostedChannel, delivery: Delivery, wire: Wire): Promise<AttemptOutcome> {
  const payload = payloadOf(channel);
  const first = await posted(channel, payload.request(channel, delivery), { delivery, wire });
  if (first.kind === 'failure') return outcomeOfFailure(first);
  const answer = answerOf(first, wire.ports);
  const second = payload.second?.(channel, delivery, answer) ?? null;
  if (second === null) return payload.outcome(answer);
  const again = await posted(channel, second.request, { delivery, wire });
  if (again.kind === 'failure') return outcomeOfFailure(again);
  const outcome = payload.outcome(answerOf(again, wire.ports));
  const moved = second.movedTo !== null && isSuccess(answerOf(again, wire.ports));
  return outcome.kind === 'delivered' && moved ? { ...outcome, movedTo: second.movedTo ?? '' } : outcome;
}

async function posted(
  channel: PostedChannel,
  { url, method, headers, body }: ChannelRequest,
  { delivery, wire: { ports, expander } }: { delivery: Delivery; wire: Wire },
): Promise<FetchAnswer | FetchFailure> {
  hidePath(url, expander);
  const all = await withSignature(channel, headers, { id: delivery.id, body, now: ports.now() });
  return await safeFetch({
    url,
    method,
    headers: () => [...all, ['user-agent', ports.userAgent]],
    body,
    followRedirects: false,
    timeoutMs: ports.timeoutMs,
    headersMs: ports.timeoutMs,
    bodyBytesMax: RESPONSE_BYTES_MAX,
    longBody: 'cut',
    policy: { ...ports.policy, httpsOnly: true },
    slots: null,
  });
}

/** Signed at the time of sending, over the exact text of the body (Standard Webhooks, "Signature scheme"). */
async function withSignature(
  channel: PostedChannel,
  headers: ChannelRequest['headers'],
  { id, body, now }: { id: string; body: string; now: EpochMs },
): Promise<[string, string][]> {
  const own = headers.map(([name, value]): [string, string] => [name, value]);
  if (channel.kind !== 'webhook' || channel.secrets.length === 0) return own;
  const signed = await signedHeaders(channel.secrets, { id, at: Math.floor(now / 1000), body });
  return [...own.filter(([name]) => name !== 'webhook-id'), ...signed];
}

/** Slack, Discord and Telegram have tokens in their paths: a receiver that echoes the path would leak the token. */
function hidePath(url: string, expander: Expander): void {
  if (!URL.canParse(url)) return;
  const { pathname, search } = new URL(url);
  for (const part of [pathname, search.slice(1), ...pathname.split('/')])
    if (part.length >= SECRET_PATH_UNITS_MIN) expander.hide(part);
}

/** Shorter parts of a path are words, not tokens. */
const SECRET_PATH_UNITS_MIN = 16;

function outcomeOfFailure(failure: FetchFailure): AttemptOutcome {
  if (failure.reason === 'refused-address') return { kind: 'rejected', status: 0, detail: failure.detail };
  // The request was sent but not answered: the receiver may have it.
  return { kind: 'failed', status: null, detail: failure.detail, ambiguous: failure.requests > 0 };
}

function answerOf({ status, headers, body }: FetchAnswer, { now }: PostPorts): Answer {
  return { status, body: new TextDecoder().decode(body), header: (name) => headers.get(name), now: now() };
}

/** Redacts before truncating: half a secret would not be recognised. */
function redacted(outcome: AttemptOutcome, expander: Expander): AttemptOutcome {
  if (!('detail' in outcome)) return outcome;
  return { ...outcome, detail: expander.redact(outcome.detail).slice(0, ATTEMPT_DETAIL_UNITS_MAX) };
}
