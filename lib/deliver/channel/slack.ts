/**
 * Slack incoming webhook. Feed text is sent in rich_text elements, which Slack shows literally, so nothing needs escaping.
 * Limits and answers as of 2026: Slack documentation, "Block Kit" (header 150, text 3,000, 50 blocks; messages fail near
 * 13,000 characters) and "Incoming webhooks".
 */
import { fitted } from '../../alert/fit.ts';
import { plain, type Run } from '../../alert/marked.ts';
import type { Line, Message } from '../../alert/message.ts';
import { cutIsolated } from '../../alert/text.ts';
import { cutText } from '../../text/cut.ts';
import { isSuccess, outcomeByStatus, unlikeSuccess } from '../answer.ts';
import { withoutMentions } from '../escape.ts';
import { templatedUrl } from '../keys.ts';
import { kind } from '../kind.ts';
import { JSON_TYPE } from '../payload.ts';

const HEADER_UNITS_MAX = 150;
/** Messages of 13,000 characters fail. */
const MESSAGE_UNITS_MAX = 12_000;
const FALLBACK_UNITS_MAX = 300;

/** An element of rich_text. */
interface TextElement {
  readonly type: 'text' | 'link';
  readonly text: string;
  readonly url?: string;
  readonly style?: { readonly bold?: true; readonly italic?: true };
}

/** Posts one message to the channel of the webhook. */
export const slack = kind({
  keys: { url: templatedUrl },
  secrets: { url: 'this secret address' },
  hosts: {
    own: /^hooks\.slack(?:-gov)?\.com$/u,
    hint: 'webhook addresses begin with https://hooks.slack.com/services/…',
  },
  example: `desk: { kind: slack, url: "\${SLACK_WEBHOOK_URL}" }`,
  docs: {
    title: 'Slack',
    goesTo: 'a Slack channel',
    limit: '12,000 characters of JSON',
    notes: `An [incoming webhook](https://api.slack.com/messaging/webhooks). Text is sent as \`rich_text\`, which Slack shows
literally. Success is \`ok\`.`,
  },
  request: ({ url }, { event }) => ({
    method: 'POST',
    url,
    headers: [JSON_TYPE],
    body: fitted(event, { render: slackBody, fits: (body) => body.length <= MESSAGE_UNITS_MAX }),
  }),
  // 400 invalid_payload, invalid_blocks; 403 action_prohibited; 404 channel_not_found, no_service; 410 channel_is_archived.
  outcome: (answer) =>
    isSuccess(answer) && answer.body.trim() !== 'ok'
      ? unlikeSuccess(answer)
      : outcomeByStatus(answer, { rejected: [400, 413], channelGone: [401, 403, 404, 410] }),
  rate: () => ({ everyMs: 1_000, burst: 3 }),
});

function slackBody(message: Message): string {
  const header = cutText(`${message.glyph} ${message.headline}`, HEADER_UNITS_MAX);
  const lines = message.lines.filter(({ role }) => role !== 'page');
  return JSON.stringify({
    text: escapeMrkdwn(cutIsolated(message.subject, FALLBACK_UNITS_MAX)),
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: header, emoji: false } },
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: textElements(lines) }],
      },
      ...buttons(message),
    ],
  });
}

/** All lines in one section, because Slack puts a gap between sections. Adjacent runs of the same style are merged. */
function textElements(lines: readonly Line[]): TextElement[] {
  const runs = lines.flatMap(({ role, runs: some }, at) => {
    const own = some.map((run) => ({ ...run, italic: role === 'concepts' }));
    return at === 0 ? own : [{ ...plain('\n'), italic: false }, ...own];
  });
  const merged: (Run & { readonly italic: boolean })[] = [];
  for (const run of runs) {
    const last = merged.at(-1);
    const same = last?.strong === run.strong && last.href === run.href && last.italic === run.italic;
    if (last !== undefined && same && last.text.length + run.text.length <= TEXT_UNITS_MAX)
      merged[merged.length - 1] = { ...last, text: last.text + run.text };
    else merged.push(run);
  }
  return merged.map((run) => element(run, run.italic));
}

/** Limit of one text element. */
const TEXT_UNITS_MAX = 3_000;

function element({ text, strong, href }: Run, italic: boolean): TextElement {
  const style = { ...(strong ? { bold: true as const } : {}), ...(italic ? { italic: true as const } : {}) };
  const styled = strong || italic ? { style } : {};
  return href === null ? { type: 'text', text, ...styled } : { type: 'link', url: href, text, ...styled };
}

function buttons({ page }: Message): object[] {
  if (page === null) return [];
  const text = { type: 'plain_text', text: 'The story', emoji: false };
  return [{ type: 'actions', elements: [{ type: 'button', text, url: page }] }];
}

/** The three characters that mrkdwn requires to be escaped; without `<` no mention, channel or link can form. */
function escapeMrkdwn(text: string): string {
  return withoutMentions(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
