/** Slack incoming webhook, as documented in 2026: Block Kit limits, `invalid_payload`, `invalid_blocks`, `msg_blocks_too_long`. */
import { type Fake, hasOnly, isLink, isObject, isText, objectOf } from './fake.ts';

export const slack: Fake = (request) => {
  const said = (status: number, body: string) => ({ status, body });
  const message = objectOf(request);
  if (request.method !== 'POST' || message === null) return said(400, 'invalid_payload');
  if (!hasOnly(message, 'text blocks unfurl_links unfurl_media')) return said(400, 'invalid_payload');
  if (!isText(message['text'], 4_000)) return said(400, 'no_text');
  const { blocks } = message;
  if (!Array.isArray(blocks) || blocks.length === 0 || blocks.length > 50) return said(400, 'invalid_blocks');
  if (request.body.length > 13_000) return said(400, 'msg_blocks_too_long');
  return blocks.every(isBlock) ? said(200, 'ok') : said(400, 'invalid_blocks');
};

function isBlock(block: unknown): boolean {
  if (!isObject(block)) return false;
  switch (block['type']) {
    case 'header':
      return hasOnly(block, 'type text') && isPlain(block['text'], 150);
    case 'rich_text':
      return isList(block['elements'], 50, (one) => isList(one['elements'], 1_000, isElement));
    case 'actions':
      return isList(block['elements'], 25, (one) => isPlain(one['text'], 75) && isLink(one['url'], 3_000));
    default:
      return false;
  }
}

function isElement(element: Record<string, unknown>): boolean {
  const { type, text, style } = element;
  // Rich text keeps a line break as a text of its own.
  const isSaid = typeof text === 'string' && text !== '' && text.length <= 3_000 && text.isWellFormed();
  const isStyled = style === undefined || (isObject(style) && hasOnly(style, 'bold italic'));
  if (type === 'text') return hasOnly(element, 'type text style') && isSaid && isStyled;
  return type === 'link' && isSaid && isStyled && isLink(element['url'], 3_000);
}

function isPlain(value: unknown, max: number): boolean {
  return isObject(value) && value['type'] === 'plain_text' && isText(value['text'], max);
}

function isList(value: unknown, max: number, is: (one: Record<string, unknown>) => boolean): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= max &&
    value.every((one) => isObject(one) && is(one))
  );
}
