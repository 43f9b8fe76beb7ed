/** Resend, Postmark and Mailgun, as documented in 2026: each its own fields, its own word for no. */
import { type Fake, isObject, json, type Loose, objectOf } from './fake.ts';

const ADDRESS = /^(?:[^<>\r\n]*<[^@\s<>]+@[^@\s<>]+>|[^@\s<>]+@[^@\s<>]+)$/u;

function isMail(from: unknown, to: readonly unknown[], [subject, text, html]: readonly unknown[]): boolean {
  const isSubject =
    typeof subject === 'string' && subject.length <= 998 && !/[\r\n\u0000]/u.test(subject) && subject !== '';
  const isBody = [text, html].every((part) => typeof part === 'string' && part !== '' && part.isWellFormed());
  return (
    ADDRESS.test(String(from)) &&
    to.length > 0 &&
    to.length <= 50 &&
    to.every((one) => ADDRESS.test(String(one))) &&
    isSubject &&
    isBody
  );
}

const isHeaders = (headers: Loose): boolean =>
  Object.entries(headers).every(([name, value]) => /^[\w-]+$/u.test(name) && !/[\r\n]/u.test(String(value)));

export const resend: Fake = (request) => {
  const mail = objectOf(request);
  if (request.headers['authorization'] !== 'Bearer re_secret_token')
    return json(401, { name: 'missing_api_key' });
  const { from, to, subject, text, html, headers } = mail ?? {};
  const isGood =
    Array.isArray(to) && isObject(headers) && isHeaders(headers) && isMail(from, to, [subject, text, html]);
  return isGood && request.headers['idempotency-key'] !== undefined
    ? json(200, { id: 'a' })
    : json(422, { name: 'validation_error' });
};

export const postmark: Fake = (request) => {
  const mail = objectOf(request);
  if (request.headers['x-postmark-server-token'] !== 're_secret_token') return json(401, { ErrorCode: 10 });
  const { From, To, Subject, TextBody, HtmlBody } = mail ?? {};
  return isMail(From, String(To).split(', '), [Subject, TextBody, HtmlBody])
    ? json(200, { ErrorCode: 0, Message: 'OK', MessageID: 'a' })
    : json(422, { ErrorCode: 300, Message: 'Invalid email request' });
};

export const mailgun: Fake = (request) => {
  if (request.headers['authorization'] !== `Basic ${btoa('api:re_secret_token')}`)
    return { status: 401, body: 'Forbidden' };
  const form = new URLSearchParams(request.body);
  const isGood = isMail(form.get('from'), form.getAll('to'), [
    form.get('subject'),
    form.get('text'),
    form.get('html'),
  ]);
  return isGood
    ? json(200, { id: '<a>', message: 'Queued. Thank you.' })
    : json(400, { message: 'from parameter is not a valid address' });
};
