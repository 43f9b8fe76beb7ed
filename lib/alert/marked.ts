/** Text with marks: the runs of which lines are made, and how the words that matched become strong runs. */
import type { MatchSpan } from '../model/match.ts';
import { cutText, graphemeAt } from '../text/cut.ts';
import { isolated, safeText } from './text.ts';

/** A stretch of text in one style. Text is safe and unescaped: each channel escapes it in its own way. */
export interface Run {
  readonly text: string;
  readonly strong: boolean;
  /** An http(s) address in ASCII. */
  readonly href: string | null;
}

export function plain(text: string): Run {
  return { text, strong: false, href: null };
}

export function strong(text: string): Run {
  return { text, strong: true, href: null };
}

/** Feed text in the middle of a line. */
export function name(text: string, href: string | null = null): Run {
  return { text: isolated(text), strong: false, href };
}

/** Neighbours in one style are one run. */
export function mergedRuns(runs: readonly Run[]): Run[] {
  const out: Run[] = [];
  for (const run of runs) {
    const last = out.at(-1);
    if (last !== undefined && last.strong === run.strong && last.href === run.href)
      out[out.length - 1] = { ...last, text: last.text + run.text };
    else out.push(run);
  }
  return out;
}

/**
 * A text of an entry on one line, cut, its matched words strong. Marks are widened to whole graphemes.
 *
 * @param unitsMax of the text that comes out
 */
export function markedLine(text: string, { spans, unitsMax, href }: MarkOptions): readonly Run[] {
  // Three times what is shown: what is dropped as unsafe must not starve the line.
  const raw = text.slice(0, unitsMax * 3 + 100);
  const runs: Marked[] = [];
  let at = 0;
  for (const { start, end } of rangesOf(raw, spans)) {
    join(runs, raw.slice(at, start), false);
    join(runs, raw.slice(start, end), true);
    at = end;
  }
  join(runs, raw.slice(at), false);
  return cutRuns(oneLine(runs), unitsMax, raw.length < text.length).map((run) => ({ ...run, href }));
}

/** Where to mark: whole graphemes, in order, none twice. */
function rangesOf(text: string, spans: MarkOptions['spans']): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    if (span.start >= text.length || span.end <= span.start) continue;
    const last = ranges.at(-1);
    const start = Math.max(graphemeAt(text, span.start).start, last?.end ?? 0);
    const { end } = graphemeAt(text, Math.min(span.end, text.length) - 1);
    if (end > start) ranges.push({ start, end });
  }
  return ranges;
}

export interface MarkOptions {
  /** Those that index into this very text. */
  readonly spans: readonly Pick<MatchSpan, 'start' | 'end'>[];
  readonly unitsMax: number;
  readonly href: string | null;
}

interface Marked {
  readonly text: string;
  readonly strong: boolean;
}

/** Safe, without line breaks and doubled blanks; no strong run begins or ends with a blank: `** x**` is no mark-up. */
function oneLine(runs: readonly Marked[]): Marked[] {
  const out: Marked[] = [];
  let blank = true;
  for (const { text, strong: isStrong } of runs) {
    const parts = safeText(text).split(/\s+/u);
    parts.forEach((part, at) => {
      if (at > 0 && !blank) {
        join(out, ' ', isStrong && part !== '' && (out.at(-1)?.strong ?? false));
        blank = true;
      }
      if (part === '') return;
      join(out, part, isStrong);
      blank = false;
    });
  }
  return trimmedEnd(out);
}

function trimmedEnd(runs: readonly Marked[]): Marked[] {
  const last = runs.at(-1);
  if (last === undefined || !last.text.endsWith(' ')) return [...runs];
  return trimmedEnd(
    [...runs.slice(0, -1), { ...last, text: last.text.trimEnd() }].filter(({ text }) => text !== ''),
  );
}

/** A run of the same style grows; blanks between two strong words stay outside of both. */
function join(out: Marked[], text: string, isStrong: boolean): void {
  if (text === '') return;
  const last = out.at(-1);
  if (last?.strong === isStrong) out[out.length - 1] = { text: last.text + text, strong: isStrong };
  else out.push({ text, strong: isStrong });
}

/** At most `unitsMax` units in all, `…` where something was cut here or before. */
function cutRuns(runs: readonly Marked[], unitsMax: number, cutBefore: boolean): Marked[] {
  const total = runs.reduce((sum, { text }) => sum + text.length, 0);
  if (total + (cutBefore ? 1 : 0) <= unitsMax) return cutBefore ? [...runs, ELLIPSIS] : [...runs];
  const out: Marked[] = [];
  let left = unitsMax - 1;
  for (const run of runs) {
    const text = run.text.length <= left ? run.text : cutText(`${run.text} `, left + 1).slice(0, -1);
    out.push({ ...run, text });
    left -= run.text.length;
    if (left <= 0) break;
  }
  return [...out.filter(({ text }) => text !== ''), ELLIPSIS];
}

const ELLIPSIS: Marked = { text: '…', strong: false };
