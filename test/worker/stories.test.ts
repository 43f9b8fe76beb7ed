/** Stories on the real desk in workerd: one alert for one story, and another only when something changed. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Alert, AlertEvent } from '../../lib/model/alert.ts';
import { STORIES_OPEN_MAX } from '../../lib/model/limits.ts';
import { query, type Row, wipeDesk } from './desk.ts';
import { desk, MINUTE_MS, Newsroom, publish, TestSeen, tick } from './newsroom.ts';

const HOUR_MS = 60 * MINUTE_MS;
const START = Date.UTC(2024, 9, 18, 6);
let clock = START;
let newsroom: Newsroom;
let seen: TestSeen;

interface Outlet {
  readonly id: string;
  readonly lang: string;
  readonly publisher: string;
  readonly country: string;
}

const OUTLETS: readonly Outlet[] = [
  { id: 'hb', lang: 'en', publisher: 'Harbour Post', country: 'GB' },
  { id: 'qu', lang: 'fr', publisher: 'Le Quai', country: 'FR' },
  { id: 'hg', lang: 'ko', publisher: 'Hangang Ilbo', country: 'KR' },
  { id: 'dv', lang: 'uk', publisher: 'Dnipro Visti', country: 'UA' },
  { id: 'ha', lang: 'de', publisher: 'Hafenblatt', country: 'DE' },
  { id: 'fa', lang: 'es', publisher: 'El Faro', country: 'ES' },
];

/** Rule: North Korean soldiers. `more` goes into the rule, `notify` into its notify. */
async function watch(notify = 'on: [first, confirmed, figure]', more = ''): Promise<void> {
  const feeds = OUTLETS.map(
    ({ id, lang, publisher, country }) =>
      `  - { id: ${id}, url: "https://${id}.example.org/feed", every: 5m, lang: ${lang}, publisher: ${publisher}, country: ${country} }`,
  );
  await publish(`version: 1
feeds:
${feeds.join('\n')}
use: [countries, military]
rules:
  - id: nk
    title: North Korean soldiers
    severity: high
    query: "(@north-korea NEAR/8 @soldiers) OR @north-korean-army"
    ${more}
    notify: { to: [log], ${notify} }
channels:
  log: { kind: console }
`);
  for (const { id } of OUTLETS) newsroom.list(id);
  await later(0);
}

/** Ticks so that every feed has been asked. */
async function later(ms: number): Promise<void> {
  clock += ms;
  for (let i = 0; i < 2; i++) {
    clock += 10 * MINUTE_MS;
    await tick(clock, newsroom, seen);
  }
}

let guid = 0;
async function report(outlet: string, title: string, summary = ''): Promise<void> {
  newsroom.list(outlet, { guid: `g${guid++}`, title, summary, at: clock });
  await later(0);
}

interface OutboxRow extends Row {
  readonly id: string;
  readonly event: string;
}

async function events(): Promise<AlertEvent[]> {
  const rows = await query<OutboxRow>('SELECT id, event FROM outbox ORDER BY seq');
  return rows.map(({ event }) => JSON.parse(event) as AlertEvent);
}

const alertsIn = (event: AlertEvent): readonly Alert[] =>
  event.type === 'alert.digest' ? event.data.alerts : 'rule' in event.data ? [event.data] : [];
const kinds = async () => (await events()).map(({ type }) => type);
const lastAlert = async (): Promise<Alert> => (await events()).flatMap(alertsIn).at(-1)!;

beforeEach(async () => {
  await wipeDesk();
  newsroom = new Newsroom();
  seen = new TestSeen();
  clock = START;
});

const FIRST = [
  'North Korea sends 1,500 soldiers to Russia',
  'Special forces were shipped to Vladivostok, Seoul says.',
] as const;
const SECOND = [
  'La Corée du Nord a envoyé 1 500 soldats en Russie',
  'Des forces spéciales sont arrivées par bateau à Vladivostok, selon Séoul.',
] as const;

describe('the story of October 2024', () => {
  test('is told first, confirmed, and when its figures rise; not otherwise', async () => {
    await watch();
    await report('hb', ...FIRST);
    expect(await kinds()).toEqual(['alert.first']);
    await report('qu', ...SECOND);
    expect(await kinds()).toEqual(['alert.first', 'alert.confirmed']);
    await report('dv', 'Зеленський: КНДР готує 10 тисяч солдатів для війни на боці Росії');
    await report(
      'hg',
      '북한군 1만2천명 러시아 파병',
      '국정원은 특수부대가 블라디보스토크로 이동했다고 밝혔다.',
    );
    await report(
      'ha',
      'Nordkorea schickt Soldaten nach Russland',
      'Seoul spricht von 1500 Soldaten der Spezialkräfte.',
    );
    expect(await kinds()).toEqual(['alert.first', 'alert.confirmed', 'alert.figure', 'alert.figure']);
    const last = await lastAlert();
    expect(last).toMatchObject({ independent: 4, reports: 4, languages: ['en', 'fr', 'uk', 'ko'] });
    expect(last.figures.map(({ value }) => value)).toEqual([12_000, 10_000, 1_500, 1_500]);
    expect(new Set((await events()).flatMap(alertsIn).map(({ story }) => story)).size).toBe(1);
  });

  test('in test mode is recorded and nothing is sent; alerts come once the rule is switched on', async () => {
    await watch(undefined, 'test_mode: true');
    await report('hb', ...FIRST);
    expect(await kinds()).toEqual([]);
    const told = () =>
      query<{ kind: string; decision: string } & Row>(
        "SELECT kind, decision FROM development WHERE decision <> 'not-asked' ORDER BY seq",
      );
    expect(await told()).toEqual([{ kind: 'first', decision: 'test-mode' }]);
    await watch();
    await report('qu', ...SECOND);
    expect(await kinds()).toEqual(['alert.confirmed']);
    expect(await told()).toEqual([
      { kind: 'first', decision: 'test-mode' },
      { kind: 'confirmed', decision: 'send' },
    ]);
  });

  test('twelve reprints of one wire are one source', async () => {
    await watch();
    const wire =
      'Special forces of North Korea were shipped to Vladivostok aboard Russian landing ships, the spy service in Seoul said on Friday';
    for (let n = 0; n < 12; n++)
      await report(
        OUTLETS[n % OUTLETS.length]!.id,
        `North Korean soldiers at sea, ${n % 2 === 0 ? 'Seoul' : 'a service'} says`,
        `${wire}. (Reuters)`,
      );
    expect(await kinds()).toEqual(['alert.first']);
    const [row] = await query<{ data: string } & Row>('SELECT data FROM story');
    expect((JSON.parse(row!.data) as { count: number }).count).toBe(12);
  });

  test('two events are two stories', async () => {
    await watch();
    await report('hb', ...FIRST);
    await later(30 * HOUR_MS);
    await report(
      'dv',
      'Двох північнокорейських солдатів взяли в полон на Курщині',
      'СБУ показала відео допиту полонених.',
    );
    expect(await kinds()).toEqual(['alert.first', 'alert.first']);
  });

  test('closes after three quiet days, and says so where it is asked to', async () => {
    await watch('on: [first, closed]');
    await report('hb', ...FIRST);
    await later(71 * HOUR_MS);
    expect(await kinds()).toEqual(['alert.first']);
    await later(2 * HOUR_MS);
    expect(await kinds()).toEqual(['alert.first', 'alert.closed']);
    await later(80 * HOUR_MS);
    expect(await kinds()).toHaveLength(2);
  });
});

test('a flood of others does not make a report news again that comes back under another name', async () => {
  await publish(`version: 1
feeds:
  - { id: hb, url: "https://hb.example.org/feed", every: 5m, lang: en, publisher: Harbour Post }
rules:
  - { id: ships, title: Ships, query: ship*, notify: { to: [log], per_hour: 1000 } }
channels:
  log: { kind: console }
`);
  newsroom.list('hb');
  await later(0);
  await report('hb', 'A ship with a red funnel ran aground off the northern breakwater');
  for (let batch = 0; batch < 8; batch++) {
    const others = Array.from({ length: 50 }, (_, n) => ({
      guid: `o${batch}-${n}`,
      title: `ship${batch * 50 + n} carries cargo${n}x${batch} to harbour${n}y${batch}`,
      at: clock,
    }));
    newsroom.listed.set('hb', others);
    await later(0);
  }
  const [before] = await query<{ n: number } & Row>('SELECT count(*) AS n FROM story');
  expect(before!.n).toBeGreaterThan(STORIES_OPEN_MAX);
  await report('hb', 'A ship with a red funnel ran aground off the northern breakwater');
  expect(await query('SELECT count(*) AS n FROM story')).toEqual([before]);
  const [grounded] = await query<{ n: number } & Row>(
    "SELECT count(*) AS n FROM development WHERE story = (SELECT id FROM story WHERE data LIKE '%funnel%') AND kind = 'first'",
  );
  expect(grounded!.n).toBe(1);
});

describe('what was listed before', () => {
  test('begins a story without a word; the next report is its first', async () => {
    newsroom.list('hb', { guid: 'old', title: FIRST[0], summary: FIRST[1], at: START - HOUR_MS });
    await watch();
    expect(await kinds()).toEqual([]);
    await report('qu', ...SECOND);
    expect(await kinds()).toEqual(['alert.first', 'alert.confirmed']);
    expect((await lastAlert()).reports).toBe(2);
  });
});

describe('confirmation', () => {
  test.each([
    { name: 'by two publishers', confirm: 'confirm: { sources: 2 }', confirmed: true },
    { name: 'by three, where there are two', confirm: 'confirm: { sources: 3 }', confirmed: false },
    { name: 'by two countries', confirm: 'confirm: { sources: 2, independent: country }', confirmed: true },
    {
      name: 'in three languages, where there are two',
      confirm: 'confirm: { sources: 2, languages: 3 }',
      confirmed: false,
    },
    {
      name: 'within ten minutes, where it took twenty',
      confirm: 'confirm: { sources: 2, within: 10m }',
      confirmed: false,
    },
  ])('$name', async ({ confirm, confirmed }) => {
    await watch('on: [confirmed]', confirm);
    await report('hb', ...FIRST);
    await report('qu', ...SECOND);
    expect(await kinds()).toEqual(confirmed ? ['alert.confirmed'] : []);
  });
});

describe('an alert that waits', () => {
  test('for the end of quiet hours comes as one message with what came meanwhile', async () => {
    await watch('on: [first, confirmed], quiet: "06:00-12:00"');
    await report('hb', ...FIRST);
    await report('qu', ...SECOND);
    expect(await kinds()).toEqual([]);
    await later(6 * HOUR_MS);
    expect(await kinds()).toEqual(['alert.digest']);
    expect((await events()).flatMap(alertsIn).map(({ development }) => development)).toEqual([
      'first',
      'confirmed',
    ]);
  });

  test('alone for the end of quiet hours comes as itself', async () => {
    await watch('on: [first], quiet: "06:00-12:00"');
    await report('hb', ...FIRST);
    await later(6 * HOUR_MS);
    expect(await kinds()).toEqual(['alert.first']);
  });

  test('for its digest', async () => {
    await watch('on: [first, confirmed], digest: "daily 09:00"');
    await report('hb', ...FIRST);
    expect(await kinds()).toEqual([]);
    await later(3 * HOUR_MS);
    expect(await kinds()).toEqual(['alert.digest']);
  });

  test('for company: one message with the entries of all', async () => {
    await watch('on: [first, confirmed], group_wait: 2h');
    await report('hb', ...FIRST);
    await report('qu', ...SECOND);
    await later(2 * HOUR_MS);
    expect(await kinds()).toEqual(['alert.first']);
    expect((await lastAlert()).entries).toHaveLength(2);
  });

  test('because the hour is used up: a digest names all of them', async () => {
    await watch('on: [first], group_by: none, per_hour: 3');
    const many = Array.from({ length: 40 }, (_, n) => ({
      guid: `m${n}`,
      title: `North Korean soldiers: report ${n} of the day`,
      at: clock + n,
    }));
    newsroom.list('hb', ...many);
    await later(0);
    expect(await kinds()).toEqual(['alert.first', 'alert.first', 'alert.first']);
    await later(HOUR_MS);
    expect((await kinds()).slice(3)).toEqual(['alert.digest']);
    const told = (await events())
      .flatMap(alertsIn)
      .flatMap(({ entries }) => entries.map(({ title }) => title));
    expect(new Set(told).size).toBe(40);
  });
});

describe('a mute', () => {
  test.each([
    { scope: 'rule', target: 'nk' },
    { scope: 'publisher', target: 'harbour post' },
  ] as const)('of a $scope holds until it ends; the story is told then', async ({ scope, target }) => {
    await watch('on: [first]');
    await desk()
      .stories()
      .mute({ scope, target, until: clock + 2 * HOUR_MS, endsOn: null, reason: null });
    await report('hb', ...FIRST);
    expect(await kinds()).toEqual([]);
    const [note] = await query<{ decision: string } & Row>('SELECT decision FROM development');
    expect(note?.decision).toBe(`muted:${scope}`);
  });
});

test('a mute until a larger figure ends with that figure, which is told; a smaller one leaves it', async () => {
  await watch('on: [first, confirmed, figure]');
  await report('hb', ...FIRST);
  const { story } = await lastAlert();
  await desk()
    .stories()
    .mute({
      scope: 'story',
      target: story,
      until: clock + 365 * 24 * HOUR_MS,
      endsOn: 'figure',
      reason: null,
    });
  await report('qu', ...SECOND);
  expect(await kinds()).toEqual(['alert.first']);
  expect(await desk().stories().mutes()).toHaveLength(1);
  await report('dv', 'Зеленський: КНДР готує 10 тисяч солдатів для війни на боці Росії');
  expect(await kinds()).toEqual(['alert.first', 'alert.figure']);
  expect(await desk().stories().mutes()).toEqual([]);
});

test('a story that goes on is repeated as its rule asks, unless somebody has it in hand', async () => {
  await watch('on: [first], repeat: 2h');
  await report('hb', ...FIRST);
  await later(3 * HOUR_MS);
  expect(await kinds()).toEqual(['alert.first']);
  await report('qu', ...SECOND);
  await later(0);
  expect(await kinds()).toEqual(['alert.first', 'alert.repeat']);
  const { story } = await lastAlert();
  await desk().stories().acknowledge(story, true);
  await report(
    'ha',
    'Nordkorea schickt 1500 Soldaten nach Russland',
    'Spezialkräfte kamen per Schiff nach Wladiwostok, sagt Seoul.',
  );
  await later(5 * HOUR_MS);
  expect(await kinds()).toHaveLength(2);
});
