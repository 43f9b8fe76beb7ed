/** Reads a payload as its platform would: everything that is shown, every link, every button. */

import type { PostedChannel } from '../fixtures/channels.ts';
import { readHtml } from './html.ts';
import { DISCORD, MATTERMOST, readMarkdown } from './markdown.ts';
import { type Piece, SyntaxFault } from './seen.ts';

const plain = (text: string): Piece => ({ text, strong: false, href: null });
const button = (text: string, href: string): Piece => ({ text, strong: false, href });

/** Each list is one stretch of text that is shown together. Throws SyntaxFault. */
export function readPayload(channel: PostedChannel, body: string): readonly (readonly Piece[])[] {
  return READERS[channel.kind](body, channel);
}

const TELEGRAM_TAGS = { b: [], i: [], a: ['href'] };
const CHAT_TAGS = { b: [], i: [], br: [], a: ['href'], font: ['color'] };
const MATRIX_TAGS = { b: [], i: [], br: [], a: ['href'] };
const MAIL_TAGS = {
  html: [],
  head: [],
  meta: ['charset'],
  body: ['style'],
  h1: ['style', 'dir'],
  p: ['style', 'dir'],
  b: [],
  a: ['href'],
};

interface Loose {
  readonly [key: string]: Loose & string & Loose[];
}

const READERS: Record<PostedChannel['kind'], (body: string, channel: PostedChannel) => Piece[][]> = {
  webhook: () => [],
  slack: (body) => {
    const { text, blocks } = JSON.parse(body) as Loose;
    const shown = blocks!.flatMap((block): Piece[][] => {
      if (block['type'] === 'header') return [[plain(block['text']!['text']!)]];
      if (block['type'] === 'actions')
        return block['elements']!.map((one) => [button(one['text']!['text']!, one['url']!)]);
      return block['elements']!.map((section) =>
        section['elements']!.map((one) => ({
          text: one['text']!,
          strong: one['style']?.['bold'] !== undefined,
          href: one['url'] ?? null,
        })),
      );
    });
    return [[plain(readMrkdwn(text!))], ...shown];
  },
  discord: (body) => {
    const { content, embeds } = JSON.parse(body) as Loose;
    return [
      readMarkdown(content!, DISCORD),
      ...embeds!.flatMap(({ title, url, description }) => [
        ...(title === undefined
          ? []
          : [readMarkdown(title, DISCORD).map((piece) => ({ ...piece, href: url ?? null }))]),
        readMarkdown(description!, DISCORD),
      ]),
    ];
  },
  teams: (body) => {
    const { content } = (JSON.parse(body) as Loose)['attachments']![0]!;
    return [
      [plain(content!['fallbackText']!)],
      ...content!['body']!.map(({ type, inlines }) => {
        if (type !== 'RichTextBlock') throw new SyntaxFault(`element ${type} reads Markdown`);
        return inlines!.map((run) => ({
          text: run['text']!,
          strong: run['weight'] !== undefined,
          href: run['selectAction']?.['url'] ?? null,
        }));
      }),
      ...(content!['actions'] ?? []).map((action) => [button(action['title']!, action['url']!)]),
    ];
  },
  telegram: (body) => [readHtml((JSON.parse(body) as Loose)['text']!, TELEGRAM_TAGS)],
  ntfy: (body) => {
    const { title, message, click, actions } = JSON.parse(body) as Loose;
    return [
      [plain(title!)],
      [plain(message!)],
      ...(click === undefined ? [] : [[button('click', click)]]),
      ...(actions ?? []).map((action) => [button(action['label']!, action['url']!)]),
    ];
  },
  mattermost: (body) => {
    const { text, attachments } = JSON.parse(body) as Loose;
    return [
      readMarkdown(text!, MATTERMOST),
      ...attachments!.flatMap((one) => [[plain(one['fallback']!)], readMarkdown(one['text']!, MATTERMOST)]),
    ];
  },
  googlechat: (body) => {
    const { fallbackText, cardsV2 } = JSON.parse(body) as Loose;
    const { widgets } = cardsV2![0]!['card']!['sections']![0]!;
    return [
      readHtml(fallbackText!, {}),
      ...widgets!.flatMap((widget): Piece[][] =>
        'textParagraph' in widget
          ? [readHtml(widget['textParagraph']!['text']!, CHAT_TAGS)]
          : widget['buttonList']!['buttons']!.map((one) => [
              button(one['text']!, one['onClick']!['openLink']!['url']!),
            ]),
      ),
    ];
  },
  matrix: (body) => {
    const message = JSON.parse(body) as Loose;
    return [[plain(message['body']!)], readHtml(message['formatted_body']!, MATRIX_TAGS)];
  },
  pagerduty: (body) => {
    const { payload, links } = JSON.parse(body) as Loose;
    return [
      [plain(payload!['summary']!)],
      [plain(payload!['custom_details']!['report']!)],
      ...links!.map((link) => [button(link['text']!, link['href']!)]),
    ];
  },
  alertmanager: (body) =>
    (JSON.parse(body) as Loose[]).flatMap((alert) => [
      ...Object.values(alert['annotations']!).map((text) => [plain(text as unknown as string)]),
    ]),
  apprise: (body) => {
    const { title, body: text } = JSON.parse(body) as Loose;
    return [[plain(title!)], ...text!.split('\n').map((line) => [plain(line)])];
  },
  email: (body, channel) => {
    const form = channel.kind === 'email' && channel.via === 'mailgun' ? new URLSearchParams(body) : null;
    const mail = form === null ? (JSON.parse(body) as Loose) : null;
    const field = (...names: string[]): string =>
      names.map((name) => form?.get(name) ?? mail?.[name] ?? null).find((value) => value !== null) ?? '';
    const html = field('html', 'HtmlBody')
      .replace(/^<!doctype html>/u, '')
      .replace('<meta charset="utf-8">', '');
    return [
      [plain(field('subject', 'Subject'))],
      [plain(field('text', 'TextBody'))],
      readHtml(html, MAIL_TAGS),
    ];
  },
};

/** Slack's mrkdwn outside of blocks: three references, no `<`. */
function readMrkdwn(text: string): string {
  if (/[<>]/u.test(text)) throw new SyntaxFault('a bare < or >');
  return text.replace(/&(\w*);?/gu, (whole) => {
    const char = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }[whole];
    if (char === undefined) throw new SyntaxFault(`a bare & at ${whole}`);
    return char;
  });
}
