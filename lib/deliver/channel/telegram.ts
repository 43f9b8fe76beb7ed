/**
 * Telegram's sendMessage with a few HTML tags. The path of the address contains the token. Limits and answers: Telegram Bot
 * API (4,096 characters after entities are parsed; 429 with parameters.retry_after; 400 with
 * parameters.migrate_to_chat_id when a group became a supergroup).
 */
import * as z from 'zod';
import { fitted } from '../../alert/fit.ts';
import type { Line, Message } from '../../alert/message.ts';
import { type Answer, isSuccess, jsonOf, outcomeByStatus, secondsOf, unlikeSuccess } from '../answer.ts';
import { escapeHtml, htmlOfRuns, plainLines, withoutMentions } from '../escape.ts';
import { isTemplated, templatedUrl, text } from '../keys.ts';
import { type Channel, type KeyFault, type Keys, kind, wrongValue } from '../kind.ts';
import { type ChannelRequest, type Delivery, JSON_TYPE, type Second } from '../payload.ts';
import type { AttemptOutcome } from '../retry.ts';

/** Counted after entities are parsed. */
const TEXT_UNITS_MAX = 4_096;
/** Telegram drops further entities silently. */
const ENTITIES_MAX = 100;

const keys = {
  token: text,
  /** YAML reads the id of a chat as a number. */
  chat: z.union([text, z.number().int().transform(String)], 'expected a text'),
  /** Topic of a forum. */
  thread: z.number().int().positive().optional(),
  silent: z.boolean().default(false),
  url: templatedUrl.default('https://api.telegram.org'),
};

const model = (given: Keys<typeof keys>) => ({ ...given, thread: given.thread ?? null });

type TelegramChannel = Channel<ReturnType<typeof model>>;

/** Sends one message to a chat or a topic. */
export const telegram = kind({
  keys,
  model,
  faults,
  secrets: { token: 'this token' },
  hosts: { own: /^api\.telegram\.org$/u },
  example: `group: { kind: telegram, token: "\${TELEGRAM_TOKEN}", chat: -1001234567890 }
quiet: { kind: telegram, token: "\${TELEGRAM_TOKEN}", chat: "@my_channel", thread: 7, silent: true }`,
  docs: {
    title: 'Telegram',
    goesTo: 'a chat, group or channel',
    limit: '4,096 characters',
    notes: `\`token\` from @BotFather; \`chat\` is a number or \`@name\`, \`thread\` a topic, \`url\` another Bot API server. If a group
became a supergroup, deliveries follow it, and the log names the new number for the configuration. A message that
Telegram cannot parse is sent once more without marks.`,
    gone: '400 for a chat that is not found',
    pace: ' (one a second to a person)',
  },
  request: (channel, delivery) => requestOf(channel, delivery, { html: true, chat: channel.chat }),
  outcome,
  second,
  receiver: {
    of: ({ chat }) => chat,
    moved: (channel, chat) => ({ ...channel, chat }),
    note: 'its chat became a supergroup, set the new chat id in the configuration',
  },
  // One message a second to a chat, twenty a minute to a group or channel, whose ids are negative or names (Bots FAQ).
  rate: ({ chat }) => (/^\d/u.test(chat) ? { everyMs: 1_000, burst: 3 } : { everyMs: 3_000, burst: 3 }),
});

function faults({ token, chat }: Keys<typeof keys>): readonly KeyFault[] {
  if (!isTemplated(token) && !/^\d+:[\w-]{20,}$/u.test(token))
    return [
      wrongValue('token', 'this is not a valid bot token', 'copy the token from @BotFather: 123456:ABC-DEF…'),
    ];
  if (!isTemplated(chat) && !/^-?\d+$|^@\w{4,}$/u.test(chat))
    return [
      wrongValue(
        'chat',
        'this is not a valid chat id',
        'write a number or @name; ids of groups begin with -100',
      ),
    ];
  return [];
}

/** @param html false: plain text, after Telegram rejected the HTML */
function requestOf(
  { url, token, thread, silent }: TelegramChannel,
  { event }: Delivery,
  { html, chat }: { html: boolean; chat: string },
): ChannelRequest {
  const message = html
    ? fitted(event, { render: htmlText, fits: fitsHtml })
    : fitted(event, { render: plainText, fits: (plain) => plain.length <= TEXT_UNITS_MAX });
  return {
    method: 'POST',
    url: `${url.replace(/\/+$/u, '')}/bot${token}/sendMessage`,
    headers: [JSON_TYPE],
    body: JSON.stringify({
      chat_id: chat,
      text: message,
      ...(html ? { parse_mode: 'HTML' } : {}),
      link_preview_options: { is_disabled: true },
      ...(thread === null ? {} : { message_thread_id: thread }),
      ...(silent ? { disable_notification: true } : {}),
    }),
  };
}

function htmlText({ glyph, headline, lines }: Message): string {
  const head = `${glyph} <b>${escapeText(headline)}</b>`;
  return [head, ...lines.map(htmlLine)].join('\n');
}

function htmlLine({ role, runs }: Line): string {
  const html = htmlOfRuns(runs, escapeText);
  return role === 'concepts' ? `<i>${html}</i>` : html;
}

function escapeText(text: string): string {
  return escapeHtml(withoutMentions(text)).replaceAll('&#39;', "'");
}

/** Counts like Telegram: after tags are removed and character references are decoded. */
function fitsHtml(html: string): boolean {
  const text = html.replace(/<[^>]*>/gu, '').replace(/&(?:amp|lt|gt|quot);/gu, '.');
  const entities = html.match(/<[abi][ >]/gu)?.length ?? 0;
  return text.length <= TEXT_UNITS_MAX && entities <= ENTITIES_MAX && html.length <= TEXT_UNITS_MAX * 8;
}

function plainText({ glyph, headline, lines }: Message): string {
  return withoutMentions(`${glyph} ${headline}\n${plainLines(lines, { addresses: true })}`);
}

/** 401 and 404: the token is not or no longer valid. 403: the bot was blocked or removed. */
function outcome(answer: Answer): AttemptOutcome {
  const json = jsonOf(answer);
  if (isSuccess(answer)) return json?.['ok'] === true ? outcomeByStatus(answer, NONE) : unlikeSuccess(answer);
  const unknownChat = /chat not found|PEER_ID_INVALID|need administrator rights/iu.test(answer.body);
  return outcomeByStatus(
    answer,
    {
      rejected: unknownChat ? [413] : [400, 413],
      channelGone: unknownChat ? [400, 401, 403, 404] : [401, 403, 404],
    },
    secondsOf(parametersOf(json)?.['retry_after']),
  );
}

const NONE = { rejected: [], channelGone: [] };

/** Repeats the request to the supergroup that a group became, or as plain text if Telegram rejects the HTML. */
function second(channel: TelegramChannel, delivery: Delivery, answer: Answer): Second | null {
  if (answer.status !== 400) return null;
  const moved = parametersOf(jsonOf(answer))?.['migrate_to_chat_id'];
  if (typeof moved === 'number' || typeof moved === 'string') {
    const chat = String(moved);
    return { request: requestOf(channel, delivery, { html: true, chat }), movedTo: chat };
  }
  if (!/can't parse entities/iu.test(answer.body)) return null;
  return { request: requestOf(channel, delivery, { html: false, chat: channel.chat }), movedTo: null };
}

function parametersOf(
  json: Readonly<Record<string, unknown>> | null,
): Readonly<Record<string, unknown>> | null {
  const parameters = json?.['parameters'];
  return typeof parameters === 'object' && parameters !== null
    ? (parameters as Record<string, unknown>)
    : null;
}
