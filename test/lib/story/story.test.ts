/** Stories: what joins, what changes, who is independent; whatever comes, in whatever order, they stay bounded and true. */

import { describe, expect, test } from 'vitest';
import { CONFIRM_DEFAULT } from '../../../lib/model/defaults.ts';
import { STORY_REPORTS_MAX } from '../../../lib/model/limits.ts';
import type { EntryFacts, Report } from '../../../lib/model/story.ts';
import { independentCount, repeatsOf, sourceGroups } from '../../../lib/story/independence.ts';
import { familiesOf, publisherKey, publisherOf } from '../../../lib/story/publisher.ts';
import { OpenStories, type StoryRule } from '../../../lib/story/story.ts';
import { wordsOf } from '../../../lib/story/words.ts';
import { testRule } from '../../fixtures/config.ts';
import fc from '../../property.ts';

const START = Date.UTC(2024, 9, 18);
const HOUR_MS = 3_600_000;
const RULE: StoryRule = {
  rule: testRule('nk').id,
  groupBy: 'story',
  confirm: CONFIRM_DEFAULT,
  titleOf: (id) => id,
};

function report(
  entry: string,
  change: Partial<Omit<Report, 'facts'>> & { text?: string; facts?: Partial<EntryFacts> } = {},
): Report {
  const { text = `report ${entry}`, facts, ...rest } = change;
  const at = change.at ?? START;
  return {
    entry,
    feed: null,
    url: null,
    title: text,
    seen: at,
    at,
    lang: 'en',
    publisher: `publisher of ${entry}`,
    family: null,
    country: null,
    grade: null,
    facts: {
      entities: [],
      concepts: [],
      agencies: [],
      ownAgency: null,
      figures: [],
      ...wordsOf(text, 96),
      names: [],
      ...facts,
    },
    ...rest,
  };
}

const sources = (...reports: Report[]) =>
  sourceGroups(reports).map((group) => group.reports.map(({ entry }) => entry));
const WIRE =
  'the spy service in Seoul said on Friday that fifteen hundred special forces were shipped to Vladivostok aboard landing ships';

describe('what a copy repeats', () => {
  const edges = (...reports: Report[]) =>
    [...repeatsOf(sourceGroups(reports))].map(([entry, { entry: of, why }]) => [entry, of, why.kind]);
  const agency = (name: string) => ({ facts: { agencies: [name] } });
  test.each([
    { name: 'nothing, of its own', reports: [report('a'), report('b')], found: [] },
    {
      name: 'the same words',
      reports: [report('a', { text: WIRE }), report('b', { text: WIRE })],
      found: [['b', 'a', 'text']],
    },
    {
      name: 'the agency that both credit',
      reports: [report('a', agency('yonhap')), report('b', agency('yonhap'))],
      found: [['b', 'a', 'agency']],
    },
    {
      name: 'the same publisher',
      reports: [report('a', { publisher: 'P' }), report('b', { publisher: 'P' })],
      found: [['b', 'a', 'publisher']],
    },
    {
      name: 'two that a later one ties together hang on that one',
      reports: [
        report('a', agency('yonhap')),
        report('b', { publisher: 'P' }),
        report('c', { publisher: 'P', ...agency('yonhap') }),
      ],
      found: [
        ['c', 'a', 'agency'],
        ['b', 'c', 'publisher'],
      ],
    },
  ])('$name', ({ reports, found }) => expect(edges(...reports)).toEqual(found));

  test('is a tree: every copy leads to the first of its group', () => {
    const some = fc.array(
      fc.record({
        publisher: fc.constantFrom('P', 'Q', 'R', null),
        agencies: fc.subarray(['yonhap', 'afp', 'tass']),
      }),
      { minLength: 1, maxLength: 9 },
    );
    fc.assert(
      fc.property(some, (all) => {
        const reports = all.map(({ publisher, agencies }, i) =>
          report(`e${i}`, { publisher, facts: { agencies } }),
        );
        const groups = sourceGroups(reports);
        const repeats = repeatsOf(groups);
        for (const group of groups) {
          const [root, ...copies] = group.reports.map(({ entry }) => entry);
          for (const copy of copies) {
            let at: string | undefined = copy;
            for (let steps = 0; at !== root && steps < 10; steps++) at = repeats.get(at ?? '')?.entry;
            expect(at).toBe(root);
          }
        }
        expect(repeats.size).toBe(reports.length - groups.length);
      }),
    );
  });
});

describe('who is independent', () => {
  test.each([
    { name: 'two publishers', reports: [report('a'), report('b')], groups: [['a'], ['b']] },
    {
      name: 'one publisher twice, however it is spelled',
      reports: [report('a', { publisher: 'Le Monde' }), report('b', { publisher: 'LE MONDE' })],
      groups: [['a', 'b']],
    },
    {
      name: 'a reprint',
      reports: [report('a', { text: WIRE }), report('b', { text: `Breaking: ${WIRE}` })],
      groups: [['a', 'b']],
    },
    {
      name: 'two that credit one agency',
      reports: [
        report('a', { facts: { agencies: ['afp'] } }),
        report('b', { facts: { agencies: ['afp', 'dpa'] } }),
      ],
      groups: [['a', 'b']],
    },
    {
      name: 'two of one family',
      reports: [report('a', { family: 'BBC' }), report('b', { family: 'BBC' })],
      groups: [['a', 'b']],
    },
    {
      name: 'an agency and who credits it',
      reports: [
        report('a', { facts: { ownAgency: 'yonhap' } }),
        report('b', { facts: { agencies: ['yonhap'] } }),
      ],
      groups: [['a', 'b']],
    },
    {
      name: 'a chain of copies',
      reports: [
        report('a', { text: WIRE }),
        report('b', { facts: { agencies: ['afp'] } }),
        report('c', { text: WIRE, facts: { agencies: ['afp'] } }),
      ],
      groups: [['a', 'b', 'c']],
    },
  ])('$name', ({ reports, groups }) => {
    expect(sources(...reports)).toEqual(groups);
  });

  test('an unknown publisher never counts', () => {
    const groups = sourceGroups([report('a', { publisher: null }), report('b')]);
    expect([groups.length, independentCount(groups, 'publisher')]).toEqual([2, 1]);
  });

  test('by country, each country counts once and an unknown one not at all', () => {
    const groups = sourceGroups([
      report('a', { country: 'KR' }),
      report('b', { country: 'KR' }),
      report('c'),
    ]);
    expect(independentCount(groups, 'country')).toBe(1);
  });
});

describe('a publisher', () => {
  test.each([
    [{ publisher: 'Yonhap', url: 'https://en.yna.co.kr/1' }, 'Yonhap'],
    [{ publisher: null, url: 'https://news.bbc.co.uk/1' }, 'bbc.co.uk'],
    [{ publisher: ' ', url: 'https://someone.blogspot.com/1' }, 'someone.blogspot.com'],
    [{ publisher: null, url: null }, null],
    [{ publisher: null, url: 'https://192.0.2.1/' }, null],
  ])('%j: %s', (entry, publisher) => {
    expect(publisherOf(entry)).toBe(publisher);
  });

  test('belongs to the family that the configuration names, by name or domain', () => {
    const familyOf = familiesOf({ BBC: ['BBC Persian', 'bbc.com'] });
    const of = (publisher: string | null, url: string | null) => familyOf({ publisher, url });
    expect([
      of('bbc persian', null),
      of(null, 'https://www.bbc.com/1'),
      of('BBC', null),
      of('Le Quai', null),
    ]).toEqual(['BBC', 'BBC', 'BBC', null]);
  });

  test('is the same in any case and spelling', () => {
    expect(publisherKey('Ｒｅｕｔｅｒｓ ')).toBe(publisherKey('reuters'));
  });
});

const anyReport = fc
  .record({
    event: fc.integer({ min: 0, max: 3 }),
    publisher: fc.option(fc.integer({ min: 0, max: 5 })),
    hours: fc.integer({ min: 0, max: 400 }),
    lang: fc.constantFrom('en', 'fr', 'ko', null),
    value: fc.integer({ min: 1, max: 20_000 }),
    isNews: fc.boolean(),
  })
  .map(({ event, publisher, hours, lang, value, isNews }) => ({
    isNews,
    make: (n: number) =>
      report(`e${n}`, {
        at: START + hours * HOUR_MS,
        lang,
        publisher: publisher === null ? null : `p${publisher}`,
        text: `event ${event} told in other words ${n}`,
        facts: {
          entities: [`place${event}`, 'north-korea'],
          concepts: [`deed${event}`],
          figures: [{ value, approximate: false, of: 'soldiers', by: null }],
        },
      }),
  }));

test('whatever comes: each report is in one story, a story is told first once, before all else, and ids stay', () => {
  fc.assert(
    fc.property(fc.array(anyReport, { maxLength: 40 }), (all) => {
      const open = new OpenStories(RULE, []);
      const told = new Map<string, string[]>();
      const placed = new Map<string, string>();
      for (const [n, { make, isNews }] of all.entries()) {
        for (const { story } of open.close(make(n).seen)) expect(placed.size, story.id).toBeGreaterThan(0);
        const { story, developments } = open.enter(make(n), isNews);
        placed.set(`e${n}`, story.id);
        told.set(story.id, [...(told.get(story.id) ?? []), ...developments.map(({ kind }) => kind)]);
        expect(story.reports.length).toBeLessThanOrEqual(STORY_REPORTS_MAX);
        if (!isNews) expect(developments).toEqual([]);
      }
      expect(placed.size).toBe(all.length);
      for (const kinds of told.values()) {
        expect(kinds.filter((kind) => kind === 'first').length).toBeLessThanOrEqual(1);
        expect(kinds.filter((kind) => kind === 'confirmed').length).toBeLessThanOrEqual(1);
        if (kinds.length > 0) expect(kinds[0]).toBe('first');
      }
    }),
    { numRuns: 200 },
  );
});

test('a story of a thousand reports keeps its beginning, its newest reports and its count', () => {
  const open = new OpenStories({ ...RULE, groupBy: 'story' }, []);
  let last = open.enter(report('e0', { text: WIRE }), true);
  for (let n = 1; n < 1_000; n++)
    last = open.enter(report(`e${n}`, { text: WIRE, at: START + n * 1_000 }), true);
  expect(last.story.count).toBe(1_000);
  expect(last.story.reports).toHaveLength(STORY_REPORTS_MAX);
  expect(last.story.reports[0]?.entry).toBe('e0');
  expect(last.story.reports.at(-1)?.entry).toBe('e999');
});

test('a flood of others does not make the same text news again', () => {
  const open = new OpenStories(RULE, []);
  const first = open.enter(report('e0', { text: WIRE }), true);
  for (let n = 0; n < 1_000; n++)
    open.enter(
      report(`other${n}`, { text: `harvest${n} of town${n} sold at market${n}`, at: START + n }),
      true,
    );
  const again = open.enter(
    report('e1', { text: WIRE, at: START + HOUR_MS, publisher: 'publisher of e0' }),
    true,
  );
  expect(again.story.id).toBe(first.story.id);
  expect(again.developments).toEqual([]);
  const later = report('e2', { text: WIRE, at: START + 80 * HOUR_MS });
  expect(open.enter(later, true).story.id).not.toBe(first.story.id);
});

test('a figure is news from a fifth above the largest, of the same thing', () => {
  const open = new OpenStories(RULE, []);
  const enter = (n: number, value: number, of: string | null = 'soldiers') =>
    open
      .enter(
        report(`e${n}`, {
          text: WIRE,
          publisher: `p${n}`,
          at: START + n,
          facts: { figures: [{ value, approximate: false, of, by: 'zelensky' }] },
        }),
        true,
      )
      .developments.filter(({ kind }) => kind === 'figure').length;
  expect([
    enter(0, 1_500),
    enter(1, 1_700),
    enter(2, 2_100),
    enter(3, 10_000),
    enter(4, 12_000),
    enter(5, 11_000),
    enter(6, 90_000, 'casualties'),
  ]).toEqual([0, 0, 1, 1, 1, 0, 0]);
});
