/** The examples of docs/channels.md are taken as they stand, and every kind has one. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readConfig } from '../../../lib/config/document/config.ts';
import { CHANNEL_KINDS } from '../../../lib/deliver/channel/table.ts';

const page = readFileSync('docs/channels.md', 'utf8');
const examples = [...page.matchAll(/```yaml\n([\s\S]*?)```/gu)].map((match) => match[1] ?? '');

test.each(examples)('%s', (example) => {
  const head =
    'version: 1\nfeeds: [{ url: "https://example.org/rss" }]\nrules: [{ id: r, query: word, notify: { to: [] } }]\n';
  const { problems } = readConfig(head + example, { hasVariable: () => true });
  expect(problems.filter(({ code }) => code !== 'W_NO_CHANNEL')).toEqual([]);
});

test('every kind has an example', () => {
  const shown = new Set(
    examples.flatMap((text) => [...text.matchAll(/kind: (\w+)/gu)].map((match) => match[1])),
  );
  expect([...shown].sort()).toEqual([...CHANNEL_KINDS].sort());
});
