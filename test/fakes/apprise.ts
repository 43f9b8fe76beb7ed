/** An Apprise API (caronc/apprise-api, swagger.yaml 1.4): keys with services, or services in the request. */
import { type Fake, hasOnly, isText, json, objectOf } from './fake.ts';

export const apprise: Fake = (request) => {
  const failed = (status: number, error: string) => json(status, { error });
  const [, key] = /\/notify(?:\/([\w-]{1,128}))?\/?$/u.exec(request.path) ?? [];
  if (!/\/notify(?:\/|$)/u.test(request.path)) return failed(404, 'not found');
  if (request.method !== 'POST') return failed(405, 'method not allowed');
  const message = objectOf(request);
  if (message === null || !hasOnly(message, 'title body type format tag urls'))
    return failed(400, 'Bad FORM Payload provided');
  const { title, body, type, format, tag, urls } = message;
  if (!isText(body, 3_000_000) || !isText(title, 250))
    return failed(400, 'Payload lacks minimum requirements');
  if (!['info', 'success', 'warning', 'failure'].includes(String(type)))
    return failed(400, 'Payload lacks minimum requirements');
  if (format !== 'text') return failed(400, 'An invalid body input format was specified');
  if (tag !== undefined && !/^[\w-]+(?:[ ,]+[\w-]+)*$/u.test(String(tag)))
    return failed(400, 'Unsupported characters found in tag definition');
  if (key === undefined && !isListOfTexts(urls)) return { status: 204, body: '' };
  if (key === 'empty') return { status: 204, body: '' };
  if (key === 'halting') return failed(424, 'One or more notification could not be sent');
  return json(200, { error: null, details: [['INFO', '2026-01-01T12:00:00', 'Sent']] });
};

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((one) => isText(one, 2_000));
}
