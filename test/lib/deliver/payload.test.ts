/** Payloads keep to their platform's limits, and feed text never becomes markup, a mention or a spoofed link. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consoleText } from '../../../lib/deliver/payload/console.ts';
import { cutText } from '../../../lib/deliver/payload/cut.ts';
import { discordBody } from '../../../lib/deliver/payload/discord.ts';
import { slackBody } from '../../../lib/deliver/payload/slack.ts';
import { webhookBody } from '../../../lib/deliver/payload/webhook.ts';
import { testAlert, testDigest, testEvent } from '../../fixtures/event.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(
    '@everyone <!channel> <@U123> <https://evil.example|bank>',
    '[bank](https://evil.example) **x** `y`',
    '🇰🇵'.repeat(3000),
  ),
);
const anyEvent = fc
  .array(fc.record({ title: anyText, summary: anyText, publisher: anyText }), { minLength: 1, maxLength: 15 })
  .map((entries) =>
    entries.length === 1
      ? testEvent(entries[0])
      : testDigest(
          entries.map((entry) => testAlert(entry)),
          7,
        ),
  );

describe('webhook', () => {
  test('is the event itself', () => {
    expect(JSON.parse(webhookBody(testEvent()))).toEqual(testEvent());
  });
});

interface SlackMessage {
  readonly text: string;
  readonly blocks: [
    { text: { text: string } },
    { elements: { elements: { type: string; text: string; url?: string }[] }[] },
  ];
}

describe('slack', () => {
  const message = (event: Parameters<typeof slackBody>[0]): SlackMessage =>
    JSON.parse(slackBody(event)) as SlackMessage;

  test('keeps the limits of blocks and of a message', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const { text, blocks } = message(event);
        expect(text.length).toBeLessThanOrEqual(3000);
        expect(blocks[0].text.text.length).toBeLessThanOrEqual(150);
        for (const { elements } of blocks[1].elements)
          for (const { text } of elements) expect(text.length).toBeLessThanOrEqual(3000);
        expect(slackBody(event).length).toBeLessThan(30_000);
      }),
    );
  });

  test('no mention or link can form in the fallback text', () => {
    const { text } = message(testEvent({ title: '<!channel> & <@U1> <https://evil.example|bank>' }));
    expect(text).not.toMatch(/[<>]/);
  });

  test('an address that is no web address is shown as text', () => {
    const [first] = message(testEvent({ url: 'javascript:alert(1)' })).blocks[1].elements[0]?.elements ?? [];
    expect(first).toMatchObject({ type: 'text', text: 'North Korean soldiers arrive' });
  });

  test('a digest says how many it does not show', () => {
    const alerts = Array.from({ length: 13 }, () => testAlert());
    expect(slackBody(testDigest(alerts, 30))).toContain('… and 33 more');
  });
});

interface DiscordMessage {
  readonly content: string;
  readonly allowed_mentions: { parse: string[] };
  readonly embeds: { title: string; description: string; url?: string; footer: { text: string } }[];
}

describe('discord', () => {
  const message = (event: Parameters<typeof discordBody>[0]): DiscordMessage =>
    JSON.parse(discordBody(event)) as DiscordMessage;

  test('keeps the limits of embeds and of a message', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const { content, embeds, allowed_mentions } = message(event);
        expect(allowed_mentions).toEqual({ parse: [] });
        expect(content.length).toBeLessThanOrEqual(2000);
        expect(embeds.length).toBeLessThanOrEqual(10);
        for (const embed of embeds) expect(embed.title.length).toBeLessThanOrEqual(256);
        const sum = embeds.reduce(
          (total, { title, description, footer }) =>
            total + title.length + description.length + footer.text.length,
          0,
        );
        expect(sum).toBeLessThanOrEqual(6000);
      }),
    );
  });

  test('markdown of a title is escaped, a mention is broken', () => {
    const [embed] = message(testEvent({ title: '[bank](https://evil.example) **now** @everyone' })).embeds;
    expect(embed?.title).toBe('\\[bank\\]\\(https://evil.example\\) \\*\\*now\\*\\* @\u200beveryone');
  });
});

describe('console', () => {
  test('one line an alert, whatever the title holds', () => {
    expect(consoleText(testEvent({ title: 'a\nb\u001b[31m\u202ec' }))).toBe(
      'ALERT [high] nk-troop-deployment: a b[31mc — Harbour Post (en) · 2024-10-18 05:12 UTC https://www.example.org/1',
    );
  });
});

describe('cutting', () => {
  test('never leaves half a grapheme', () => {
    expect(cutText('👩‍👩‍👧👩‍👩‍👧', 10)).toBe('👩‍👩‍👧…');
  });
  test('keeps within the limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, max) => {
        expect(cutText(text, max).length).toBeLessThanOrEqual(Math.max(max, 1));
      }),
    );
  });
});
