/**
 * An event as text for all channels: lines of marked runs at a level of detail. Each channel renders them in its own format;
 * if its limit is exceeded, it asks for less detail (fit.ts).
 */
import type { Alert, AlertEntry, AlertEvent, AlertSource } from '../model/alert.ts';
import type { Severity } from '../model/config.ts';
import { cutText } from '../text/cut.ts';
import { markedLine, name, plain, type Run, strong } from './marked.ts';
import {
  COLORS,
  cutIsolated,
  GLYPHS,
  isolated,
  languageName,
  linkOf,
  safeLine,
  severityOf,
  timeOf,
} from './text.ts';
import {
  byline,
  changeOf,
  conceptPhrase,
  countPhrase,
  digestPhrase,
  figurePhrase,
  publisherPhrase,
  whoOf,
} from './wording.ts';

/** The role of a line, for channels that style it. */
export type LineRole =
  | 'change'
  | 'title'
  | 'byline'
  | 'concepts'
  | 'summary'
  | 'figures'
  | 'count'
  | 'source'
  | 'group'
  | 'item'
  | 'more'
  | 'page'
  | 'note';

/** One line of a message. */
export interface Line {
  readonly role: LineRole;
  readonly runs: readonly Run[];
}

/** An event as text; addresses are http(s) in ASCII. */
export interface Message {
  readonly severity: Severity;
  /** Emoji and colour (`#rrggbb`) of the severity. */
  readonly glyph: string;
  readonly color: string;
  /** The rule's title, or what a digest contains, on one line. */
  readonly headline: string;
  /** What a lock screen or a list of mails shows, on one line. */
  readonly subject: string;
  readonly lines: readonly Line[];
  /** Address of the first report. */
  readonly link: string | null;
  /** Address of the story's page. */
  readonly page: string | null;
}

/** Level of detail: limits on UTF-16 units of texts and on numbers of items. */
export interface Detail {
  readonly title: number;
  readonly summary: number;
  readonly link: number;
  readonly entries: number;
  /** 0: neither figures nor counts of reports. */
  readonly figures: number;
  readonly sources: number;
  readonly copies: number;
  readonly items: number;
  /** Units of an alert's title in a digest; below BYLINE_TITLE_MIN its byline is omitted. */
  readonly item: number;
  /** Whether matched words are strong. */
  readonly marks: boolean;
}

/** Longest headline: one line in a notification. */
const HEADLINE_UNITS_MAX = 140;
/** Longest subject; channels with shorter limits cut it further. */
const SUBJECT_UNITS_MAX = 300;
/** With shorter titles, a digest omits bylines. */
const BYLINE_TITLE_MIN = 60;

/** Renders an event at a level of detail. */
export function messageOf(event: AlertEvent, detail: Detail): Message {
  const severity = severityOf(event);
  const look = { severity, glyph: GLYPHS[severity], color: COLORS[severity] };
  if (event.type === 'alert.digest') return { ...look, ...digestMessage(event.data, detail) };
  if ('rule' in event.data) return { ...look, ...alertMessage(event.data, detail) };
  const text = safeLine(event.data.text) || event.type;
  return {
    ...look,
    headline: 'Vigie',
    subject: cutText(`Vigie: ${text}`, SUBJECT_UNITS_MAX),
    lines: [{ role: 'note', runs: [plain(cutText(text, Math.max(detail.summary, 200)))] }],
    link: null,
    page: null,
  };
}

/** A message without the look of its severity. */
type Said = Omit<Message, 'severity' | 'glyph' | 'color'>;

/** The change, its entries, figures, counts and sources, in the order of importance. */
function alertMessage(alert: Alert, detail: Detail): Said {
  const headline = titleOf(alert);
  const first = alert.entries[0];
  const change = changeOf(alert);
  const shown = alert.entries.slice(0, detail.entries);
  const page = linkOf(alert.page);
  return {
    headline,
    subject: subjectOf([headline, change, first === undefined ? '' : isolated(first.title)]),
    lines: [
      { role: 'change', runs: [strong(change)] },
      ...shown.flatMap((entry) => entryLines(entry, detail)),
      ...more(alert.entries.length - shown.length, 'report'),
      ...figureLines(alert, detail),
      ...(detail.figures === 0 ? [] : phrase('count', countPhrase(alert))),
      ...sourceLines(alert.sources, detail),
      ...(page === null ? [] : [{ role: 'page', runs: [{ ...plain('The story'), href: page }] } as const]),
    ],
    link: linkOf(first?.url ?? null, detail.link),
    page,
  };
}

/** The rule's title, else its id. */
function titleOf({ title, rule }: Alert): string {
  return cutText(safeLine(title) || safeLine(rule) || 'Alert', HEADLINE_UNITS_MAX);
}

/** The change begins in lower case, because it follows a colon. */
function subjectOf([headline = '', change = '', title = '']: readonly string[]): string {
  const said = `${headline}: ${change.charAt(0).toLowerCase()}${change.slice(1)}`;
  return cutIsolated(title === '' ? said : `${said} · ${title}`, SUBJECT_UNITS_MAX);
}

function entryLines(entry: AlertEntry, detail: Detail): Line[] {
  return [
    { role: 'title', runs: titleRuns(entry, detail, detail.title) },
    { role: 'byline', runs: [plain(byline(entry))] },
    ...phrase('concepts', conceptPhrase(entry)),
    ...summaryLine(entry, detail.summary),
  ];
}

/** The title as a link; `(untitled)` for an empty one, because links need a text. */
function titleRuns(entry: AlertEntry, { link, marks }: Detail, unitsMax: number): readonly Run[] {
  const href = linkOf(entry.url, link);
  const spans = marks ? entry.spans.filter(({ field }) => field === 'title') : [];
  const runs = markedLine(entry.title, { spans, unitsMax, href });
  return runs.length > 0 ? runs : [{ ...plain('(untitled)'), href }];
}

/** The summary, or the beginning of the content; its spans refer to the one that is shown. */
function summaryLine(entry: AlertEntry, unitsMax: number): Line[] {
  if (unitsMax === 0) return [];
  const spans = entry.spans.filter(({ field }) => field !== 'title');
  const runs = markedLine(entry.summary, { spans, unitsMax, href: null });
  return runs.length === 0 ? [] : [{ role: 'summary', runs }];
}

/** Equal phrases are listed once; `…` shows that some are omitted. */
function figureLines({ figures }: Alert, detail: Detail): Line[] {
  const phrases = [...new Set(figures.map(figurePhrase))];
  const shown = phrases.slice(0, detail.figures);
  const rest = phrases.length > shown.length ? ' · …' : '';
  return shown.length === 0 ? [] : phrase('figures', `${shown.join(' · ')}${rest}`);
}

/** One line for each independent source with its copies; none for a single source, which the entry shows already. */
function sourceLines(sources: readonly AlertSource[], detail: Detail): Line[] {
  if (sources.length === 1 && sources[0]?.copies.length === 0) return [];
  const shown = sources.slice(0, detail.sources);
  return [
    ...shown.map((source): Line => ({ role: 'source', runs: sourceRuns(source, detail) })),
    ...(shown.length === 0 ? [] : more(sources.length - shown.length, 'independent publisher')),
  ];
}

/** One source on one line: publisher, language, time and copies. */
function sourceRuns(source: AlertSource, detail: Detail): Run[] {
  const runs = [plain('• '), { ...plain(publisherPhrase(source)), href: linkOf(source.url, detail.link) }];
  const lang = source.lang === null ? '' : ` · ${languageName(source.lang)}`;
  runs.push(plain(`${lang} · ${timeOf(source.at)}`));
  const copies = source.copies.slice(0, detail.copies);
  if (copies.length === 0) {
    if (source.copies.length > 0) runs.push(plain(` · copied ${source.copies.length} times`));
    return runs;
  }
  runs.push(plain(' · copied by '));
  copies.forEach((copy, at) => {
    if (at > 0) runs.push(plain(', '));
    runs.push(name(cutText(whoOf(copy), 60), linkOf(copy.url, detail.link)));
  });
  const rest = source.copies.length - copies.length;
  if (rest > 0) runs.push(plain(` and ${rest} more`));
  return runs;
}

type Digest = Extract<AlertEvent, { type: 'alert.digest' }>['data'];

/** Alerts grouped by rule, in the order of their first alert. */
function digestMessage({ alerts, reason, omitted }: Digest, detail: Detail): Said {
  const total = alerts.length + omitted;
  const headline = digestPhrase(total, reason);
  const shown = alerts.slice(0, detail.items);
  const titles = [...new Set(alerts.map(titleOf))];
  const named = titles.slice(0, 3).join(', ');
  return {
    headline,
    subject: cutText(`${headline}: ${named}${titles.length > 3 ? ' …' : ''}`, SUBJECT_UNITS_MAX),
    lines: [
      ...titles.flatMap((title) => {
        const mine = shown.filter((alert) => titleOf(alert) === title);
        const group: Line = { role: 'group', runs: [strong(title)] };
        return mine.length === 0 ? [] : [group, ...mine.flatMap((alert) => itemLine(alert, detail))];
      }),
      ...more(total - shown.length, 'alert'),
    ],
    link: linkOf(alerts[0]?.entries[0]?.url ?? null, detail.link),
    page: null,
  };
}

function itemLine(alert: Alert, detail: Detail): Line[] {
  return alert.entries.slice(0, detail.entries).map((entry) => {
    const title = titleRuns(entry, detail, detail.item);
    const change = alert.development === 'first' ? '' : `${changeOf(alert)}: `;
    const terse = detail.item < BYLINE_TITLE_MIN;
    const runs = [
      plain(`${GLYPHS[alert.severity]} ${terse ? '' : change}`),
      ...title,
      ...(terse ? [] : [plain(` — ${byline(entry)}`)]),
    ];
    return { role: 'item', runs };
  });
}

/** Number of omitted items; no line if none is omitted. */
function more(count: number, noun: string): Line[] {
  if (count <= 0) return [];
  return [{ role: 'more', runs: [plain(`… and ${count} more ${noun}${count === 1 ? '' : 's'}`)] }];
}

function phrase(role: LineRole, text: string): Line[] {
  return text === '' ? [] : [{ role, runs: [plain(text)] }];
}
