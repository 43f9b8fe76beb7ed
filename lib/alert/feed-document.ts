/** The alerts of a rule as a feed: Atom (RFC 4287) and JSON Feed 1.1, for feed readers. */
import type { Alert, AlertEntry } from '../model/alert.ts';
import type { EpochMs } from '../model/flavor.ts';

/** An alert and its tick time. */
export interface ListedAlert {
  readonly at: EpochMs;
  readonly alert: Alert;
}

/** What a feed document needs besides its format. */
export interface FeedHead {
  readonly title: string;
  /** The feed's own address. */
  readonly self: string;
  /** Newest first. */
  readonly alerts: readonly ListedAlert[];
}

const iso = (at: EpochMs): string => new Date(at).toISOString();
const idOf = ({ at, alert }: ListedAlert): string => `urn:vigie:${alert.story}:${alert.development}:${at}`;

/** Escapes text for XML 1.0 (§2.2) and removes characters that XML cannot contain. */
function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** An Atom document (RFC 4287) with one entry for each alert. */
export function atomDocument({ title, self, alerts }: FeedHead): string {
  const updated = iso(alerts[0]?.at ?? 0);
  const head = `<id>${xml(self)}</id><title>${xml(title)}</title><updated>${updated}</updated>`;
  const link = `<link rel="self" href="${xml(self)}"/><author><name>Vigie</name></author>`;
  return (
    '<?xml version="1.0" encoding="utf-8"?>\n' +
    `<feed xmlns="http://www.w3.org/2005/Atom">${head}${link}\n${alerts.map(atomEntry).join('\n')}\n</feed>\n`
  );
}

/** The entry's id contains the alert time, so that feed readers show each development. */
function atomEntry(listed: ListedAlert): string {
  const [entry] = listed.alert.entries;
  const lang = entry?.lang === undefined || entry.lang === null ? '' : ` xml:lang="${xml(entry.lang)}"`;
  const link = linkOf(entry);
  return [
    '<entry>',
    `<id>${xml(idOf(listed))}</id>`,
    `<title type="text"${lang}>${xml(entry?.title ?? listed.alert.title)}</title>`,
    `<updated>${iso(listed.at)}</updated>`,
    link === null ? '' : `<link rel="alternate" href="${xml(link)}"/>`,
    `<category term="${xml(listed.alert.rule)}"/><category term="${listed.alert.development}"/>`,
    `<summary type="text">${xml(summaryOf(listed.alert))}</summary>`,
    '</entry>',
  ].join('');
}

/** A JSON Feed 1.1 document with one item for each alert. */
export function jsonFeedDocument({ title, self, alerts }: FeedHead): object {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title,
    feed_url: self,
    items: alerts.map((listed) => {
      const [entry] = listed.alert.entries;
      const url = linkOf(entry);
      return {
        id: idOf(listed),
        ...(url === null ? {} : { url }),
        title: entry?.title ?? listed.alert.title,
        content_text: summaryOf(listed.alert),
        date_published: iso(listed.at),
        tags: [listed.alert.rule, listed.alert.development, listed.alert.severity],
        ...(entry?.lang ? { language: entry.lang } : {}),
      };
    }),
  };
}

/** Facts of the story on the first line, the summary of the entry on the second. */
function summaryOf({ development, independent, languages, figures, entries }: Alert): string {
  const [entry] = entries;
  const facts = [
    development,
    `${independent} independent ${independent === 1 ? 'publisher' : 'publishers'}`,
    languages.join(' '),
    ...figures
      .slice(0, 3)
      .map(({ value, title, by }) => `${value} ${title ?? ''} (${by ?? 'no speaker found'})`),
  ];
  return [facts.filter((fact) => fact !== '').join(' · '), entry?.summary ?? '']
    .filter((line) => line !== '')
    .join('\n');
}

/** Only http(s) addresses, so that a feed cannot inject another scheme. */
function linkOf(entry: AlertEntry | undefined): string | null {
  return entry !== undefined && entry.url !== null && /^https?:\/\//iu.test(entry.url) ? entry.url : null;
}
