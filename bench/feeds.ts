/** Made-up feeds of 50 entries in the shapes that real ones have. The same seed gives the same feed. */

const WORDS = {
  en: 'harbour council ferry storm minister vote market glass bridge river school strike report police fire budget train north field song of the a in to and on with after before against without under their new old first second early late says finds opens closes returns warns agrees delays',
  fr: 'port conseil traversier tempête ministre vote marché verre pont rivière école grève rapport police feu budget train nord champ chanson de la le les un une dans pour avec après avant contre sans leur nouveau ancien premier dit trouve ouvre ferme revient',
  ru: 'гавань совет паром буря министр голос рынок стекло мост река школа забастовка доклад полиция пожар бюджет поезд север поле песня и в на с после до против без под их новый старый первый говорит находит открывает',
  ja: '港 議会 船 嵐 大臣 投票 市場 橋 川 学校 報告 警察 火事 予算 列車 北 歌 の は を に と で から まで 新しい 古い 最初 言う 開く 閉じる 戻る',
  ar: 'ميناء مجلس عبارة عاصفة وزير تصويت سوق جسر نهر مدرسة إضراب تقرير شرطة حريق ميزانية قطار شمال حقل أغنية في من على إلى بعد قبل ضد جديد قديم أول يقول يفتح',
} as const;
type Language = keyof typeof WORDS;

/** Lehmer's generator: enough for word salad. */
class Salad {
  #state: number;
  constructor(seed: number) {
    this.#state = seed;
  }
  below(n: number): number {
    this.#state = (this.#state * 48_271) % 2_147_483_647;
    return this.#state % n;
  }
  words(language: Language, count: number): string {
    const words = WORDS[language].split(' ');
    return Array.from({ length: count }, () => words[this.below(words.length)]).join(' ');
  }
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function html(salad: Salad, language: Language, paragraphs: number): string {
  const paragraph = () =>
    `<p>${salad.words(language, 30)} <a href="https://example.org/a?b=${salad.below(999)}&amp;c=2">${salad.words(language, 3)}</a>, ` +
    `<b>${salad.words(language, 2)}</b> ${salad.words(language, 25)} &mdash; ${salad.words(language, 5)}.</p>`;
  return Array.from({ length: paragraphs }, paragraph).join('\n');
}

const rfc822 = (i: number) => new Date(Date.UTC(2026, 5, 1, 12) - i * 3_600_000).toUTCString();
const iso = (i: number) => new Date(Date.UTC(2026, 5, 1, 12) - i * 3_600_000).toISOString();

function rssItem(salad: Salad, i: number, language: Language, description: string): string {
  return `<item>
<title>${salad.words(language, 9)} &amp; ${salad.words(language, 2)}</title>
<link>https://example.org/news/${i}/${salad.below(99_999)}?utm_source=rss</link>
<guid isPermaLink="false">https://example.org/?p=${i}</guid>
<pubDate>${rfc822(i)}</pubDate>
<dc:creator><![CDATA[${salad.words(language, 2)}]]></dc:creator>
<category><![CDATA[${salad.words(language, 1)}]]></category>
<description>${description}</description>
</item>
`;
}

const rss = (items: string) => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Made up</title><link>https://example.org/</link><description>Nothing of this is true</description>
<language>en</language><atom:link href="https://example.org/feed" rel="self" type="application/rss+xml"/>
${items}</channel></rss>`;

const fifty = (make: (i: number) => string) => Array.from({ length: 50 }, (_, i) => make(i)).join('');

function rssCdata(salad: Salad): string {
  return rss(fifty((i) => rssItem(salad, i, 'en', `<![CDATA[${html(salad, 'en', 3)}]]>`)));
}

function rssEscaped(salad: Salad): string {
  const languages = Object.keys(WORDS) as Language[];
  return rss(
    fifty((i) => {
      const language = languages[i % languages.length] ?? 'en';
      return rssItem(salad, i, language, escaped(html(salad, language, 3)));
    }),
  );
}

function atom(salad: Salad): string {
  const entry = (i: number) => `<entry>
<title type="html">${escaped(`${salad.words('en', 8)} <i>${salad.words('en', 1)}</i>`)}</title>
<id>tag:example.org,2026:${i}</id><link rel="alternate" type="text/html" href="https://example.org/news/${i}"/>
<published>${iso(i)}</published><updated>${iso(i)}</updated>
<author><name>${salad.words('fr', 2)}</name><uri>https://example.org/who</uri></author><category term="${salad.words('en', 1)}"/>
<summary type="html">${escaped(html(salad, 'en', 1))}</summary>
<content type="html">${escaped(html(salad, 'fr', 2))}</content>
</entry>
`;
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Made up</title><id>https://example.org/feed</id>
<updated>${iso(0)}</updated><link rel="self" href="https://example.org/atom.xml"/><link href="https://example.org/"/>
${fifty(entry)}</feed>`;
}

function rdf(salad: Salad): string {
  const item = (i: number) => `<item rdf:about="https://example.org/news/${i}">
<title>${salad.words('ja', 9)}</title><link>https://example.org/news/${i}</link>
<description>${escaped(html(salad, 'ja', 2))}</description>
<dc:creator>${salad.words('ja', 2)}</dc:creator><dc:date>${iso(i)}</dc:date><dc:subject>${salad.words('ja', 1)}</dc:subject>
</item>
`;
  const listed = fifty((i) => `<rdf:li rdf:resource="https://example.org/news/${i}"/>`);
  return `<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://example.org/index.rdf"><title>Made up</title><link>https://example.org/</link><description>none</description>
<items><rdf:Seq>${listed}</rdf:Seq></items></channel>
${fifty(item)}</rdf:RDF>`;
}

/** A big newspaper's: many categories with domains, a picture in four sizes, credits, an escaped teaser, CRLF inside. */
function newspaper(salad: Salad): string {
  const category = () =>
    `<category domain="https://example.org/${salad.words('en', 1)}">${salad.words('en', 2)}</category>`;
  const picture = (width: number) =>
    `<media:content width="${width}" url="https://media.example.org/${salad.below(1e9)}/master/${width}.jpg?width=${width}&amp;quality=85"><media:credit scheme="urn:ebu">Photograph: ${salad.words('en', 3)}</media:credit></media:content>`;
  return rss(
    fifty(
      (i) => `<item>
<title>${salad.words('en', 11)}</title>
<link>https://example.org/world/2026/jun/${i}/${salad.words('en', 5).replaceAll(' ', '-')}</link>
<description>${escaped(html(salad, 'en', 3))}</description>
${Array.from({ length: 7 }, category).join('')}
<pubDate>${rfc822(i)}</pubDate>
<guid>https://example.org/world/2026/jun/${i}</guid>
${[140, 460, 700, 1200].map(picture).join('')}
<dc:creator>${salad.words('en', 2)}</dc:creator><dc:date>${iso(i)}</dc:date>
</item>
`,
    ),
  );
}

/** Shape → document. */
export function shapes(): ReadonlyMap<string, string> {
  return new Map([
    ['RSS, CDATA', rssCdata(new Salad(1))],
    ['RSS, escaped, 5 languages', rssEscaped(new Salad(2))],
    ['Atom', atom(new Salad(3))],
    ['RDF', rdf(new Salad(4))],
    ['newspaper', newspaper(new Salad(5))],
  ]);
}
