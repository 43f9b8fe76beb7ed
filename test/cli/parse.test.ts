/** `vigie parse` as its users run it: a process with arguments, standard input and an exit code. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const CLI = fileURLToPath(new URL('../../cli/vigie.ts', import.meta.url));
const CASES = fileURLToPath(new URL('../cases/feed/', import.meta.url));

function vigie(args: string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'parse', ...args], {
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('vigie parse FILE', () => {
  test('prints the feed, dates in UTC', () => {
    const { status, stdout } = vigie([`${CASES}says-utf8-is-latin1.xml`, '--url', 'https://example.org/']);
    expect(status).toBe(0);
    const feed = JSON.parse(stdout);
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
  ])('%s', (_name, args, status, message) => {
    const run = vigie(args);
    expect(run.status).toBe(status);
    expect(run.stderr).toMatch(message);
  });
});

test('vigie parse --batch answers every line and stops at none', () => {
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
  const { status, stdout, stderr } = vigie(['--batch'], `${lines.join('\n')}\n`);
  const answers = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(status).toBe(0);
  expect(stderr).toBe('');
  expect(answers.map(({ name }) => name)).toEqual(['a', null, 'b', null, 'c', 'd']);
  expect(answers.map(({ error }) => error !== undefined)).toEqual([false, true, true, true, false, false]);
  expect(answers[0].feed).toMatchObject({ format: 'rss', title: 'A', entries: [] });
  expect(answers[4].feed).toMatchObject({ format: null });
  expect(answers[5].feed).toMatchObject({ format: 'json11', entries: [{ id: '1' }] });
});
