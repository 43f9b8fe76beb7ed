/**
 * ntfy, as JSON to the server's root, because headers would have to be ASCII. The topic acts as a secret. Limits and
 * answers: ntfy documentation, "Publishing" (message 4,096 bytes, longer ones become attachments; three actions; errors
 * are JSON `{code, http, error}`; 42908 is the daily quota).
 */

import { fitted } from '../../alert/fit.ts';
import type { Message } from '../../alert/message.ts';
import type { Severity } from '../../model/config.ts';
import { HOUR_MS } from '../../model/time.ts';
import { cutText, utf8Bytes } from '../../text/cut.ts';
import { type Answer, isSuccess, jsonOf, outcomeByStatus, unlikeSuccess } from '../answer.ts';
import { plainLines } from '../escape.ts';
import { isTemplated, templatedUrl, text } from '../keys.ts';
import { kind, wrongValue } from '../kind.ts';
import { JSON_TYPE } from '../payload.ts';
import type { AttemptOutcome } from '../retry.ts';

const MESSAGE_BYTES_MAX = 4_096;
const TITLE_UNITS_MAX = 200;

/** ntfy priorities, 1 to 5; 5 rings in silent mode. */
const PRIORITIES: Record<Severity, number> = { info: 2, low: 3, medium: 3, high: 4, critical: 5 };
/** Tags that ntfy shows as an emoji before the title. */
const TAGS: Record<Severity, string> = {
  info: 'white_circle',
  low: 'large_blue_circle',
  medium: 'yellow_circle',
  high: 'orange_circle',
  critical: 'red_circle',
};

/** Members of ntfy's JSON message without the topic. */
interface NtfyMessage {
  readonly title: string;
  readonly message: string;
  readonly priority: number;
  readonly tags: readonly string[];
  readonly click?: string;
  readonly actions?: readonly object[];
}

/** Publishes one message to a topic. */
export const ntfy = kind({
  keys: { topic: text, token: text.optional(), url: templatedUrl.default('https://ntfy.sh') },
  model: (keys) => ({ ...keys, token: keys.token ?? null }),
  faults: ({ topic }) =>
    isTemplated(topic) || /^[\w-]{1,64}$/u.test(topic)
      ? []
      : [
          wrongValue(
            'topic',
            'this is not a valid topic',
            'use 1 to 64 letters, digits, - and _; a long topic is hard to guess',
          ),
        ],
  secrets: { token: 'this token' },
  hosts: { own: /^ntfy\.sh$/u },
  example: `phone: { kind: ntfy, topic: "\${NTFY_TOPIC}" }
ours: { kind: ntfy, url: "https://ntfy.example.org", topic: "\${NTFY_TOPIC}", token: "\${NTFY_TOKEN}" }`,
  docs: {
    title: 'ntfy',
    goesTo: 'phones',
    limit: '4,096 bytes',
    notes: `Every user who knows the topic can read it. Severity becomes priority 2 to 5 and a coloured tag. When the quota of the
day is used up (42908), the channel has a cooldown of an hour.`,
  },
  request: ({ url, topic, token }, { event }) => ({
    method: 'POST',
    url,
    headers: [JSON_TYPE, ...(token === null ? [] : ([['authorization', `Bearer ${token}`]] as const))],
    body: JSON.stringify({
      topic,
      ...fitted(event, {
        render: ntfyMessage,
        fits: ({ message }) => utf8Bytes(message) <= MESSAGE_BYTES_MAX,
      }),
    }),
  }),
  outcome,
  // The public server accepts 60 messages at once, then one every five seconds.
  rate: () => ({ everyMs: 5_000, burst: 60 }),
});

function ntfyMessage({ severity, headline, lines, link, page }: Message): NtfyMessage {
  const click = page ?? link;
  const actions = [
    ...(link === null ? [] : [{ action: 'view', label: 'Open', url: link }]),
    ...(page === null ? [] : [{ action: 'view', label: 'The story', url: page }]),
  ];
  return {
    title: cutText(headline, TITLE_UNITS_MAX),
    message: plainLines(
      lines.filter(({ role }) => role !== 'page'),
      { addresses: false },
    ),
    priority: PRIORITIES[severity],
    tags: [TAGS[severity]],
    ...(click === null ? {} : { click }),
    ...(actions.length === 0 ? {} : { actions }),
  };
}

/** 42908 means that the daily quota is used up: the channel waits for an hour. */
function outcome(answer: Answer): AttemptOutcome {
  const json = jsonOf(answer);
  if (isSuccess(answer) && json?.['event'] !== 'message') return unlikeSuccess(answer);
  const quotaMs = json?.['code'] === 42_908 ? HOUR_MS : null;
  return outcomeByStatus(answer, { rejected: [400, 413], channelGone: [401, 403, 404, 410] }, quotaMs);
}
