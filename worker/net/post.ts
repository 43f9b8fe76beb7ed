/** One attempt at one delivery: renders, signs and sends it, and interprets the answer. */
import { type Answer, isSuccess } from '../../lib/deliver/answer.ts';
import { kindOf } from '../../lib/deliver/channel/table.ts';
import type { Posted } from '../../lib/deliver/kind.ts';
import { ChannelMistake, type ChannelRequest, type Delivery } from '../../lib/deliver/payload.ts';
import type { AttemptOutcome } from '../../lib/deliver/retry.ts';
import { type SigningSecret, signedHeaders } from '../../lib/deliver/signature.ts';
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
  const kind = kindOf(channel);
  if ('text' in kind) {
    console.log(kind.text(delivery.event));
    return { kind: 'delivered', status: 0 };
  }
  const expander = new Expander(ports.variable);
  try {
    const expanded = expandedChannel(channel, expander);
    const mail = kind.mail?.(expanded, delivery) ?? null;
    const outcome =
      mail === null
        ? await overTheWire(expanded, delivery, { kind, ports, expander })
        : await sendMail(mail, ports.mail);
    return redacted(outcome, expander);
  } catch (error) {
    if (!(error instanceof MissingVariable || error instanceof ChannelMistake)) throw error;
    return { kind: 'unsent', status: null, detail: error.message };
  }
}

interface Wire {
  readonly kind: Posted<ChannelConfig>;
  readonly ports: PostPorts;
  readonly expander: Expander;
}

/** Sends one request, and a second one when the channel's answer says what to change. */
async function overTheWire(channel: ChannelConfig, delivery: Delivery, wire: Wire): Promise<AttemptOutcome> {
  const { kind } = wire;
  const first = await posted(channel, kind.request(channel, delivery), { delivery, wire });
  if (first.kind === 'failure') return outcomeOfFailure(first);
  const answer = answerOf(first, wire.ports);
  const second = kind.second?.(channel, delivery, answer) ?? null;
  if (second === null) return kind.outcome(answer);
  const again = await posted(channel, second.request, { delivery, wire });
  if (again.kind === 'failure') return outcomeOfFailure(again);
  const outcome = kind.outcome(answerOf(again, wire.ports));
  const moved = second.movedTo !== null && isSuccess(answerOf(again, wire.ports));
  return outcome.kind === 'delivered' && moved ? { ...outcome, movedTo: second.movedTo ?? '' } : outcome;
}

async function posted(
  channel: ChannelConfig,
  { url, method, headers, body }: ChannelRequest,
  { delivery, wire: { kind, ports, expander } }: { delivery: Delivery; wire: Wire },
): Promise<FetchAnswer | FetchFailure> {
  hidePath(url, expander);
  const secrets = kind.signingSecrets?.(channel) ?? [];
  const all = await withSignature(secrets, headers, { id: delivery.id, body, now: ports.now() });
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
  secrets: readonly SigningSecret[],
  headers: ChannelRequest['headers'],
  { id, body, now }: { id: string; body: string; now: EpochMs },
): Promise<[string, string][]> {
  const own = headers.map(([name, value]): [string, string] => [name, value]);
  if (secrets.length === 0) return own;
  const signed = await signedHeaders(secrets, { id, at: Math.floor(now / 1000), body });
  return [...own.filter(([name]) => name !== 'webhook-id'), ...signed];
}

/** Many services have tokens in the paths of their addresses: a receiver that echoes the path would leak the token. */
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
