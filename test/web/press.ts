/**
 * Publishers beside the demo's newsroom: copies of a wire, two more stories, one feed that is out of order. Every sentence
 * is written for these tests. One server; each feed is a path.
 */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PressEntry {
  readonly title: string;
  readonly summary?: string;
  /** Its address; left out: one of the feed. */
  readonly url?: string;
  /** Minutes after the beginning at which it is listed. */
  readonly minute: number;
}

export interface PressFeed {
  readonly id: string;
  readonly publisher: string;
  readonly lang: string;
  readonly country: string;
  readonly entries: readonly PressEntry[];
}

const WIRE =
  'North Korea sends 10,000 soldiers to Russia, Kyiv says, citing an intelligence report shown to reporters';
const WIRE_SUMMARY =
  'The soldiers are to be trained at four sites in the Far East before they join the war, according to the report, which was shown to reporters in Kyiv on Thursday evening.';

export const PRESS: readonly PressFeed[] = [
  {
    id: 'harbour-wire',
    publisher: 'Harbour Wire',
    lang: 'en',
    country: 'GB',
    entries: [{ minute: 65, title: WIRE, summary: WIRE_SUMMARY }],
  },
  {
    id: 'bay-courier',
    publisher: 'Bay Courier',
    lang: 'en',
    country: 'US',
    entries: [{ minute: 92, title: WIRE, summary: WIRE_SUMMARY }],
  },
  {
    id: 'quay-herald',
    publisher: 'Quay Herald',
    lang: 'en',
    country: 'IE',
    entries: [{ minute: 1_400, title: `${WIRE}, who saw a video of them`, summary: WIRE_SUMMARY }],
  },
  {
    id: 'northern-gazette',
    publisher: 'Northern Gazette',
    lang: 'en',
    country: 'CA',
    entries: [{ minute: 150, title: `${WIRE} in Kyiv`, summary: WIRE_SUMMARY }],
  },
  {
    id: 'journal-du-large',
    publisher: 'Le Journal du Large',
    lang: 'fr',
    country: 'FR',
    entries: [
      {
        minute: 130,
        title: 'Kiev affirme que la Corée du Nord envoie 10 000 soldats en Russie',
        summary: 'Le renseignement ukrainien parle de quatre camps.',
      },
      {
        minute: 1_000,
        title:
          'Pyongyang garde le silence après les déclarations de Kiev, Séoul et Washington au sujet de l’envoi de soldats en Russie',
      },
      {
        minute: 1_300,
        title: 'Choléra à Goma : 61 cas suspects hospitalisés, l’eau d’un quartier mise en cause',
      },
    ],
  },
  {
    id: 'namsan-tv',
    publisher: 'Namsan TV',
    lang: 'ko',
    country: 'KR',
    entries: [
      {
        minute: 1_010,
        title: '북한군 1만2천명 러시아 파병 결정…4개 여단 규모',
        summary: '국정원은 병력 이동이 시작됐다고 밝혔다.',
      },
    ],
  },
  {
    id: 'siam-raiwan',
    publisher: 'Siam Raiwan',
    lang: 'th',
    country: 'TH',
    entries: [{ minute: 1_150, title: 'เกาหลีใต้เผยเกาหลีเหนือส่งทหาร 12,000 นายไปรัสเซีย' }],
  },
  {
    id: 'al-manara',
    publisher: 'Al-Manara Al-Yawm',
    lang: 'ar',
    country: 'AE',
    entries: [{ minute: 1_160, title: 'سيول: كوريا الشمالية ترسل 1500 جندي إلى روسيا للتدريب' }],
  },
  {
    id: 'goma-echo',
    publisher: 'Écho de Goma',
    lang: 'fr',
    country: 'CD',
    entries: [
      {
        minute: 1_005,
        title: 'Choléra à Goma : 24 cas suspects hospitalisés depuis lundi',
        summary: 'Les autorités sanitaires provinciales ont ouvert un centre.',
      },
    ],
  },
  {
    id: 'lakeside-radio',
    publisher: 'Lakeside Radio',
    lang: 'en',
    country: 'RW',
    entries: [
      { minute: 1_155, title: 'Goma hospitals admit dozens of suspected cholera cases, officials say' },
    ],
  },
  {
    id: 'saaristo',
    publisher: 'Saariston Sanomat',
    lang: 'fi',
    country: 'FI',
    entries: [
      { minute: 1_290, title: 'Merikaapeli vaurioitui Itämerellä – poliisi tutkii rahtialuksen reittiä' },
    ],
  },
  {
    id: 'hansepost',
    publisher: 'Hansepost',
    lang: 'de',
    country: 'DE',
    entries: [{ minute: 1_310, title: 'Unterseekabel in der Ostsee beschädigt' }],
  },
];

export interface Press {
  /** id → address */
  readonly addresses: ReadonlyMap<string, string>;
  /** What the feeds list from now on: everything until then. */
  minute: number;
  /** Lists one more, in the feed of that id. */
  add(feed: string, entry: PressEntry): void;
  close(): void;
}

/** One server a feed: pollers wait between two requests to one host. @param began time of minute 0 */
export async function openPress(began: number, feeds: readonly PressFeed[] = PRESS): Promise<Press> {
  const added = new Map<string, PressEntry[]>();
  const press = { minute: 0 };
  const listed = (feed: PressFeed): PressEntry[] =>
    [...feed.entries, ...(added.get(feed.id) ?? [])].filter(({ minute }) => minute <= press.minute);
  const served = await Promise.all([
    ...feeds.map((feed) =>
      serve(feed.id, (response) =>
        response
          .writeHead(200, { 'content-type': 'application/feed+json' })
          .end(documentOf(feed, listed(feed), began)),
      ),
    ),
    serve('kholodny-mys', (response) => response.writeHead(404).end()),
  ]);
  return {
    addresses: new Map(served.map(({ id, address }) => [id, address])),
    get minute() {
      return press.minute;
    },
    set minute(value) {
      press.minute = value;
    },
    add: (feed, entry) => void added.set(feed, [...(added.get(feed) ?? []), entry]),
    close() {
      for (const { server } of served) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

async function serve(
  id: string,
  answer: (response: ServerResponse) => void,
): Promise<{ id: string; server: Server; address: string }> {
  const server = createServer((_, response) => answer(response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { id, server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${id}` };
}

function documentOf(
  { id, publisher, lang }: PressFeed,
  entries: readonly PressEntry[],
  began: number,
): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: publisher,
    language: lang,
    items: entries.toReversed().map(({ title, summary, url, minute }, i) => ({
      id: `${id}-${minute}-${entries.length - i}`,
      url: url ?? `https://${id}.example.org/${minute}`,
      title,
      summary: summary ?? '',
      date_published: new Date(began + minute * 60_000 - 60_000).toISOString(),
    })),
  });
}
