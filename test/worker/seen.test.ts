/** The seen document in KV: what this release writes, and what release 0.1 wrote. */
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { kvSeenStore, type SeenDocument } from '../../worker/store/seen.ts';

const kv = (env as unknown as { SEEN: KVNamespace }).SEEN;
const FEEDS = { a: { validators: null, body: '0f', window: [1, 2] } };
const NOW: SeenDocument = { version: 2, desk: 'd', epoch: 3, feeds: FEEDS, deliveredIds: [7, 8] };

test.each([
  ['as written', JSON.stringify(NOW), NOW],
  [
    'of release 0.1',
    JSON.stringify({ version: 1, desk: 'd', epoch: 3, feeds: FEEDS, acknowledged: [7, 8] }),
    NOW,
  ],
  ['of a newer release', JSON.stringify({ ...NOW, version: 3 }), null],
  ['cut short', JSON.stringify(NOW).slice(0, -1), null],
  ['not an object', '1', null],
])('%s', async (_name, text, expected) => {
  await kv.put('seen/0', text);
  expect(await kvSeenStore(kv).read('0')).toEqual(expected);
});
