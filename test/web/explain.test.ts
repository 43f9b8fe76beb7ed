/** Verdicts of a trace, ways of a clause, distances, trees of copies: what the pages conclude from what the API says. */
import { describe, expect, test } from 'vitest';
import type { EntryTrace } from '../../lib/api/archive.ts';
import { sentEntry } from '../../lib/api/archive-line.ts';
import type { DeliveryWithLog } from '../../lib/api/deliveries.ts';
import type { Development, RuleTrace } from '../../lib/api/parts.ts';
import { readConfig } from '../../lib/config/document/config.ts';
import { compileRules } from '../../lib/match/compile/compile.ts';
import { explain } from '../../lib/match/run/explain.ts';
import { loadRules } from '../../lib/match/run/load.ts';
import type { EntryText } from '../../lib/model/entry.ts';
import { isoTime } from '../../lib/model/time.ts';
import { messagesOf } from '../../web/pages/story/alerts.tsx';
import { type Entry, originsOf, repeatWords } from '../../web/pages/story/origins.ts';
import { axisOf, percentOn, ticksOf } from '../../web/pages/story/time-axis.ts';
import { wordsBetween } from '../../web/pages/trace/distance.ts';
import { verdictOf } from '../../web/pages/trace/verdict.ts';
import { narrowestMiss, waysOf } from '../../web/pages/trace/ways.ts';
import { marksOf, partsOf } from '../../web/text/marks.ts';
import { decisionWords } from '../../web/text/wording.ts';

const SEEN = Date.parse('2024-10-18T14:20:00Z');
const TITLE =
  'Pyongyang garde le silence après les déclarations de Kiev, Séoul et Washington au sujet de l’envoi de soldats';

const CONFIG = `version: 1
entities: { korea: { terms: [Pyongyang] } }
concepts: { soldiers: { terms: ["soldat*1"] }, sending: { terms: [envoi] }, games: { terms: [match] } }
feeds: [{ id: large, url: "https://large.example.org/feed" }]
rules:
  - id: troops
    query: (@korea NEAR/8 @soldiers AND @sending) OR (@korea AND @games)
`;

const { config, problems } = readConfig(CONFIG, { hasVariable: null, floorMs: 0 });
if (config === null) throw new Error(`the configuration of this test is wrong: ${problems[0]?.message}`);
const { binary } = await compileRules(config);
const own = config.lists;

/** As the Worker explains it. */
function traceOf(change: Partial<EntryTrace> = {}, title = TITLE): EntryTrace {
  const entry: EntryText = {
    id: 'e_1',
    title,
    summary: '',
    content: '',
    url: null,
    lang: 'fr',
    publisher: 'Le Journal du Large',
    country: 'FR',
    feed: 'large',
    authors: [],
    tags: [],
    published: SEEN - 240_000,
  };
  const found = binary === null ? null : explain(loadRules(binary), entry, 'troops');
  const rules: RuleTrace[] = found === null ? [] : [{ ...found, id: 'troops', title: 'Troops' }];
  const lists = own.map(({ id, kind }) => ({
    id,
    title: id,
    kind,
    country: null,
    counted: id === 'soldiers' ? id : null,
  }));
  return {
    seen: isoTime(SEEN),
    entry: sentEntry(entry),
    stories: [],
    developments: [],
    deliveries: [],
    version: 'abc',
    rules,
    lists,
    ...change,
  };
}

const record = (decision: string, kind: Development['kind'] = 'first'): Development => ({
  at: isoTime(SEEN),
  rule: 'troops',
  story: 's_1',
  entry: 'e_1',
  kind,
  decision,
});
const delivery = (state: DeliveryWithLog['state'], channel = 'desk'): DeliveryWithLog => ({
  id: `msg_${state}`,
  channel,
  type: 'alert.first',
  rule: 'troops',
  title: 'Troops',
  created: isoTime(SEEN),
  state,
  reason: null,
  due: null,
  settled: null,
  attempts: 0,
  log: [],
});

test.each<[string, Partial<EntryTrace>, RegExp, string | null]>([
  ['no rule matched', {}, /no alert: no rule matched\./, 'rules'],
  ['no configuration', { version: null, rules: [] }, /no configuration is active/, 'rules'],
  [
    'delivered',
    { developments: [record('send')], deliveries: [delivery('delivered')] },
    /raised an alert \(first\), delivered to desk\./,
    null,
  ],
  [
    'waits',
    { developments: [record('send')], deliveries: [delivery('pending')] },
    /is waiting for desk/,
    null,
  ],
  [
    'dead',
    { developments: [record('send')], deliveries: [delivery('delivered'), delivery('dead', 'archive')] },
    /could not be delivered to archive/,
    'deliveries',
  ],
  ['queued', { developments: [record('queued:quiet')] }, /is queued/, null],
  ['muted', { developments: [record('muted:story')] }, /no alert: the story is muted/, 'alert'],
  [
    'not asked for',
    { developments: [record('not-asked', 'language')] },
    /does not alert on this \(language\)/,
    'alert',
  ],
  ['a copy', { stories: [{ id: 's_1', rule: 'troops' }] }, /joined a story without changing it/, 'alert'],
  ['too old', { seen: isoTime(SEEN + 8 * 86_400_000) }, /too old when it was first seen/, 'new'],
])('verdict: %s', (_, change, outcome, stopped) => {
  const verdict = verdictOf(traceOf(change));
  expect(verdict.outcome).toMatch(outcome);
  expect(verdict.stopped).toBe(stopped);
});

test('a rule that matches now but told nothing is said to have come later', () => {
  expect(verdictOf(traceOf({}, 'Pyongyang joue un match')).outcome).toMatch(/though Troops matches it now/);
});

describe('a failing clause', () => {
  const [rule] = traceOf().rules;
  const clause = rule?.clauses[rule.failed ?? 0]?.shortfall?.fails ?? '';
  test('draws the distance that the matcher counted', () => {
    const miss = narrowestMiss(clause, rule?.hits ?? [], (left, right) => wordsBetween(TITLE, left, right));
    expect(miss).toMatchObject({ allowed: 8, text: '@korea NEAR/8 @soldiers' });
    // The same words with as many between as the rule allows do match: the count is the matcher's own.
    const between = miss?.between ?? 0;
    const words = TITLE.split(/(?<= )/);
    const closer = words.toSpliced(1, between - 8).join('');
    expect(traceOf({}, closer).rules[0]?.matched, closer).toBe(true);
    expect(traceOf({}, words.toSpliced(1, between - 9).join('')).rules[0]?.matched).toBe(false);
  });
});

test.each([
  ['@a OR @b', ['@a', '@b']],
  ['(@a OR @b)', ['@a', '@b']],
  ['((@a OR @b) AND @c)', ['(@a OR @b) AND @c']],
  ['(@a) OR ("x OR y" AND @b)', ['@a', '"x OR y" AND @b']],
  ['(@a OR @b) AND (@c OR @d)', ['(@a OR @b) AND (@c OR @d)']],
])('%s has the ways %j', (clause, ways) => expect(waysOf(clause)).toEqual(ways));

test('marks and parts are those of the spans that count', () => {
  const trace = traceOf({}, 'Pyongyang : envoi de soldats');
  const rule = trace.rules[0]!;
  expect(rule.matched).toBe(true);
  expect(
    marksOf(rule, trace.lists)
      .title.map(({ style }) => style)
      .sort(),
  ).toEqual(['concept', 'counted', 'entity']);
  expect(partsOf(trace, rule).map(({ id, words }) => [id, ...words])).toContainEqual(['soldiers', 'soldats']);
});

const entry = (id: string, at: number, repeats: Entry['repeats'] = null): Entry => ({
  id,
  at: isoTime(at),
  seen: isoTime(at),
  repeats,
  feed: null,
  url: null,
  title: id,
  lang: null,
  publisher: id,
  country: null,
  grade: null,
  credits: [],
  figures: [],
});
const same = (of: string): Entry['repeats'] => ({ entry: of, why: { kind: 'text', share: 0.934 } });

test('copies of copies hang on the report that began it', () => {
  const origins = originsOf([
    entry('c', 30, same('b')),
    entry('a', 10),
    entry('b', 20, same('a')),
    entry('z', 5),
  ]);
  expect(origins.map(({ entry: { id }, copies }) => [id, ...copies.map((copy) => copy.id)])).toEqual([
    ['z'],
    ['a', 'b', 'c'],
  ]);
});
test('a copy of what is no longer kept stands for itself', () => {
  expect(originsOf([entry('b', 20, same('gone'))]).map(({ entry: { id } }) => id)).toEqual(['b']);
});
test.each([
  [{ kind: 'text', share: 0.934 } as const, '93 % of words the same'],
  [{ kind: 'agency', agency: 'Harbour Wire' } as const, 'credits Harbour Wire'],
  [{ kind: 'publisher' } as const, 'the same publisher'],
])('%j reads %s', (why, words) => expect(repeatWords({ entry: 'a', why })).toBe(words));

test('deliveries of one moment and kind are one alert', () => {
  const of = [
    delivery('delivered', 'desk'),
    delivery('pending', 'archive'),
    { ...delivery('dead'), created: isoTime(SEEN - 1) },
  ];
  expect(
    messagesOf(of)
      .get('alert.first')
      ?.map((group) => group.map(({ channel }) => channel)),
  ).toEqual([['archive', 'desk'], ['desk']]);
});

test.each([
  ['send', { sent: true, text: 'Alert to desk' }],
  ['queued:quiet', { sent: true, text: 'Queued until quiet hours end' }],
  ['queued:digest', { sent: true, text: 'Queued for the digest' }],
  ['queued:budget', { sent: true, text: 'Queued: the rule has reached its limit of alerts for this hour' }],
  ['queued:group', { sent: true, text: 'Queued briefly, to be sent together with related alerts' }],
  ['queued:something-new', { sent: true, text: 'Queued' }],
  ['muted:rule', { sent: false, text: 'Not sent: the rule is muted' }],
  ['muted:story', { sent: false, text: 'Not sent: the story is muted' }],
  ['muted:publisher', { sent: false, text: 'Not sent: the publisher is muted' }],
  ['test-mode', { sent: false, text: 'Not sent: the rule is in test mode' }],
  ['not-asked', { sent: false, text: 'Not sent: this rule only alerts on first report and confirmation' }],
  ['something-new', { sent: false, text: 'something-new' }],
])('%s reads as %j', (decision, words) => {
  expect(decisionWords(decision, { alertOn: ['first', 'confirmed'], channels: ['desk'] })).toEqual(words);
});

test('without a channel no alert can be sent', () => {
  const none = { alertOn: ['first'] as const, channels: [] };
  expect(decisionWords('send', none)).toEqual({ sent: true, text: 'Alert sent' });
  expect(decisionWords('not-asked', none)).toEqual({
    sent: false,
    text: 'Not sent: the rule has no channel',
  });
});

describe('a time axis', () => {
  const HOUR = 3_600_000;
  test.each([
    [0.1, /\d\d:\d\d/],
    [5, /\d\d:00/],
    [34, /:00|Oct/],
    [700, /Oct|Nov/],
  ])('of %d hours has a few round ticks within it', (hours, label) => {
    const axis = axisOf([SEEN, SEEN + hours * HOUR]);
    const ticks = ticksOf(axis, 'utc');
    expect(ticks.length).toBeGreaterThan(0);
    expect(ticks.length).toBeLessThanOrEqual(8);
    for (const { at, label: words } of ticks) {
      expect(percentOn(axis, at)).toBeGreaterThanOrEqual(0);
      expect(percentOn(axis, at)).toBeLessThanOrEqual(100);
      expect(words).toMatch(label);
    }
  });
});
