/**
 * Which reports of a story are somebody's own, and which repeat another's. Copies of one wire are one source, however many
 * publishers print them (a published audit of a competitor: a third of "corroborated" stories had one publisher).
 */
import type { ConfirmConfig } from '../model/config.ts';
import type { Report, SourceGroup } from '../model/story.ts';
import { publisherKey } from './publisher.ts';
import { isNearCopy } from './words.ts';

/** @returns groups in order of their first report; within a group in order of coming */
export function sourceGroups(reports: readonly Report[]): SourceGroup[] {
  const leader = reports.map((_, i) => i);
  const find = (i: number): number => (leader[i] === i ? i : find(leader[i]!));
  reports.forEach((report, i) => {
    for (let j = 0; j < i; j++) {
      const a = find(i);
      const b = find(j);
      if (a !== b && isOneSource(report, reports[j]!)) leader[Math.max(a, b)] = Math.min(a, b);
    }
  });
  const groups = new Map<number, Report[]>();
  reports.forEach((report, i) => {
    const of = find(i);
    groups.set(of, [...(groups.get(of) ?? []), report]);
  });
  return [...groups.values()].map(groupOf);
}

function groupOf(reports: readonly Report[]): SourceGroup {
  const known = reports.find(({ publisher }) => publisher !== null);
  return { publisher: known?.publisher ?? null, country: known?.country ?? null, reports };
}

/** Same publisher or family, near copy, or the same agency behind both. */
function isOneSource(a: Report, b: Report): boolean {
  if (a.publisher !== null && b.publisher !== null && publisherKey(a.publisher) === publisherKey(b.publisher))
    return true;
  if (a.family !== null && a.family === b.family) return true;
  return sharesAgency(a, b) || isNearCopy(a.facts, b.facts);
}

function sharesAgency(a: Report, b: Report): boolean {
  const ofB = agenciesOf(b);
  return agenciesOf(a).some((agency) => ofB.includes(agency));
}

const agenciesOf = ({ facts }: Report): readonly string[] =>
  facts.ownAgency === null ? facts.agencies : [...facts.agencies, facts.ownAgency];

/** @returns how many groups count: unknown publishers never do; by country, each country once */
export function independentCount(groups: readonly SourceGroup[], by: ConfirmConfig['independent']): number {
  const known = groups.filter(({ publisher }) => publisher !== null);
  if (by === 'publisher') return known.length;
  return new Set(known.flatMap(({ country }) => (country === null ? [] : [country]))).size;
}
