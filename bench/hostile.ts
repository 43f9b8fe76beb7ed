/** How long hostile documents take at the body cap and at a tenth of it: linear is a ratio of about 10. `node bench/hostile.ts` */
import { parseFeed } from '../lib/feed/parse.ts';
import { FEED_BODY_BYTES_MAX } from '../lib/model/limits.ts';
import { htmlToText } from '../lib/text/html-text.ts';
import { HOSTILE } from '../test/lib/feed/hostile.ts';

function millisecondsFor(document: string): number {
  const bytes = new TextEncoder().encode(document);
  const start = performance.now();
  const feed = parseFeed(bytes, { contentType: null, url: 'https://example.org/' });
  // As the poller does: the text of the entry that rules see.
  for (const { summary } of feed.entries) if (summary !== null) htmlToText(summary);
  return performance.now() - start;
}

const rows = [...HOSTILE].map(([name, make]) => {
  const tenth = millisecondsFor(make(FEED_BODY_BYTES_MAX / 10));
  const whole = millisecondsFor(make(FEED_BODY_BYTES_MAX));
  return { name, 'tenth ms': Math.round(tenth), 'whole ms': Math.round(whole) };
});
console.table(rows.sort((a, b) => b['whole ms'] - a['whole ms']));
