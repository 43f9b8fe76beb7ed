/** A report enters the stories of its rule: which one it joins, what that changes. Pure; the desk and the CLI share it. */

import type { EpochMs } from '../model/flavor.ts';
import { STORIES_OPEN_MAX, STORY_QUIET_MS_MAX, STORY_REPORTS_MAX } from '../model/limits.ts';
import type { Development, Report, Story } from '../model/story.ts';
import { hash53 } from '../text/hash.ts';
import { type Confirm, developmentsOf } from './development.ts';
import { storyFor } from './join.ts';

export interface Entered {
  /** The story with the report in it. */
  readonly story: Story;
  readonly developments: readonly Development[];
}

/**
 * @param open open stories of the rule
 * @param isHit whether a rule's own COUNT, or any figure, is asked for plays no part: every figure of the facts counts
 */
export function enterReport(
  report: Report,
  open: readonly Story[],
  { rule, confirm, titleOf }: { rule: string; confirm: Confirm; titleOf: (id: string) => string },
): Entered {
  const near = open.filter((story) => isOpen(story, report.at)).slice(-STORIES_OPEN_MAX);
  const before = storyFor(report, near);
  const developments = developmentsOf(report, before, confirm, titleOf);
  return { story: joined(report, before, rule, developments), developments };
}

/** Quiet for less than 72 hours at that time, in either direction: late reports of an older date still find it. */
export function isOpen(story: Story, at: EpochMs): boolean {
  return !story.closed && at - story.last <= STORY_QUIET_MS_MAX && story.first - at <= STORY_QUIET_MS_MAX;
}

function joined(
  report: Report,
  before: Story | null,
  rule: string,
  developments: readonly Development[],
): Story {
  const confirmed = (before?.confirmed ?? false) || developments.some(({ kind }) => kind === 'confirmed');
  const maxima = raised(before?.maxima ?? {}, report);
  if (before === null) {
    return {
      id: `s_${id106(`${rule}\n${report.entry}`)}`,
      rule,
      first: report.at,
      last: report.at,
      closed: false,
      reports: [report],
      count: 1,
      maxima,
      confirmed,
    };
  }
  return {
    ...before,
    first: Math.min(before.first, report.at),
    last: Math.max(before.last, report.at),
    reports: kept([...before.reports, report]),
    count: before.count + 1,
    maxima,
    confirmed,
  };
}

/** The first reports say who was first, the newest what is compared with. */
function kept(reports: readonly Report[]): readonly Report[] {
  if (reports.length <= STORY_REPORTS_MAX) return reports;
  const first = Math.floor(STORY_REPORTS_MAX / 3);
  return [...reports.slice(0, first), ...reports.slice(first - STORY_REPORTS_MAX)];
}

function raised(maxima: Readonly<Record<string, number>>, { facts }: Report): Record<string, number> {
  const out = new Map(Object.entries(maxima));
  for (const { of, value } of facts.figures) out.set(of ?? '', Math.max(out.get(of ?? '') ?? 0, value));
  return Object.fromEntries(out);
}

/** 106 bits in base 36: two hashes of differently salted text. */
export function id106(text: string): string {
  return hash53(text).toString(36).padStart(11, '0') + hash53(`${text}\u0000`).toString(36).padStart(11, '0');
}
