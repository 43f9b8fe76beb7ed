/** PagerDuty Events API v2, as documented in 2026: 202 with the dedup key, 400 with what is wrong. */
import { bytesOf, type Fake, hasOnly, isLink, isObject, isText, json, objectOf } from './fake.ts';

export const pagerduty: Fake = (request) => {
  const failed = (error: string) =>
    json(400, { status: 'invalid event', message: 'Event object is invalid', errors: [error] });
  const event = objectOf(request);
  if (event === null || bytesOf(request.body) > 512_000) return failed('Length too large');
  const { routing_key, event_action, dedup_key, payload, links } = event;
  if (typeof routing_key !== 'string' || !/^[a-z0-9]{32}$/iu.test(routing_key))
    return failed("'routing_key' is invalid");
  if (!hasOnly(event, 'routing_key event_action dedup_key payload client links'))
    return failed('unknown key');
  if (!['trigger', 'resolve'].includes(String(event_action))) return failed("'event_action' is invalid");
  if (!isText(dedup_key, 255)) return failed("'dedup_key' is invalid");
  if (!isObject(payload) || !isText(payload['summary'], 1_024))
    return failed("'payload.summary' is missing or blank");
  if (!isText(payload['source'], 1_024)) return failed("'payload.source' is missing or blank");
  if (!['critical', 'error', 'warning', 'info'].includes(String(payload['severity'])))
    return failed("'payload.severity' is invalid");
  if (Number.isNaN(Date.parse(String(payload['timestamp'])))) return failed("'payload.timestamp' is invalid");
  if (!Array.isArray(links) || !links.every((link) => isObject(link) && isLink(link['href'], 4_000)))
    return failed("'links' is invalid");
  return json(202, { status: 'success', message: 'Event processed', dedup_key });
};
