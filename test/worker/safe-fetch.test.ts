/** The only way out, in workerd, against a server that misbehaves. */
import { describe, expect, inject, test } from 'vitest';
import {
  type FetchAnswer,
  type FetchFailure,
  type SafeRequest,
  safeFetch,
} from '../../worker/net/safe-fetch.ts';

function get(path: string, change: Partial<SafeRequest> = {}): Promise<FetchAnswer | FetchFailure> {
  return safeFetch({
    url: path.startsWith('http') ? path : `${inject('receiver')}/misbehave/${path}`,
    method: 'GET',
    headers: () => [['user-agent', 'test']],
    body: null,
    followRedirects: true,
    timeoutMs: 5_000,
    bodyBytesMax: 2_000_000,
    longBody: 'fail',
    policy: { allowLoopback: true, allowHosts: [] },
    slots: null,
    ...change,
  });
}

const textOf = (answer: FetchAnswer | FetchFailure): string =>
  answer.kind === 'answer' ? new TextDecoder().decode(answer.body) : `${answer.reason}: ${answer.detail}`;

test.each([
  ['plain', 'plain'],
  ['gzip', 'packed'],
  ['br', 'packed'],
  ['zstd', 'network: content encoding zstd is not supported'],
  ['bomb', 'too-large: a decompression bomb'],
  ['endless', 'too-large: more than 2000000 bytes'],
  ['chain/5', 'arrived'],
  ['chain/6', 'redirect: more than 5 redirects'],
  ['loop', 'redirect: more than 5 redirects'],
  ['inside', 'refused-address: host is private: add it to allow_hosts to allow it'],
  ['file', 'refused-address: scheme file: is not http(s)'],
])('%s: %s', async (path, outcome) => {
  expect(textOf(await get(path))).toBe(outcome);
});

test.each(['not-gzip', 'short', 'reset'])('%s: a failure, never half a body', async (path) => {
  const answer = await get(path);
  expect([answer.kind, answer.kind === 'failure' && answer.reason]).toEqual(['failure', 'network']);
});

describe('limits', () => {
  test('the opening of a long body, where that is enough', async () => {
    const answer = await get('endless', { longBody: 'cut', bodyBytesMax: 4_096 });
    expect(answer.kind === 'answer' && answer.body.byteLength).toBe(4_096);
  });

  test('time is bounded over body and head together', async () => {
    expect(textOf(await get('endless', { timeoutMs: 50, bodyBytesMax: 1e12 }))).toBe('timeout: timed out');
  });

  test('every request counts, redirects too', async () => {
    expect((await get('chain/5')).requests).toBe(6);
  });

  test('redirects are not followed where they must not be', async () => {
    const answer = await get('chain/1', { followRedirects: false });
    expect(answer.kind === 'answer' && answer.status).toBe(302);
  });

  test('no address is asked that may not be', async () => {
    const answer = await get('http://10.0.0.1/');
    expect([textOf(answer), answer.requests]).toEqual([
      'refused-address: host is private: add it to allow_hosts to allow it',
      0,
    ]);
  });
});
