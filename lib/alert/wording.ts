/** Short English phrases for alerts: the change, figures, publishers, and why alerts are combined. */

import type { Alert, AlertEntry, AlertFigure, AlertSource, DigestReason } from '../model/alert.ts';
import { counted, numberOf } from '../text/count.ts';
import { cutText } from '../text/cut.ts';
import { conceptsOf, countryName, hostOf, isolated, languageName, safeLine, timeOf } from './text.ts';

/** Longest name in a phrase. */
const NAME_UNITS_MAX = 80;

/** What changed, such as `Confirmed by 2 independent publishers`. */
export function changeOf(alert: Alert): string {
  switch (alert.development) {
    case 'first':
      return 'First report';
    case 'confirmed':
      return `Confirmed by ${counted(alert.independent, 'independent publisher')}`;
    case 'language': {
      const lang = alert.entries[0]?.lang ?? alert.languages.at(-1) ?? null;
      return lang === null ? 'Now also in another language' : `Now also in ${languageName(lang)}`;
    }
    case 'figure': {
      const entry = alert.entries[0]?.id;
      const figure = alert.figures.find((one) => one.entry === entry) ?? alert.figures[0];
      return figure === undefined ? 'New figure' : `New figure: ${figurePhrase(figure)}`;
    }
    case 'repeat':
      return `Still going on: ${counted(alert.reports, 'report')} so far`;
    case 'closed':
      return 'No new reports for some time: the story is closed';
  }
}

/** A figure with its speaker, such as `about 10,000 soldiers — Zelensky`. */
export function figurePhrase({ value, approximate, title, by }: AlertFigure): string {
  const what = short(title ?? '');
  const who = short(by ?? '');
  const said = `${approximate ? 'about ' : ''}${numberOf(value)}${what === '' ? '' : ` ${what}`}`;
  return who === '' ? said : `${said} — ${who}`;
}

/** `3 independent publishers · 2 languages: Korean, French · 12 reports`; empty for a single report. */
export function countPhrase({ independent, languages, reports }: Alert): string {
  if (reports <= 1 && independent <= 1 && languages.length <= 1) return '';
  const names = languages.slice(0, LANGUAGES_NAMED_MAX).map(languageName);
  const more = languages.length > names.length ? ' …' : '';
  const parts = [counted(independent, 'independent publisher')];
  if (names.length > 0) parts.push(`${counted(languages.length, 'language')}: ${names.join(', ')}${more}`);
  if (reports > 0) parts.push(counted(reports, 'report'));
  return parts.join(' · ');
}

/** Languages listed in a phrase; more are shown as `…`. */
const LANGUAGES_NAMED_MAX = 12;

/** Publisher with country and grade, such as `Yonhap (South Korea, grade A)`. */
export function publisherPhrase(
  source: Pick<AlertSource, 'publisher' | 'country' | 'grade' | 'url'>,
): string {
  const who = whoOf(source);
  const country = source.country === null ? [] : [countryName(source.country)];
  const grade = source.grade === null ? [] : [`grade ${safeLine(source.grade)}`];
  const about = [...country, ...grade].join(', ');
  return about === '' ? short(who) : `${short(who)} (${about})`;
}

/** The publisher's name, else the host of the address. */
export function whoOf({ publisher, url }: Pick<AlertSource, 'publisher' | 'url'>): string {
  const own = safeLine(publisher ?? '');
  return own === '' ? (hostOf(url) ?? 'unknown publisher') : own;
}

/** `Yonhap (South Korea, grade A) · Korean · 2024-10-18 05:12 UTC · en.yna.co.kr`: the reader sees where the link leads. */
export function byline(entry: AlertEntry): string {
  const host = hostOf(entry.url);
  const who = publisherPhrase(
    host === null && entry.publisher === null ? { ...entry, publisher: entry.feed } : entry,
  );
  const lang = entry.lang === null ? null : languageName(entry.lang);
  const when = entry.published === null ? null : timeOf(entry.published);
  const where = entry.publisher === null ? null : host;
  return [who, lang, when, where].filter((part) => part !== null).join(' · ');
}

/** What matched, such as `North Korea · soldiers · sending`. */
export function conceptPhrase(entry: AlertEntry): string {
  return conceptsOf(entry).join(' · ');
}

/** Headline of a digest, such as `12 alerts from quiet hours`. */
export function digestPhrase(count: number, reason: DigestReason): string {
  const why: Record<DigestReason, string> = {
    backfill: 'from before the rule or feed was added',
    flood: 'from a feed that changed its ids',
    budget: 'above the hourly limit of the rule',
    quiet: 'from quiet hours',
    digest: 'in this digest',
    group: 'in one group',
  };
  return `${counted(count, 'alert')} ${why[reason]}`;
}

function short(text: string): string {
  return isolated(cutText(safeLine(text), NAME_UNITS_MAX));
}
