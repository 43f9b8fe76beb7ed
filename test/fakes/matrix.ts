/** A Matrix homeserver's send, client-server API v1.16: one event for each transaction id, 65,536 bytes, `m.mentions` kept. */
import { bytesOf, type Fake, hasOnly, isText, json, objectOf } from './fake.ts';

export const MATRIX_TOKEN = 'syt_secret_token';

/** Each fake remembers the transactions it has seen. */
export function matrixServer(): Fake {
  const events = new Map<string, string>();
  return (request) => {
    const failed = (status: number, errcode: string) => json(status, { errcode, error: 'no' });
    if (request.headers['authorization'] !== `Bearer ${MATRIX_TOKEN}`) return failed(401, 'M_UNKNOWN_TOKEN');
    const path = /^\/_matrix\/client\/v3\/rooms\/(![^/]+)\/send\/m\.room\.message\/([^/]+)$/u.exec(
      decodeURIComponent(request.path),
    );
    if (request.method !== 'PUT' || path === null) return failed(404, 'M_UNRECOGNIZED');
    if (path[1]?.startsWith('!elsewhere')) return failed(403, 'M_FORBIDDEN');
    const content = objectOf(request);
    if (content === null) return failed(400, 'M_NOT_JSON');
    if (bytesOf(request.body) + 1_000 > 65_536) return failed(413, 'M_TOO_LARGE');
    const { msgtype, body, format, formatted_body } = content;
    const isMessage =
      msgtype === 'm.text' &&
      format === 'org.matrix.custom.html' &&
      isText(body, 65_536) &&
      isText(formatted_body, 65_536);
    if (!isMessage || !hasOnly(content, 'msgtype body format formatted_body m.mentions'))
      return failed(400, 'M_BAD_JSON');
    if (JSON.stringify(content['m.mentions']) !== '{}') return failed(400, 'M_BAD_JSON');
    const transaction = path[2] ?? '';
    const event = events.get(transaction) ?? `$event${events.size}`;
    events.set(transaction, event);
    return json(200, { event_id: event });
  };
}
