/**
 * Google Chat webhook: one card with a text paragraph. Feed text is escaped except for a few HTML tags of ours; mentions
 * exist only in plain messages. Limits: Google Chat API documentation (32 KB a message; sixty writes a minute in a space,
 * shared by all its apps).
 */
import { fitted } from '../../alert/fit.ts';
import type { Line, Message } from '../../alert/message.ts';
import { utf8Bytes } from '../../text/cut.ts';
import { outcomeByStatus } from '../answer.ts';
import { escapeHtml, htmlOfRuns } from '../escape.ts';
import { templatedUrl } from '../keys.ts';
import { kind } from '../kind.ts';
import { type Delivery, JSON_TYPE } from '../payload.ts';

/** Below the limit of 32 KB. */
const MESSAGE_BYTES_MAX = 30_000;

/** Sends one message in the thread of its story. */
export const googlechat = kind({
  keys: { url: templatedUrl },
  secrets: { url: 'this secret address' },
  hosts: {
    own: /^chat\.googleapis\.com$/u,
    hint: 'webhook addresses begin with https://chat.googleapis.com/v1/spaces/…',
  },
  example: `space: { kind: googlechat, url: "\${GOOGLE_CHAT_WEBHOOK_URL}" }`,
  docs: {
    title: 'Google Chat',
    goesTo: 'a space',
    limit: '30 KB',
    notes: `Apps & integrations → Webhooks. A card; further developments of a story are sent to the thread of its first report.`,
    pace: ': a space accepts sixty a minute from all its apps',
  },
  request: ({ url }, delivery) => ({
    method: 'POST',
    url: threaded(url),
    headers: [JSON_TYPE],
    body: fitted(delivery.event, {
      render: (message) => chatBody(message, threadOf(delivery)),
      fits: (body) => utf8Bytes(body) <= MESSAGE_BYTES_MAX,
    }),
  }),
  outcome: (answer) => outcomeByStatus(answer, { rejected: [400, 413], channelGone: [401, 403, 404, 410] }),
  rate: () => ({ everyMs: 1_500, burst: 5 }),
});

/** Developments of a story are posted in the thread of its first report. */
function threadOf({ id, event }: Delivery): string {
  return event.type !== 'alert.digest' && 'story' in event.data ? event.data.story : id;
}

function threaded(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  url.searchParams.set('messageReplyOption', 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD');
  return url.href;
}

function chatBody(message: Message, thread: string): string {
  const { glyph, headline, color, subject, lines } = message;
  const top = `<font color="${color}"><b>${escapeHtml(`${glyph} ${headline}`)}</b></font>`;
  const text = [top, ...lines.filter(({ role }) => role !== 'page').map(htmlLine)].join('<br>');
  return JSON.stringify({
    fallbackText: escapeHtml(subject),
    thread: { threadKey: thread },
    cardsV2: [
      {
        cardId: 'alert',
        card: { sections: [{ widgets: [{ textParagraph: { text } }, ...buttons(message)] }] },
      },
    ],
  });
}

function htmlLine({ role, runs }: Line): string {
  const html = htmlOfRuns(runs);
  return role === 'concepts' ? `<i>${html}</i>` : html;
}

function buttons({ link, page }: Message): object[] {
  const button = (text: string, url: string) => ({ text, onClick: { openLink: { url } } });
  const all = [
    ...(link === null ? [] : [button('Open', link)]),
    ...(page === null ? [] : [button('The story', page)]),
  ];
  return all.length === 0 ? [] : [{ buttonList: { buttons: all } }];
}
