/**
 * Every message of every channel, over texts that mean harm: the platform's fake takes it, its reader sees the words that
 * were said and no others, nobody is called, no link leads elsewhere.
 */

import { describe, expect, test } from 'vitest';
import type { Answer } from '../../../lib/deliver/answer.ts';
import { templateView } from '../../../lib/deliver/template-view.ts';
import type { AlertEvent } from '../../../lib/model/alert.ts';
import type { Received } from '../../fakes/fake.ts';
import { fakeOf } from '../../fakes/table.ts';
import { anyEvent } from '../../fixtures/any-event.ts';
import { ALL_CHANNELS, type PostedChannel, payloadOf } from '../../fixtures/channels.ts';
import { testAlert, testDigest, testEvent } from '../../fixtures/event.ts';
import { HOSTILE, MENTIONS } from '../../fixtures/hostile.ts';
import fc, { runsOr } from '../../property.ts';
import { readPayload } from '../../syntax/read.ts';
import type { Piece } from '../../syntax/seen.ts';

const RUNS = runsOr(60);

function received(channel: PostedChannel, event: AlertEvent): Received {
  const { method, url, headers, body } = payloadOf(channel).request(channel, { id: 'msg_1', event });
  const { pathname, searchParams } = new URL(url);
  return { method, path: pathname, query: searchParams, headers: Object.fromEntries(headers), body };
}

function outcomeOf(channel: PostedChannel, request: Received): string {
  const { status, body, headers } = fakeOf(channel)(request);
  const answer: Answer = { status, body, header: (name) => headers?.[name] ?? null, now: 0 };
  const outcome = payloadOf(channel).outcome(answer);
  return outcome.kind === 'delivered' ? outcome.kind : `${outcome.kind}: ${body}`;
}

/** Where an `@` in plain sight calls people. */
const CALLING = ['discord', 'telegram', 'mattermost', 'matrix', 'apprise'];

function judge(channel: PostedChannel, { body }: Received): void {
  const shown = readPayload(channel, body);
  const text = shown.map((pieces) => pieces.map((piece) => piece.text).join('')).join('\n');
  expect(text.isWellFormed(), 'well formed').toBe(true);
  expect(text).not.toMatch(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066\u2067]/u,
  );
  expect(text.match(/\u2068/gu)?.length, 'isolates are closed').toBe(text.match(/\u2069/gu)?.length);
  if (CALLING.includes(channel.kind)) expect(text).not.toMatch(/[@＠﹫](?=[\p{L}\p{N}_])/u);
  if (channel.kind === 'slack') expect(shown[0]?.[0]?.text).not.toMatch(/@(?=\w)/u);
  if (channel.kind === 'mattermost') expect(text).not.toMatch(/[#~](?=[\p{L}\p{N}])|:\w+:/u);
  for (const { href } of shown.flat()) if (href !== null) judgeLink(href);
}

function judgeLink(href: string): void {
  const { protocol, username, hostname } = new URL(href);
  expect(protocol).toMatch(/^https?:$/u);
  expect(username).toBe('');
  expect(hostname).not.toBe('evil.example');
  expect(href).toMatch(/^[\u0021-\u007e]+$/u);
}

describe.each(ALL_CHANNELS)('%s', (_, channel) => {
  test('takes any message, and shows nothing that was not said', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const request = received(channel, event);
        expect(outcomeOf(channel, request)).toBe('delivered');
        judge(channel, request);
      }),
      { numRuns: RUNS },
    );
  });

  test.each(HOSTILE)('shows %j as text', (title) => {
    const event = testEvent({ title, summary: title, publisher: title, spans: [] });
    const request = received(channel, event);
    expect(outcomeOf(channel, request)).toBe('delivered');
    judge(channel, request);
  });

  test('a title of 100 KB and a hundred alerts fit', () => {
    for (const text of ['x', '界', '👩‍👩‍👧‍👦', '*', '<', '\\', '&', '\u0301']) {
      const entry = {
        title: text.repeat(100_000 / text.length),
        summary: text.repeat(1000),
        publisher: text.repeat(500),
      };
      const alerts = Array.from({ length: 100 }, () => testAlert({ ...entry, title: text.repeat(300) }));
      for (const event of [testEvent(entry), testDigest(alerts, 9)]) {
        const request = received(channel, event);
        expect(outcomeOf(channel, request)).toBe('delivered');
        judge(channel, request);
      }
    }
  });

  test('placeholders in feed text stay as they are', () => {
    const { body } = received(channel, testEvent({ title: '$' + '{HOOK_SECRET} and {{title}}', spans: [] }));
    if (channel.kind === 'email' && channel.via === 'mailgun') expect(body).toContain('%24%7BHOOK_SECRET');
    else expect(body).toMatch(/\$\\*\{HOOK(?:\\\\)?_SECRET/u);
  });
});

test('a template gets text and addresses as other channels show them', () => {
  const event = testEvent({
    title: 'storm\u202e gnp.exe\u0007',
    summary: 'a\u2066\nb',
    publisher: 'The\u200f Post',
    url: 'https://bank.example:pass@evil.example/',
    spans: [],
  });
  expect(templateView({ id: 'a', event })).toMatchObject({
    title: 'storm gnp.exe',
    summary: 'a\nb',
    publisher: 'The Post',
    url: '',
    link: '',
    entries: [{ title: 'storm gnp.exe', url: '' }],
    event,
  });
});

describe('what a reader sees', () => {
  const visible = ALL_CHANNELS.filter(([, { kind }]) => kind !== 'webhook');
  const said = (pieces: readonly (readonly Piece[])[]) =>
    pieces
      .map((list) => list.map(({ text }) => text).join(''))
      .join('\n')
      .replace(/[\u200b\u2068\u2069]/gu, '');

  test.each(visible)(
    '%s: title, publisher, country, grade, language, time, concepts, change',
    (_, channel) => {
      const event = testEvent({
        title: 'Північнокорейські солдати',
        lang: 'uk',
        publisher: 'Рада',
        country: 'UA',
      });
      const text = said(readPayload(channel, received(channel, event).body));
      for (const part of [
        'North Korean troop deployment',
        'First report',
        'Північнокорейські солдати',
        'Рада (Ukraine, grade B)',
        'Ukrainian',
        '2024-10-18 05:12 UTC',
        'North Korea · soldiers',
      ])
        expect(text).toContain(part);
    },
  );

  const marking = ['slack', 'discord', 'teams', 'telegram', 'mattermost', 'googlechat', 'matrix', 'email'];
  test.each(visible.filter(([, { kind }]) => marking.includes(kind)))(
    '%s: the words that matched are strong',
    (_, channel) => {
      const pieces = readPayload(channel, received(channel, testEvent()).body).flat();
      const strong = pieces.filter((piece) => piece.strong).map(({ text }) => text);
      expect(strong).toContain('North Korean');
      expect(strong).toContain('soldiers');
    },
  );

  test.each(visible)(
    '%s: a digest of a hundred names every alert, or says how many it leaves out',
    (_, channel) => {
      const alerts = Array.from({ length: 100 }, (_, at) =>
        testAlert({ id: `e_${at}`, title: `Report number ${at} of many` }),
      );
      const text = said(readPayload(channel, received(channel, testDigest(alerts)).body));
      const named = alerts.filter((_, at) =>
        new RegExp(`Report number ${at}(?!\\d)|Report number ${at}…`, 'u').test(text),
      ).length;
      if (named < 100) expect(text).toContain(`… and ${100 - named} more`);
      expect(named).toBeGreaterThanOrEqual(channel.kind === 'matrix' || channel.kind === 'slack' ? 40 : 100);
    },
  );

  test('mentions are in the corpus of hostile texts', () => {
    expect(MENTIONS.every((mention) => HOSTILE.includes(mention))).toBe(true);
  });
});
