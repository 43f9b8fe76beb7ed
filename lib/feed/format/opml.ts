/** Reads and writes OPML 2.0 subscription lists as other readers use them. Independent of the configuration. */
import { XMLParser } from 'fast-xml-parser';
import type { FeedProblem } from '../../model/feed.ts';
import { OPML_OUTLINES_MAX } from '../../model/limits.ts';
import { decodeXml } from '../../text/entities.ts';
import { collapse } from '../../text/html-text.ts';
import { resolveUrl } from '../../text/url.ts';

/** One feed of a list. */
export interface OpmlFeed {
  readonly url: string;
  readonly title: string | null;
  /** Address of the site. */
  readonly site: string | null;
  /** Titles of the enclosing folders, outermost first, and its own categories. */
  readonly tags: readonly string[];
}

/** A subscription list. */
export interface Opml {
  readonly title: string | null;
  /** In document order, each address once. */
  readonly feeds: readonly OpmlFeed[];
  readonly problems: readonly FeedProblem[];
}

/** Output of fast-xml-parser with order: an object with one key per element, and its attributes under `:@`. */
type Ordered = readonly Readonly<Record<string, unknown>>[];

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  // References are decoded below; entities of a DOCTYPE never are.
  processEntities: false,
});

/** Receives the attributes of each feed, names in lower case, for settings of other readers: `blocklistrules` of Miniflux. */
export type OnOutline = (url: string, attributes: ReadonlyMap<string, string>) => void;

/** Never throws. Outlines without an address are folders; relative and non-http addresses are problems, not feeds. */
export function readOpml(text: string, onOutline: OnOutline = () => {}): Opml {
  const feeds = new Map<string, OpmlFeed>();
  const problems: FeedProblem[] = [];
  const root = parse(text);
  const body = root === null ? null : childrenOf(childrenOf(root, 'opml') ?? root, 'body');
  if (root === null || body === null) {
    problems.push({ code: 'not-opml', message: 'this is not an OPML document with a body', offset: -1 });
    return { title: null, feeds: [], problems };
  }
  // Depth first without recursion.
  const stack: { node: Readonly<Record<string, unknown>>; folders: readonly string[] }[] = [];
  const push = (nodes: Ordered, folders: readonly string[]) => {
    for (const node of nodes.toReversed()) stack.push({ node, folders });
  };
  push(body, []);
  for (let count = 0; count < OPML_OUTLINES_MAX; count++) {
    const next = stack.pop();
    if (next === undefined) break;
    const children = childrenOf([next.node], 'outline');
    if (children === null) continue;
    const attributes = attributesOf(next.node);
    const label = labelOf(attributes);
    const href = attributes.get('xmlurl');
    if (href === undefined) push(children, label === null ? next.folders : [...next.folders, label]);
    else {
      addFeed(feeds, problems, href, attributes, next.folders);
      onOutline(resolveUrl(href, null) ?? href, attributes);
    }
  }
  if (stack.length > 0)
    problems.push({
      code: 'too-many-outlines',
      message: `only the first ${OPML_OUTLINES_MAX} outlines were read`,
      offset: -1,
    });
  return { title: titleOf(root), feeds: [...feeds.values()], problems };
}

/** null: not XML that the parser accepts. */
function parse(text: string): Ordered | null {
  try {
    return parser.parse(text) as Ordered;
  } catch {
    // XML errors beyond what the parser tolerates.
    return null;
  }
}

/** Children of the first element with this name, in any case; null: no such element. */
function childrenOf(nodes: Ordered, name: string): Ordered | null {
  for (const node of nodes) {
    const key = Object.keys(node).find((each) => each.toLowerCase() === name);
    if (key !== undefined && Array.isArray(node[key])) return node[key] as Ordered;
  }
  return null;
}

function attributesOf(node: Readonly<Record<string, unknown>>): Map<string, string> {
  const attributes = node[':@'];
  if (typeof attributes !== 'object' || attributes === null) return new Map();
  return new Map(
    Object.entries(attributes).map(([name, value]) => [name.toLowerCase(), decodeXml(String(value))]),
  );
}

/** `title`, else `text`, which OPML 2.0 requires. */
function labelOf(attributes: Map<string, string>): string | null {
  return collapse(attributes.get('title') ?? '') || collapse(attributes.get('text') ?? '') || null;
}

/** An address listed twice gets the tags of both. */
function addFeed(
  feeds: Map<string, OpmlFeed>,
  problems: FeedProblem[],
  href: string,
  attributes: Map<string, string>,
  folders: readonly string[],
): void {
  const url = resolveUrl(href, null);
  if (url === null) {
    problems.push({
      code: 'bad-address',
      message: `this is not a valid http address: ${href.slice(0, 200)}`,
      offset: -1,
    });
    return;
  }
  const own = (attributes.get('category') ?? '').split(',').map((tag) => collapse(tag).replace(/^\//, ''));
  const known = feeds.get(url)?.tags ?? [];
  const tags = [...new Set([...known, ...folders, ...own.filter((tag) => tag !== '')])];
  feeds.set(url, {
    url,
    title: labelOf(attributes),
    site: resolveUrl(attributes.get('htmlurl') ?? '', null),
    tags,
  });
}

function titleOf(root: Ordered): string | null {
  const head = childrenOf(childrenOf(root, 'opml') ?? root, 'head');
  const title = head === null ? null : childrenOf(head, 'title');
  const text = title?.map((node) => String(node['#text'] ?? '')).join('') ?? '';
  return collapse(decodeXml(text)) || null;
}

/** @returns OPML 2.0: feeds without tags first, then one folder for each feed's first tag, in the order given */
export function writeOpml(title: string, feeds: readonly OpmlFeed[]): string {
  const folders = new Map<string, OpmlFeed[]>([['', []]]);
  for (const feed of feeds) {
    const folder = feed.tags[0] ?? '';
    folders.set(folder, [...(folders.get(folder) ?? []), feed]);
  }
  const lines = [...folders].flatMap(([folder, members]) =>
    folder === ''
      ? members.map((feed) => `    ${outlineOf(feed)}`)
      : [
          `    <outline text="${attribute(folder)}">`,
          ...members.map((feed) => `      ${outlineOf(feed)}`),
          '    </outline>',
        ],
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
  <head><title>${attribute(title)}</title></head>
  <body>
${lines.join('\n')}
  </body>
</opml>
`;
}

/** `title` repeats `text`, which some readers show instead. */
function outlineOf({ url, title, site, tags }: OpmlFeed): string {
  const text = attribute(title ?? url);
  const html = site === null ? '' : ` htmlUrl="${attribute(site)}"`;
  const category = tags.length === 0 ? '' : ` category="${attribute(tags.join(','))}"`;
  return `<outline type="rss" text="${text}" title="${text}" xmlUrl="${attribute(url)}"${html}${category}/>`;
}

/** Escapes a text for attributes and content, without characters that XML cannot contain (XML 1.0 §2.2). */
function attribute(text: string): string {
  return text
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, ' ');
}
