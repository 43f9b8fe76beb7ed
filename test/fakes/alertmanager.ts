/** Alertmanager's API v2 (OpenAPI of 0.25): label names, times in order, an address as generator. */
import { type Fake, isLink, isObject, json } from './fake.ts';

export const alertmanager: Fake = ({ method, path, headers, body }) => {
  if (method !== 'POST' || path !== '/api/v2/alerts') return { status: 404, body: '404 page not found' };
  if (!headers['content-type']?.startsWith('application/json'))
    return { status: 415, body: 'unsupported media type' };
  const alerts: unknown = JSON.parse(body);
  if (!Array.isArray(alerts)) return json(400, 'cannot unmarshal');
  return alerts.every(isAlert) ? { status: 200, body: '' } : json(400, 'bad alert');
};

function isAlert(alert: unknown): boolean {
  if (!isObject(alert)) return false;
  const { labels, annotations, startsAt, endsAt, generatorURL } = alert;
  const isSet = (set: unknown): boolean =>
    isObject(set) &&
    Object.entries(set).every(
      ([name, value]) => /^[a-zA-Z_]\w*$/u.test(name) && typeof value === 'string' && value.isWellFormed(),
    );
  return (
    isSet(labels) &&
    isObject(labels) &&
    Object.values(labels).some((value) => value !== '') &&
    isSet(annotations) &&
    Date.parse(String(startsAt)) <= Date.parse(String(endsAt)) &&
    (generatorURL === undefined || isLink(generatorURL, 4_000))
  );
}
