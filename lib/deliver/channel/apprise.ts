/**
 * Apprise API (`POST …/notify/KEY` or `…/notify`): one text message, which Apprise passes on to the services of the key or
 * of `urls`. Answers: caronc/apprise-api, swagger.yaml 1.4 (200 with the log; 204 nothing is configured; 400; 403; 405;
 * 424 at least one service failed; 431 too large; 500).
 */
import * as z from 'zod';
import { fitted } from '../../alert/fit.ts';
import type { Line, Message } from '../../alert/message.ts';
import type { AlertEvent } from '../../model/alert.ts';
import type { Severity } from '../../model/config.ts';
import { cutText, utf8Bytes } from '../../text/cut.ts';
import { type Answer, outcomeByStatus, unlikeSuccess } from '../answer.ts';
import { plainLines, withoutMentions } from '../escape.ts';
import { isTemplated, templatedUrl, text } from '../keys.ts';
import { type KeyFault, type Keys, kind, wrongValue } from '../kind.ts';
import { JSON_TYPE } from '../payload.ts';
import type { AttemptOutcome } from '../retry.ts';

const TITLE_UNITS_MAX = 200;
/** Far below the server's 3 MB, because the services behind it cut or split long texts. */
const BODY_BYTES_MAX = 30_000;

/** Apprise knows four types of messages; services show them as colours or pictures. */
const TYPES: Record<Severity, string> = {
  info: 'info',
  low: 'info',
  medium: 'warning',
  high: 'warning',
  critical: 'failure',
};

/** The path of a notify address, and the key in it. */
const NOTIFY_PATH = /\/notify(?:\/([\w-]{1,128}))?\/?$/u;

const keys = {
  url: templatedUrl,
  /** Selects services: `a, b` is a or b, `a b` is both. */
  tag: text.optional(),
  /** Addresses of services, for an address without a key. */
  urls: z
    .union([z.array(text).min(1).max(50), text.transform((one) => [one])], 'expected a list of texts')
    .optional(),
};

/** Posts one message. */
export const apprise = kind({
  keys,
  model: (given) => ({ ...given, tag: given.tag ?? null, urls: given.urls ?? null }),
  faults,
  // Who knows the key can send, and read the addresses behind it.
  secrets: { url: 'this secret address', urls: 'this secret address of a service' },
  example: `services: { kind: apprise, url: "https://apprise.example.org/notify/\${APPRISE_KEY}", tag: news }
direct: { kind: apprise, url: "\${APPRISE_URL}", urls: ["\${APPRISE_SERVICE}"] }`,
  docs: {
    title: 'Apprise',
    goesTo: 'the services of an Apprise API',
    limit: '30 KB of text',
    notes: `An [Apprise API](https://github.com/caronc/apprise-api) of your own, which passes a text on to any of its services: those
stored under the key in \`url\`, or those in \`urls\` if the address has no key. \`tag\` selects among them: \`a, b\` is a or b,
\`a b\` is both. Severity becomes \`info\`, \`warning\` or \`failure\`, a recovery \`success\`. 424 means that at least one service
failed: the message is tried again, and the others get it twice. If no service has the tag, the answer is also 424.
204 means that the key, or the list, has no services.`,
  },
  request: ({ url, tag, urls }, { event }) => ({
    method: 'POST',
    url,
    headers: [JSON_TYPE, ['accept', 'application/json']],
    body: JSON.stringify({
      ...fitted(event, {
        render: (message) => ({ ...textOf(message), type: typeOf(event, message) }),
        fits: ({ body }) => utf8Bytes(body) <= BODY_BYTES_MAX,
      }),
      format: 'text',
      ...(tag === null ? {} : { tag }),
      ...(urls === null ? {} : { urls }),
    }),
  }),
  outcome,
  // Our own choice: each message makes Apprise call all its services before it answers.
  rate: () => ({ everyMs: 1_000, burst: 5 }),
});

function faults({ url, urls }: Keys<typeof keys>): readonly KeyFault[] {
  if (isTemplated(url)) return [];
  const path = NOTIFY_PATH.exec(new URL(url).pathname);
  if (path === null)
    return [
      wrongValue(
        'url',
        'this is not a notify address of an Apprise API',
        'write https://HOST/notify/KEY, or https://HOST/notify with urls',
      ),
    ];
  return path[1] === undefined || urls === undefined
    ? []
    : [
        wrongValue(
          'urls',
          'urls has no effect: the address contains a key',
          'remove urls, or write https://HOST/notify',
        ),
      ];
}

/** Apprise passes text on to services that know mentions: none may form, and links must still lead to their page. */
function textOf({ glyph, headline, lines }: Message): { title: string; body: string } {
  const harmless = lines.map(
    (line): Line => ({
      ...line,
      runs: line.runs.map((run) => ({
        ...run,
        text: withoutMentions(run.text),
        href: run.href?.replaceAll('@', '%40') ?? null,
      })),
    }),
  );
  return {
    title: cutText(`${glyph} ${withoutMentions(headline)}`, TITLE_UNITS_MAX),
    body: plainLines(harmless, { addresses: true }),
  };
}

function typeOf({ type }: AlertEvent, { severity }: Message): string {
  const isRecovery = type === 'feed.ok' || type === 'ticks.resumed' || type === 'outbox.ok';
  return isRecovery ? 'success' : TYPES[severity];
}

/** Statuses after which a retry would fail again. 405: the address is not one of notify. 431: larger than the server takes. */
const RULES = { rejected: [400, 413, 431], channelGone: [401, 403, 404, 405, 410] };

function outcome(answer: Answer): AttemptOutcome {
  if (answer.status === 204)
    return {
      kind: 'channel-gone',
      status: 204,
      detail: 'HTTP 204: Apprise has no services for this address',
    };
  // The log as JSON or, from older servers, as text; a proxy or a portal answers with HTML.
  if (answer.status === 200 && answer.body.trimStart().startsWith('<')) return unlikeSuccess(answer);
  const judged = outcomeByStatus(answer, RULES);
  // Other services may have the message.
  return judged.kind === 'failed' && answer.status === 424 ? { ...judged, ambiguous: true } : judged;
}
