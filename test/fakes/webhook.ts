/** A receiver of Standard Webhooks and CloudEvents that is strict about both. The signature is judged by foreign code elsewhere. */
import { bytesOf, type Fake, isObject } from './fake.ts';

export const webhook: Fake = ({ method, headers, body }) => {
  if (method !== 'POST' || !/^msg_\w+$/u.test(headers['webhook-id'] ?? ''))
    return { status: 400, body: 'no id' };
  const event: unknown = JSON.parse(body);
  if (!isObject(event)) return { status: 400, body: 'no object' };
  if (headers['content-type']?.startsWith('application/cloudevents+json')) {
    const isEvent =
      event['specversion'] === '1.0' &&
      [event['id'], event['source'], event['type']].every((one) => typeof one === 'string' && one !== '');
    return { status: isEvent && bytesOf(body) <= 65_536 ? 202 : 400, body: '' };
  }
  const isStandard =
    /^[a-z]+(?:\.[a-z]+)*$/u.test(String(event['type'])) &&
    isObject(event['data']) &&
    Object.keys(event).join() === 'type,timestamp,data';
  return { status: isStandard ? 204 : 400, body: '' };
};
