/** Lines of the archive: ISO 8601 on the wire, milliseconds in the desk and in files of older releases. */
import { expect, test } from 'vitest';
import { readLine, sentLines } from '../../../lib/api/archive-line.ts';
import type { ArchivedEntry } from '../../../lib/model/entry.ts';
import { isoTimeOrNull } from '../../../lib/model/time.ts';

const SEEN = Date.UTC(2024, 9, 18, 14, 20);

function lineOf(change: Partial<ArchivedEntry['entry']> = {}): ArchivedEntry {
  const texts = { id: 'e_1', title: 'A storm', summary: '', content: '' };
  const facts = { url: null, lang: 'en', publisher: null, country: null, feed: 'a', authors: [], tags: [] };
  return {
    seen: SEEN,
    keys: [1_729_261_200_000, 2],
    entry: { ...texts, ...facts, published: SEEN - 1, ...change },
  };
}

test.each([
  ['dated', lineOf()],
  ['undated', lineOf({ published: null })],
  ['before 1970', lineOf({ published: -1 })],
  [
    'with text that looks like a time',
    lineOf({ title: '{"seen":5,"published":6}', tags: ['a,"seen":7', 'seen'] }),
  ],
  ['with text that ends in a comma', lineOf({ title: 'seen,', summary: 'published,' })],
])('an entry %s is sent with ISO times, and read from either form', (_, stored) => {
  const line = JSON.stringify(stored);
  const sent = sentLines(`${line}\n${line}\n`).split('\n');
  expect(sent.slice(0, 2).map((one) => JSON.parse(one))).toEqual(
    [stored, stored].map(({ seen, keys, entry }) => ({
      seen: isoTimeOrNull(seen),
      keys,
      entry: { ...entry, published: isoTimeOrNull(entry.published) },
    })),
  );
  expect([readLine(line), readLine(sent[0] ?? '')]).toEqual([stored, stored]);
});
