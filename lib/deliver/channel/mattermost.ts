/**
 * Mattermost incoming webhook with one attachment. Its Markdown is escaped; a zero-width space keeps `@` and `#` from
 * forming mentions and hashtags. Limits: Mattermost server constants (16,383 characters a post; longer ones are split).
 */
import { fitted } from '../../alert/fit.ts';
import type { Line, Message } from '../../alert/message.ts';
import { type Answer, isSuccess, outcomeByStatus, unlikeSuccess } from '../answer.ts';
import { type Dialect, markdownOfRuns, withoutMentions } from '../escape.ts';
import { templatedUrl } from '../keys.ts';
import { kind } from '../kind.ts';
import { JSON_TYPE } from '../payload.ts';
import type { AttemptOutcome } from '../retry.ts';

/** Below the limit of 16,383. */
const POST_UNITS_MAX = 16_000;

/** Sends one post. */
export const mattermost = kind({
  keys: { url: templatedUrl },
  secrets: { url: 'this secret address' },
  example: `ops: { kind: mattermost, url: "\${MATTERMOST_WEBHOOK_URL}" }`,
  docs: {
    title: 'Mattermost',
    goesTo: 'a Mattermost channel',
    limit: '16,000 characters',
    notes: `An incoming webhook. \`@\`, \`#\`, \`~\` and \`:\` of feed text are followed by a zero-width space. Success is \`ok\`.`,
    gone: '400 of a hook that was deleted',
  },
  request: ({ url }, { event }) => ({
    method: 'POST',
    url,
    headers: [JSON_TYPE],
    body: fitted(event, { render: mattermostBody, fits: (body) => body.length <= POST_UNITS_MAX }),
  }),
  outcome,
  rate: () => ({ everyMs: 200, burst: 10 }),
});

/** 400 web.incoming_webhook.invalid: the webhook was deleted. */
function outcome(answer: Answer): AttemptOutcome {
  if (isSuccess(answer) && answer.body.trim() !== 'ok') return unlikeSuccess(answer);
  const deleted = /incoming_webhook\.(?:invalid|disabled)|Invalid webhook/iu.test(answer.body);
  return outcomeByStatus(answer, {
    rejected: deleted ? [413] : [400, 413],
    channelGone: deleted ? [400, 401, 403, 404, 410] : [401, 403, 404, 410],
  });
}

function mattermostBody(message: Message): string {
  const { glyph, headline, subject, color, lines } = message;
  return JSON.stringify({
    text: `${glyph} **${escapeMarkdown(headline)}**`,
    attachments: [{ fallback: withoutSigns(subject), color, text: lines.map(textOfLine).join('\n\n') }],
  });
}

function textOfLine({ role, runs }: Line): string {
  const text = markdownOfRuns(runs, DIALECT);
  return role === 'concepts' ? `_${text}_` : text;
}

const DIALECT: Dialect = { text: escapeMarkdown, strong: '**' };

/** Backslashes before CommonMark punctuation; a zero-width space after characters that only Mattermost interprets. */
function escapeMarkdown(text: string): string {
  return withoutSigns(text).replace(/[\\`*_{}[\]()+\-.!|<>&$#~]/gu, '\\$&');
}

/** Prevents `@name`, `#tag`, `~channel` and `:emoji:`. */
function withoutSigns(text: string): string {
  return withoutMentions(text).replace(/[#~:]/gu, '$&\u200b');
}
