/** Verdicts of foreign code on what we send: Discord's builders, Adaptive Cards' parser, CloudEvents' validator. */
import { EmbedBuilder } from '@discordjs/builders';
// @ts-expect-error: the package's own types need a browser's
import adaptivecards from 'adaptivecards/dist/adaptivecards.js';
import { type CloudEvent, HTTP } from 'cloudevents';
import { expect, test } from 'vitest';
import type { AlertEvent } from '../../../lib/model/alert.ts';
import { anyEvent } from '../../fixtures/any-event.ts';
import { payloadOf, testChannel } from '../../fixtures/channels.ts';
import { testAlert, testEvent } from '../../fixtures/event.ts';
import fc, { runsOr } from '../../property.ts';

const RUNS = runsOr(60);

interface Parser {
  readonly AdaptiveCard: new () => { parse(card: unknown, context: unknown): void; getItemCount(): number };
  readonly SerializationContext: new () => {
    readonly eventCount: number;
    getEventAt(at: number): { readonly message: string };
  };
}
/** Its types need a browser's. */
const { AdaptiveCard, SerializationContext } = adaptivecards as unknown as Parser;

const bodyOf = (kind: 'discord' | 'teams' | 'webhook', event: AlertEvent, change = {}) => {
  const channel = testChannel(kind, change);
  return payloadOf(channel).request(channel as never, { id: 'msg_1', event });
};

interface Embed {
  readonly title?: string;
  readonly url?: string;
  readonly description: string;
  readonly color: number;
}

/** Its setters judge. */
function built({ title, url, description, color }: Embed): unknown {
  const embed = new EmbedBuilder().setDescription(description).setColor(color);
  return embed
    .setTitle(title ?? null)
    .setURL(url ?? null)
    .toJSON();
}

test('@discordjs/builders takes every embed', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      const { embeds } = JSON.parse(bodyOf('discord', event).body) as { embeds: Embed[] };
      for (const embed of embeds) expect(built(embed)).toMatchObject(embed);
    }),
    { numRuns: RUNS },
  );
});

test('@discordjs/builders can refuse', () => {
  const embed = { description: 'x', color: 0 };
  expect(() => built({ ...embed, title: 'x'.repeat(257) })).toThrow();
  expect(() => built({ ...embed, description: 'x'.repeat(4097) })).toThrow();
  expect(() => built({ ...embed, url: 'javascript:alert(1)' })).toThrow();
});

function cardFaults(card: unknown): string[] {
  const context = new SerializationContext();
  new AdaptiveCard().parse(card, context);
  return Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message);
}

test('Adaptive Cards parses every card without a word', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      const { attachments } = JSON.parse(bodyOf('teams', event).body) as {
        attachments: { content: { body: unknown[] } }[];
      };
      const content = attachments[0]?.content;
      expect(cardFaults(content)).toEqual([]);
      const card = new AdaptiveCard();
      card.parse(content, new SerializationContext());
      expect(card.getItemCount(), 'no element was dropped').toBe(content?.body.length);
    }),
    { numRuns: RUNS },
  );
});

test('Adaptive Cards can refuse', () => {
  const body = [{ type: 'NoSuchBlock' }, { type: 'TextBlock', text: 'x', size: 'enormous' }];
  expect(cardFaults({ type: 'AdaptiveCard', version: '1.4', body })).not.toEqual([]);
});

test('cloudevents takes every event in structured mode', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      const { headers, body } = bodyOf('webhook', event, { format: 'cloudevents' });
      const read = HTTP.toEvent({ headers: Object.fromEntries(headers), body }) as CloudEvent<unknown>;
      expect(read.validate()).toBe(true);
      expect(read).toMatchObject({
        id: 'msg_1',
        source: '/vigie/desk',
        type: `vigie.${event.type}`,
        time: event.timestamp,
      });
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_536);
    }),
    { numRuns: RUNS },
  );
});

test('cloudevents has room for every event, however long the names in it are', () => {
  const long = '북한군'.repeat(30_000);
  const alert = testAlert({ publisher: long, concepts: [long, ...Array(500).fill('soldiers')] });
  const figure = { value: 1, approximate: false, of: 'soldiers', by: long, title: long } as never;
  const data = { ...alert, figures: Array(20).fill(figure), title: long };
  const { body } = bodyOf('webhook', { ...testEvent(), data } as AlertEvent, { format: 'cloudevents' });
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_536);
});

test('cloudevents can refuse', () => {
  const body = JSON.stringify({ specversion: '1.0', id: 'a', source: '', type: '' });
  const headers = { 'content-type': 'application/cloudevents+json' };
  expect(() => (HTTP.toEvent({ headers, body }) as CloudEvent<unknown>).validate()).toThrow();
});
