/** Documents made to hurt a parser, each a function of its size in bytes. Shared by the tests and the benchmark. */

const fill = (unit: string, bytes: number) => unit.repeat(Math.max(1, Math.floor(bytes / unit.length)));
const rss = (inside: string) => `<rss version="2.0"><channel><title>x</title>${inside}`;

/** Name → document of about `bytes` units. */
export const HOSTILE: ReadonlyMap<string, (bytes: number) => string> = new Map([
  [
    'billion laughs',
    (bytes) =>
      `<!DOCTYPE rss [<!ENTITY a "${fill('&b;', bytes / 2)}">]>${rss(`<item><title>${fill('&a;', bytes / 2)}</title></item>`)}`,
  ],
  ['numeric references', (bytes) => rss(`<item><description>${fill('&#65;', bytes)}</description></item>`)],
  [
    'nested tags in a description',
    (bytes) => rss(`<item><description>${fill('<b>', bytes)}</description></item>`),
  ],
  ['nested tags in an unknown element', (bytes) => rss(`<item><x>${fill('<x>', bytes)}`)],
  [
    'distinct unknown elements',
    (bytes) => rss(`<item>${Array.from({ length: bytes / 10 }, (_, i) => `<u${i}>`).join('')}`),
  ],
  [
    'distinct prefixes',
    (bytes) => rss(`<item>${Array.from({ length: bytes / 16 }, (_, i) => `<p${i}:title>`).join('')}`),
  ],
  ['unclosed items', (bytes) => rss(fill('<item>', bytes))],
  ['unclosed items with titles', (bytes) => rss(fill('<item><title>x', bytes))],
  ['one text node', (bytes) => rss(`<item><title>${fill('word ', bytes)}</title></item>`)],
  [
    'many items',
    (bytes) => rss(fill('<item><title>a &amp; b</title><link>https://e.example/1</link></item>', bytes)),
  ],
  ['attributes', (bytes) => rss(`<item><guid ${fill('a="1" ', bytes)}>x</guid></item>`)],
  [
    'attributes that declare namespaces',
    (bytes) =>
      rss(`<item ${Array.from({ length: bytes / 20 }, (_, i) => `xmlns:a${i}="u${i}"`).join(' ')}/>`),
  ],
  ['an attribute without end', (bytes) => rss(`<item><guid a="${fill('x', bytes)}`)],
  ['quotes without end', (bytes) => rss(`<item>${fill('<guid a="', bytes)}`)],
  ['less-than signs', (bytes) => rss(`<item><title>${fill('<', bytes)}</title></item>`)],
  ['less-than signs outside', (bytes) => rss(fill('<', bytes))],
  ['ampersands', (bytes) => rss(`<item><title>${fill('&', bytes)}</title></item>`)],
  ['open references', (bytes) => rss(`<item><title>${fill('&#', bytes)}</title></item>`)],
  ['unclosed comments', (bytes) => rss(fill('<!--', bytes))],
  ['unclosed comments in an item', (bytes) => rss(`<item><title>${fill('<!--', bytes)}</title></item>`)],
  ['unclosed comments in items', (bytes) => rss(fill('<item><!-- <title>x</title></item>', bytes))],
  ['unclosed sections', (bytes) => rss(fill('<item><title><![CDATA[x</title></item>', bytes))],
  ['ends of sections', (bytes) => rss(fill(']]>', bytes))],
  ['sections in sections', (bytes) => rss(`<item><title>${fill('<![CDATA[', bytes)}`)],
  ['end tags', (bytes) => rss(fill('</item>', bytes))],
  ['unclosed titles', (bytes) => rss(`<item>${fill('<title>x', bytes)}`)],
  [
    'unclosed elements of every kind',
    (bytes) =>
      rss(`<item>${fill('<title><link><guid><description><author><dc:date><category><x><y><z>', bytes)}`),
  ],
  ['doctype brackets', (bytes) => `<!DOCTYPE rss [${fill(']', bytes)}`],
  ['doctypes', (bytes) => fill('<!DOCTYPE [', bytes)],
  ['instructions', (bytes) => fill('<?x ', bytes)],
  ['junk tags before the root', (bytes) => fill('<p>', bytes)],
  [
    'an html page of links',
    (bytes) => `<html>${fill('<link rel=alternate type=application/rss+xml href=', bytes)}`,
  ],
  ['an html page of comments', (bytes) => `<html>${fill('<!-- <script>', bytes)}`],
  [
    'authors',
    (bytes) =>
      `<feed xmlns="http://www.w3.org/2005/Atom"><entry><author>${fill('<name>', bytes)}</author></entry></feed>`,
  ],
  ['authors with brackets', (bytes) => rss(`<item><author>${fill('(', bytes)}</author></item>`)],
  ['categories', (bytes) => rss(`<item>${fill('<category>c</category>', bytes)}</item>`)],
  [
    'keywords',
    (bytes) =>
      rss(
        `<item><itunes:keywords>${Array.from({ length: bytes / 8 }, (_, i) => `k${i}`).join(',')}</itunes:keywords></item>`,
      ),
  ],
  [
    'atom links',
    (bytes) =>
      `<feed xmlns="http://www.w3.org/2005/Atom"><entry>${fill('<link href="https://e.example/">', bytes)}`,
  ],
  ['escaped markup', (bytes) => rss(`<item><title>${fill('&lt;p ', bytes)}</title></item>`)],
  ['json nesting', (bytes) => `{"version":"https://jsonfeed.org/version/1","items":${fill('[', bytes)}`],
  ['json objects', (bytes) => `{"items":[${fill('{"id":1},', bytes)}`],
  ['json strings', (bytes) => `{"items":[{"id":"${fill('\\"', bytes)}`],
  ['json keys', (bytes) => `{${fill('"items":[],', bytes)}`],
  ['spaces', (bytes) => fill(' ', bytes)],
  ['white space in a title', (bytes) => rss(`<item><title>${fill(' \n', bytes)}x</title></item>`)],
  ['dates', (bytes) => rss(fill('<item><pubDate>1 1 1 1 1 1 jan jan +0100 +0100</pubDate></item>', bytes))],
]);
