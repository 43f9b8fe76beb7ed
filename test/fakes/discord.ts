/** Discord webhook execution, as documented in 2026: 50035 for what is malformed or too long, 50006 for what is empty. */
import { type Fake, hasOnly, isLink, isObject, json, objectOf } from './fake.ts';

export const discord: Fake = (request) => {
  const message = objectOf(request);
  const invalid = (field: string) =>
    json(400, {
      message: 'Invalid Form Body',
      code: 50_035,
      errors: { [field]: { _errors: [{ code: 'BASE_TYPE_BAD_LENGTH' }] } },
    });
  if (request.path.endsWith('/deleted')) return json(404, { message: 'Unknown Webhook', code: 10_015 });
  if (message === null) return json(400, { message: 'Cannot parse', code: 50_109 });
  if (!hasOnly(message, 'content embeds allowed_mentions')) return invalid('_');
  const { content, embeds, allowed_mentions } = message;
  if (!isObject(allowed_mentions) || JSON.stringify(allowed_mentions) !== '{"parse":[]}')
    return invalid('allowed_mentions');
  if (typeof content !== 'string' || content.length > 2_000 || !content.isWellFormed())
    return invalid('content');
  if (!Array.isArray(embeds) || embeds.length > 10 || !embeds.every(isEmbed)) return invalid('embeds');
  const units = embeds.reduce<number>((sum, embed) => sum + unitsOf(embed), 0);
  if (units > 6_000) return invalid('embeds');
  if (content.trim() === '' && embeds.length === 0)
    return json(400, { message: 'Cannot send an empty message', code: 50_006 });
  return request.query.get('wait') === 'true'
    ? {
        ...json(200, { id: '1', type: 0 }),
        headers: { 'x-ratelimit-remaining': '4', 'x-ratelimit-reset-after': '2' },
      }
    : { status: 204, body: '' };
};

function isEmbed(embed: unknown): boolean {
  if (!isObject(embed) || !hasOnly(embed, 'title url description color')) return false;
  const { title = '', url, description = '', color } = embed;
  return (
    typeof title === 'string' &&
    title.length <= 256 &&
    title.isWellFormed() &&
    typeof description === 'string' &&
    description.length <= 4_096 &&
    description.trim() !== '' &&
    description.isWellFormed() &&
    (url === undefined || isLink(url, 2_048)) &&
    Number.isInteger(color) &&
    Number(color) >= 0 &&
    Number(color) <= 0xffffff
  );
}

function unitsOf(embed: unknown): number {
  if (!isObject(embed)) return 0;
  return String(embed['title'] ?? '').trim().length + String(embed['description'] ?? '').trim().length;
}
