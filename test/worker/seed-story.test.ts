/** The story that Vigie began with, staged in ten languages over a day of ticks, under the rule that is shipped. */
import { beforeEach, expect, test } from 'vitest';
// As text: workerd has no files.
import shipped from '../../config/watch.yaml?raw';
import type { Alert, AlertEvent } from '../../lib/model/alert.ts';
import type { Story } from '../../lib/model/story.ts';
import { query, type Row, wipeDesk } from './desk.ts';
import { MINUTE_MS, Newsroom, publish, TestSeen, tick } from './newsroom.ts';

const START = Date.UTC(2024, 9, 18, 5);
const HOUR_MS = 60 * MINUTE_MS;

interface Reported {
  /** After the start of the day. */
  readonly hour: number;
  readonly feed: string;
  readonly title: string;
  readonly summary: string;
  /** The alert that this report brings, and with the largest figure then; null: none. */
  readonly tells: { readonly kind: string; readonly value: number; readonly by: string } | null;
}

const PUBLISHERS = [
  { id: 'en', lang: 'en', publisher: 'Harbour Post', country: 'GB' },
  { id: 'fr', lang: 'fr', publisher: 'Le Quai', country: 'FR' },
  { id: 'ko', lang: 'ko', publisher: 'Hangang Ilbo', country: 'KR' },
  { id: 'uk', lang: 'uk', publisher: 'Dnipro Visti', country: 'UA' },
  { id: 'de', lang: 'de', publisher: 'Hafenblatt', country: 'DE' },
  { id: 'es', lang: 'es', publisher: 'El Faro', country: 'ES' },
  { id: 'ja', lang: 'ja', publisher: 'Minato Shimbun', country: 'JP' },
  { id: 'zh', lang: 'zh-Hant', publisher: 'Gangkou Daily', country: 'TW' },
  { id: 'ar', lang: 'ar', publisher: 'Al Marfa', country: 'QA' },
  { id: 'ru', lang: 'ru', publisher: 'Prichal', country: 'LV' },
];

const DAY: readonly Reported[] = [
  {
    hour: 0,
    feed: 'ko',
    title: '국정원 "북한군 특수부대 1500명 러시아 파병"',
    summary:
      '국가정보원은 북한이 우크라이나 전쟁에 특수부대를 보내기로 하고 블라디보스토크로 이동시켰다고 밝혔다.',
    tells: { kind: 'alert.first', value: 1_500, by: 'South Korean intelligence' },
  },
  {
    hour: 1,
    feed: 'en',
    title: 'North Korea has sent 1,500 special forces soldiers to Russia, Seoul says',
    summary:
      'They were shipped to Vladivostok aboard Russian landing vessels to join the war in Ukraine, the spy service said.',
    tells: { kind: 'alert.confirmed', value: 1_500, by: 'South Korean intelligence' },
  },
  {
    hour: 2,
    feed: 'fr',
    title: 'La Corée du Nord a envoyé 1 500 soldats en Russie, selon le renseignement sud-coréen',
    summary: 'Des forces spéciales ont été transportées à Vladivostok pour combattre en Ukraine.',
    tells: null,
  },
  {
    hour: 4,
    feed: 'de',
    title: 'Seoul: Nordkorea schickt 1.500 Soldaten nach Russland',
    summary:
      'Die Spezialkräfte seien per Schiff nach Wladiwostok gebracht worden und sollten im Krieg gegen die Ukraine kämpfen.',
    tells: null,
  },
  {
    hour: 6,
    feed: 'uk',
    title: 'Зеленський: Північна Корея готує 10 тисяч солдатів для війни проти України',
    summary:
      'За даними розвідки, до Росії вже прибули перші північнокорейські військові, повідомив президент.',
    tells: { kind: 'alert.figure', value: 10_000, by: 'Zelensky' },
  },
  {
    hour: 8,
    feed: 'es',
    title: 'Zelenski: Corea del Norte prepara 10.000 soldados para la guerra en Ucrania',
    summary: 'Los primeros militares norcoreanos ya han llegado a Rusia, según el presidente.',
    tells: null,
  },
  {
    hour: 10,
    feed: 'ja',
    title: '北朝鮮、ロシアに兵士1万2000人を派遣へ 韓国国情院',
    summary: '韓国の国家情報院は、北朝鮮が特殊部隊を含む兵士をウクライナ侵攻に派兵すると明らかにした。',
    tells: { kind: 'alert.figure', value: 12_000, by: 'South Korean intelligence' },
  },
  {
    hour: 13,
    feed: 'zh',
    title: '南韓情報機構：北韓將派1萬2000名士兵赴俄參戰',
    summary: '首批北韓特種部隊已抵達海參崴，準備投入烏克蘭戰場。',
    tells: null,
  },
  {
    hour: 17,
    feed: 'ar',
    title: 'كوريا الشمالية ترسل 12 ألف جندي إلى روسيا بحسب سيول',
    summary: 'قالت الاستخبارات إن قوات خاصة كورية شمالية وصلت إلى فلاديفوستوك للقتال في أوكرانيا.',
    tells: null,
  },
  {
    hour: 22,
    feed: 'ru',
    title: 'Южная Корея: КНДР отправляет в Россию 12 тысяч солдат',
    summary:
      'Спецназ Северной Кореи доставили во Владивосток для участия в войне в Украине, сообщила разведка.',
    tells: null,
  },
];

/** The shipped document with the feeds of the test, and one channel. */
function configuration(): string {
  const feeds = PUBLISHERS.map(
    ({ id, lang, publisher, country }) =>
      `  - { id: ${id}, url: "https://${id}.example.org/feed", every: 5m, lang: ${lang}, publisher: ${publisher}, country: ${country} }`,
  );
  return shipped
    .replace(/^feeds:\n(?: .*\n)+/mu, `feeds:\n${feeds.join('\n')}\n`)
    .replace('on: [first]', 'on: [first, confirmed, figure]');
}

interface OutboxRow extends Row {
  readonly event: string;
}

async function events(): Promise<AlertEvent[]> {
  const rows = await query<OutboxRow>('SELECT event FROM outbox ORDER BY seq');
  return rows.map(({ event }) => JSON.parse(event) as AlertEvent);
}

beforeEach(wipeDesk);

test('is one story: first at once, confirmed by the second publisher, 10,000 and 12,000 with their speakers, nothing else', async () => {
  const newsroom = new Newsroom();
  const seen = new TestSeen();
  await publish(configuration());
  for (const { id } of PUBLISHERS) newsroom.list(id);
  const told: unknown[] = [];
  const wanted: unknown[] = [];
  for (let minute = -10; minute < 24 * 60; minute += 5) {
    const now = START + minute * MINUTE_MS;
    for (const [n, { hour, feed, title, summary, tells }] of DAY.entries()) {
      if (hour * 60 !== minute) continue;
      newsroom.list(feed, { guid: `g${n}`, title, summary, at: START + hour * HOUR_MS });
      if (tells !== null) wanted.push({ feed, ...tells });
    }
    await tick(now, newsroom, seen);
  }
  for (const { type, data } of await events()) {
    const alert = data as Alert;
    const { value, by } = alert.figures[0] ?? {};
    told.push({ feed: alert.entries[0]?.feed, kind: type, value, by });
  }
  expect(told).toEqual(wanted);
  const stories = await query<{ data: string } & Row>('SELECT data FROM story');
  expect(stories.map(({ data }) => (JSON.parse(data) as Story).count)).toEqual([DAY.length]);
});
