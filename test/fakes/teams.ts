/** A Workflows webhook that posts a card, as documented in 2026: 202 when queued, 400 for what its schema refuses, 28 KB. */
import { bytesOf, type Fake, hasOnly, isLink, isObject, isText, json, objectOf } from './fake.ts';

export const teams: Fake = (request) => {
  const refused = (code: string) => json(400, { error: { code, message: 'The request is not valid' } });
  if (bytesOf(request.body) > 28_000) return json(413, { error: { code: 'RequestEntityTooLarge' } });
  const message = objectOf(request);
  if (message?.['type'] !== 'message' || !Array.isArray(message['attachments']))
    return refused('TriggerInputSchemaMismatch');
  const [attachment, ...more] = message['attachments'] as unknown[];
  if (!isObject(attachment) || more.length > 0 || attachment['contentUrl'] !== null)
    return refused('InvalidAttachment');
  if (attachment['contentType'] !== 'application/vnd.microsoft.card.adaptive')
    return refused('InvalidAttachment');
  const { content } = attachment;
  if (!isObject(content) || content['type'] !== 'AdaptiveCard' || content['version'] !== '1.4')
    return refused('InvalidCard');
  const { body, actions = [] } = content;
  if (!Array.isArray(body) || body.length === 0 || !body.every(isRichText)) return refused('InvalidCard');
  return Array.isArray(actions) && actions.length <= 6 && actions.every(isAction)
    ? { status: 202, body: '' }
    : refused('InvalidCard');
};

function isRichText(block: unknown): boolean {
  return (
    isObject(block) &&
    hasOnly(block, 'type inlines') &&
    block['type'] === 'RichTextBlock' &&
    Array.isArray(block['inlines']) &&
    block['inlines'].length > 0 &&
    block['inlines'].every(isRun)
  );
}

function isRun(run: unknown): boolean {
  if (!isObject(run) || !hasOnly(run, 'type text size color weight isSubtle italic selectAction'))
    return false;
  const { type, text, selectAction } = run;
  const isSaid = typeof text === 'string' && text !== '' && text.isWellFormed();
  return (
    type === 'TextRun' &&
    isSaid &&
    (selectAction === undefined || (isObject(selectAction) && isLink(selectAction['url'], 4_000)))
  );
}

function isAction(action: unknown): boolean {
  return (
    isObject(action) &&
    action['type'] === 'Action.OpenUrl' &&
    isText(action['title'], 100) &&
    isLink(action['url'], 4_000)
  );
}
