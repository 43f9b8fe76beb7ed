/**
 * Groups a story's reports into independent sources and their copies. Copies of one agency report are one source, however
 * many publishers print them (in a published audit of a competitor, a third of "corroborated" stories had one publisher).
 */
import type { ConfirmConfig } from '../model/config.ts';
import type { Report, SourceGroup } from '../model/story.ts';
import { isElsewhere } from './elsewhere.ts';
import { publisherKey } from './publisher.ts';
import { isNearCopy, jaccard } from './words.ts';

/** @returns groups in order of their first report; within a group, reports in order of arrival */
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

/** Publisher and country of the first report that has a publisher. */
function groupOf(reports: readonly Report[]): SourceGroup {
  const known = reports.find(({ publisher }) => publisher !== null);
  return { publisher: known?.publisher ?? null, country: known?.country ?? null, reports };
}

/** Same publisher, same family, near copy, or the same agency. */
function isOneSource(a: Report, b: Report): boolean {
  if (a.publisher !== null && b.publisher !== null && publisherKey(a.publisher) === publisherKey(b.publisher))
    return true;
  if (a.family !== null && a.family === b.family) return true;
  return sharesAgency(a, b) || isReprint(a, b);
}

/** Two reports made from one template about different places are not copies, however similar they are. */
function isReprint(a: Report, b: Report): boolean {
  return isNearCopy(a.facts, b.facts) && !isElsewhere(a.facts, b.facts);
}

/** Both credit the same agency, or one is published by it. */
function sharesAgency(a: Report, b: Report): boolean {
  const ofB = agenciesOf(b);
  return agenciesOf(a).some((agency) => ofB.includes(agency));
}

const agenciesOf = ({ facts }: Report): readonly string[] =>
  facts.ownAgency === null ? facts.agencies : [...facts.agencies, facts.ownAgency];

/** Why a report counts as a copy: same publisher, same agency, or similar text. */
export type CopyReason =
  | { readonly kind: 'publisher' }
  | { readonly kind: 'agency'; readonly agency: string }
  /** @param share of their words that both contain, 0 to 1 */
  | { readonly kind: 'text'; readonly share: number };

/** The report that a report copies. */
export interface Repeats {
  /** Id of that report's entry. */
  readonly entry: string;
  readonly why: CopyReason;
}

/**
 * @param groups as returned by sourceGroups
 * @returns for every report except the first of its group, by entry: what it copies. The copies form a tree with the first
 *   report as root; a report that copies the root directly is attached to it.
 */
export function repeatsOf(groups: readonly SourceGroup[]): Map<string, Repeats> {
  const found = new Map<string, Repeats>();
  for (const { reports } of groups) {
    const reached = reports.slice(0, 1);
    for (const other of reached) {
      for (const report of reports) {
        if (reached.includes(report) || !isOneSource(report, other)) continue;
        found.set(report.entry, { entry: other.entry, why: reasonOf(report, other) });
        reached.push(report);
      }
    }
  }
  return found;
}

/** Similar text is preferred as reason, because a reader can see it. */
function reasonOf(a: Report, b: Report): CopyReason {
  if (isReprint(a, b)) return { kind: 'text', share: jaccard(a.facts.words, b.facts.words) };
  const agency = agenciesOf(a).find((one) => agenciesOf(b).includes(one));
  return agency === undefined ? { kind: 'publisher' } : { kind: 'agency', agency };
}

/** @returns the number of groups that count: unknown publishers do not; with `country`, each country counts once */
export function independentCount(groups: readonly SourceGroup[], by: ConfirmConfig['independent']): number {
  const known = groups.filter(({ publisher }) => publisher !== null);
  if (by === 'publisher') return known.length;
  return new Set(known.flatMap(({ country }) => (country === null ? [] : [country]))).size;
}
