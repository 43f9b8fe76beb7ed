/** Mattermost's incoming webhook, as documented in 2026: 16,383 characters a post, here refused where it would be split. */
import { type Fake, hasOnly, isObject, isText, json, objectOf } from './fake.ts';

export const mattermost: Fake = (request) => {
  const failed = (status: number, id: string) =>
    json(status, { id, message: 'could not be posted', status_code: status });
  if (request.path.endsWith('/deleted')) return failed(400, 'web.incoming_webhook.invalid.app_error');
  const message = objectOf(request);
  if (message === null || !hasOnly(message, 'text attachments'))
    return failed(400, 'web.incoming_webhook.parse.app_error');
  const { text, attachments } = message;
  if (!isText(text, 16_383) || !Array.isArray(attachments))
    return failed(400, 'web.incoming_webhook.text.app_error');
  const fits = [...request.body].length <= 16_383;
  return fits && attachments.every(isAttachment)
    ? { status: 200, body: 'ok' }
    : failed(400, 'api.post.create_post.app_error');
};

function isAttachment(one: unknown): boolean {
  return (
    isObject(one) &&
    hasOnly(one, 'fallback color text') &&
    isText(one['fallback'], 4_000) &&
    typeof one['text'] === 'string' &&
    one['text'].isWellFormed() &&
    /^#[0-9a-f]{6}$/u.test(String(one['color']))
  );
}
