/** `vigie parse`: arguments, standard input and an exit code. */
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { vigie } from './vigie.ts';

const CASES = fileURLToPath(new URL('../cases/feed/', import.meta.url));

const parsed = (args: readonly string[], input = '') => vigie(['parse', ...args], { input });

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('vigie parse FILE', () => {
  test('prints the feed, dates in UTC', async () => {
    const { code, out } = await parsed([`${CASES}says-utf8-is-latin1.xml`, '--url', 'https://example.org/']);
    expect(code).toBe(0);
    const feed = JSON.parse(out);
    expect(feed).toMatchObject({ format: 'rss20', encoding: 'windows-1252', title: 'Westmoor Courier' });
    expect(feed.entries[0]).toEqual({
      id: 'westmoor-1',
      url: 'https://westmoor.example/news/1',
      title: 'Ferry 1 sails again',
      summary: 'The harbour office of Westmoor says boat 1 is repaired.',
      content: null,
      published: '2026-06-01T08:30:00.000Z',
      updated: null,
      authors: [],
      categories: [],
      language: null,
    });
  });

  test.each([
    ['a file that is not there', ['no-such-file.xml'], 1, /no-such-file\.xml/],
    ['a page that is no feed', [`${CASES}html-page.xml`], 1, /HTML page/],
    ['no file', [], 2, /FILE/],
    ['an unknown option', ['--frobnicate'], 2, /frobnicate/],
  ])('%s', async (_name, args, code, message) => {
    const run = await parsed(args);
    expect(run.code).toBe(code);
    expect(run.err).toMatch(message);
  });
});

test('vigie parse --batch answers every line and stops at none', async () => {
  const lines = [
    JSON.stringify({
      name: 'a',
      base64: base64('<rss><channel><title>A</title></channel></rss>'),
      contentType: null,
      url: null,
    }),
    'no json',
    '',
    JSON.stringify({ name: 'b' }),
    '[]',
    JSON.stringify({ name: 'c', base64: '', contentType: 'text/xml' }),
    JSON.stringify({
      name: 'd',
      base64: base64('{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1"}]}'),
    }),
  ];
  const { code, out, err } = await parsed(['--batch'], `${lines.join('\n')}\n`);
  const answers = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(code).toBe(0);
  expect(err).toBe('');
  expect(answers.map(({ name }) => name)).toEqual(['a', null, 'b', null, 'c', 'd']);
  expect(answers.map(({ error }) => error !== undefined)).toEqual([false, true, true, true, false, false]);
  expect(answers[0].feed).toMatchObject({ format: 'rss', title: 'A', entries: [] });
  expect(answers[4].feed).toMatchObject({ format: null });
  expect(answers[5].feed).toMatchObject({ format: 'json11', entries: [{ id: '1' }] });
});
