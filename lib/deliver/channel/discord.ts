/**
 * Discord webhook with embeds. Markdown in feed text is escaped, and mentions are disabled. Limits: Discord documentation,
 * "Execute Webhook" and "Embed Limits" (content 2,000, title 256, description 4,096, 10 embeds, 6,000 units over all
 * embeds). `wait=true` makes Discord report a message that was not saved.
 */
import { fitted } from '../../alert/fit.ts';
import type { Line, Message } from '../../alert/message.ts';
import { longestFitting } from '../../text/cut.ts';
import { type Answer, jsonOf, outcomeByStatus, secondsOf } from '../answer.ts';
import { type Dialect, markdownAddress, markdownOfRuns, withoutMentions } from '../escape.ts';
import { templatedUrl, text } from '../keys.ts';
import { kind } from '../kind.ts';
import { JSON_TYPE } from '../payload.ts';
import type { AttemptOutcome } from '../retry.ts';

const TITLE_UNITS_MAX = 256;
const DESCRIPTION_UNITS_MAX = 4_096;
const EMBEDS_MAX = 10;
/** Over all embeds of a message. */
const EMBEDS_UNITS_MAX = 6_000;
/** Of an embed's address. */
const URL_UNITS_MAX = 2_048;

/** Members of Discord's embed that are used. */
interface Embed {
  readonly title?: string;
  readonly url?: string;
  readonly description: string;
  readonly color: number;
}

/** Members of the webhook request that are used. */
interface DiscordMessage {
  readonly content: string;
  readonly allowed_mentions: { readonly parse: readonly [] };
  readonly embeds: readonly Embed[];
}

/** Sends one message with embeds, optionally to a thread. */
export const discord = kind({
  keys: { url: templatedUrl, thread: text.optional() },
  model: (keys) => ({ ...keys, thread: keys.thread ?? null }),
  secrets: { url: 'this secret address' },
  hosts: {
    own: /^(?:ptb\.|canary\.)?discord(?:app)?\.com$/u,
    hint: 'webhook addresses begin with https://discord.com/api/webhooks/…',
  },
  example: `team: { kind: discord, url: "\${DISCORD_WEBHOOK_URL}" }
forum: { kind: discord, url: "\${DISCORD_WEBHOOK_URL}", thread: "123456789012345678" }`,
  docs: {
    title: 'Discord',
    goesTo: 'a Discord channel',
    limit: '10 embeds, 6,000 characters in all',
    notes: `Channel settings → Integrations → Webhooks. \`thread\` is the id of a thread, in quotes. Discord bans senders that go
on after their address is gone, so Vigie stops at the first such answer.`,
    pace: '; Vigie also follows `X-RateLimit-*`',
  },
  request: ({ url, thread }, { event }) => ({
    method: 'POST',
    url: withQuery(url, { wait: 'true', ...(thread === null ? {} : { thread_id: thread }) }),
    headers: [JSON_TYPE],
    body: JSON.stringify(fitted(event, { render: discordMessage, fits })),
  }),
  outcome,
  // Five in two seconds, thirty a minute for one webhook; the rate-limit headers of answers are followed, too.
  rate: () => ({ everyMs: 2_000, burst: 5 }),
});

/** Discord blocks an address for repeated 401, 403 and 404, and Workers share addresses: stop at the first one. */
function outcome(answer: Answer): AttemptOutcome {
  const rules = { rejected: [400, 413], channelGone: [401, 403, 404, 410] };
  const judged = outcomeByStatus(answer, rules, secondsOf(jsonOf(answer)?.['retry_after']));
  if (judged.kind !== 'delivered' || answer.header('x-ratelimit-remaining') !== '0') return judged;
  const cooldownMs = secondsOf(Number(answer.header('x-ratelimit-reset-after') ?? Number.NaN));
  return cooldownMs === null ? judged : { ...judged, cooldownMs };
}

function discordMessage(message: Message): DiscordMessage {
  return {
    content: `${message.glyph} ${escapeMarkdown(message.headline)}`,
    allowed_mentions: { parse: [] },
    embeds: embedsOf(message),
  };
}

/** The title as a link in the first embed, and all other lines in as many embeds as they need. */
function embedsOf({ lines, color, link }: Message): Embed[] {
  const title = lines.find(({ role }) => role === 'title');
  const parts: string[] = [];
  for (const line of lines) {
    if (line === title) continue;
    const text = textOfLine(line);
    const last = parts.at(-1);
    if (last !== undefined && last.length + 1 + text.length <= DESCRIPTION_UNITS_MAX)
      parts[parts.length - 1] = `${last}\n${text}`;
    else parts.push(text);
  }
  return parts.map((description, at) => ({
    ...(at > 0 || title === undefined ? {} : heading(title, link)),
    description,
    color: Number.parseInt(color.slice(1), 16),
  }));
}

/** Matches are underlined, because titles are bold already. A title that marks and escapes make too long loses its marks. */
function heading({ runs }: Line, link: string | null): { title: string; url?: string } {
  const marked = markdownOfRuns(
    runs.map((run) => ({ ...run, href: null })),
    { text: escapeMarkdown, strong: '__' },
  );
  const text = runs.map((run) => run.text).join('');
  const fitsTitle = (part: string): boolean => escapeMarkdown(part).length <= TITLE_UNITS_MAX;
  const title =
    marked.length <= TITLE_UNITS_MAX
      ? marked
      : escapeMarkdown(longestFitting(text, TITLE_UNITS_MAX, fitsTitle));
  const url = link === null ? null : markdownAddress(link);
  return url === null || url.length > URL_UNITS_MAX ? { title } : { title, url };
}

function textOfLine({ role, runs }: Line): string {
  const text = markdownOfRuns(runs, DIALECT);
  return role === 'concepts' ? `*${text}*` : text;
}

const DIALECT: Dialect = { text: escapeMarkdown, strong: '**' };

/** Escapes every character of Discord's Markdown and of its `<…>` forms, and prevents `@` mentions; `:name:` stays text. */
function escapeMarkdown(text: string): string {
  return withoutMentions(text.replace(/[\\*_~`|>#\-+[\]()<:]/gu, '\\$&').replace(/^(\s*\d+)\./gmu, '$1\\.'));
}

function fits({ content, embeds }: DiscordMessage): boolean {
  const units = embeds.reduce(
    (sum, { title = '', description }) => sum + title.length + description.length,
    0,
  );
  return (
    content.length <= 2_000 &&
    embeds.length <= EMBEDS_MAX &&
    units <= EMBEDS_UNITS_MAX &&
    embeds.every(({ description }) => description.length <= DESCRIPTION_UNITS_MAX)
  );
}

function withQuery(address: string, query: Readonly<Record<string, string>>): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  return url.href;
}
