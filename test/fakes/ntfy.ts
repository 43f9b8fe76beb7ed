/** An ntfy server, as documented in 2026: JSON to its root, 4,096 bytes of message, errors as `{code, http, error}`. */
import { bytesOf, type Fake, hasOnly, isLink, isObject, isText, json, objectOf } from './fake.ts';

export const ntfy: Fake = (request) => {
  const failed = (code: number, error: string) =>
    json(Math.floor(code / 100), {
      code,
      http: Math.floor(code / 100),
      error,
      link: 'https://ntfy.sh/docs/publish',
    });
  const message = objectOf(request);
  if (request.path !== '/' || message === null)
    return failed(40_001, 'invalid request: message body must be JSON');
  if (!hasOnly(message, 'topic title message priority tags click actions'))
    return failed(40_024, 'request body must be valid JSON');
  const { topic, title, message: text, priority, tags, click, actions = [] } = message;
  if (typeof topic !== 'string' || !/^[-_A-Za-z0-9]{1,64}$/u.test(topic))
    return failed(40_009, 'invalid topic: path invalid');
  if (topic === 'reserved') return failed(40_301, 'forbidden');
  if (topic === 'used-up') return failed(42_908, 'limit reached: daily message quota reached');
  if (typeof text !== 'string' || bytesOf(text) > 4_096)
    return failed(41_301, 'attachment too large, or bandwidth limit reached');
  if (!isText(title, 250)) return failed(40_010, 'invalid title');
  if (![1, 2, 3, 4, 5].includes(Number(priority))) return failed(40_007, 'invalid priority parameter');
  if (!Array.isArray(tags) || tags.length > 5) return failed(40_011, 'invalid tags');
  if (click !== undefined && !isLink(click, 4_000)) return failed(40_012, 'invalid click address');
  if (!Array.isArray(actions) || actions.length > 3 || !actions.every(isAction))
    return failed(40_018, 'invalid actions');
  return json(200, { id: 'sPs71M8A2T', time: 1, event: 'message', topic, message: text });
};

function isAction(action: unknown): boolean {
  return (
    isObject(action) &&
    action['action'] === 'view' &&
    isText(action['label'], 60) &&
    isLink(action['url'], 4_000)
  );
}
