/** Marked text: the runs that lines consist of, and how matched words become strong runs. */
import type { MatchSpan } from '../model/match.ts';
import { cutText, graphemeAt } from '../text/cut.ts';
import { isolated, safeText } from './text.ts';

/** A stretch of text in one style. The text is safe but not escaped: each channel escapes it for its own format. */
export interface Run {
  readonly text: string;
  readonly strong: boolean;
  /** An http(s) address in ASCII. */
  readonly href: string | null;
}

/** A run without style. */
export function plain(text: string): Run {
  return { text, strong: false, href: null };
}

/** A strong run. */
export function strong(text: string): Run {
  return { text, strong: true, href: null };
}

/** A run of feed text within a line, isolated against right-to-left effects. */
export function name(text: string, href: string | null = null): Run {
  return { text: isolated(text), strong: false, href };
}

/** Merges adjacent runs of the same style. */
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
 * A text of an entry as one line, cut to length, in which the matched words are strong. A match within a grapheme marks
 * the whole grapheme (UAX #29).
 *
 * @param unitsMax UTF-16 units of the resulting text
 */
export function markedLine(text: string, { spans, unitsMax, href }: MarkOptions): readonly Run[] {
  // Three times the length: unsafe characters that are dropped must not shorten the line.
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

/** Ranges to mark: whole graphemes, in order, without overlaps. */
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

/** Options of `markedLine`. */
export interface MarkOptions {
  /** Spans with offsets into this text. */
  readonly spans: readonly Pick<MatchSpan, 'start' | 'end'>[];
  readonly unitsMax: number;
  readonly href: string | null;
}

/** A run without address. */
interface Marked {
  readonly text: string;
  readonly strong: boolean;
}

/** Makes text safe and collapses whitespace; no strong run begins or ends with a space, because `** x**` is not markup. */
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

/** Removes trailing spaces and runs that become empty. */
function trimmedEnd(runs: readonly Marked[]): Marked[] {
  const last = runs.at(-1);
  if (last === undefined || !last.text.endsWith(' ')) return [...runs];
  return trimmedEnd(
    [...runs.slice(0, -1), { ...last, text: last.text.trimEnd() }].filter(({ text }) => text !== ''),
  );
}

/** Appends text; a run of the same style grows. Spaces between two strong words stay outside of both. */
function join(out: Marked[], text: string, isStrong: boolean): void {
  if (text === '') return;
  const last = out.at(-1);
  if (last?.strong === isStrong) out[out.length - 1] = { text: last.text + text, strong: isStrong };
  else out.push({ text, strong: isStrong });
}

/** Cuts to `unitsMax` units in all, with `…` if something was cut here or before. */
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

/** Appended where text was cut. */
const ELLIPSIS: Marked = { text: '…', strong: false };
