/**
 * A text from a feed cut where words are marked, and around characters that are not seen but do something. The pieces,
 * one after the other, are the text.
 */

/** How a mark is drawn: by its line, so that the colour may be missing. */
export type MarkStyle = 'entity' | 'counted' | 'concept' | 'figure' | 'excluded';

/** A half-open range of UTF-16 units. */
export interface Marked {
  readonly start: number;
  readonly end: number;
  readonly style: MarkStyle;
}

export type Piece =
  /** @param styles those of the marks that cover it, each once; empty: plain text */
  | { readonly kind: 'text'; readonly text: string; readonly styles: readonly MarkStyle[] }
  /** A character that is shown by its name: its effect would reach beyond it. */
  | { readonly kind: 'control'; readonly text: string; readonly name: string };

/** Marks, embeddings, overrides and isolates of writing direction (UAX #9), by their usual names. */
const CONTROLS: Readonly<Record<string, string>> = {
  '\u200e': 'LRM',
  '\u200f': 'RLM',
  '\u061c': 'ALM',
  '\u202a': 'LRE',
  '\u202b': 'RLE',
  '\u202c': 'PDF',
  '\u202d': 'LRO',
  '\u202e': 'RLO',
  '\u2066': 'LRI',
  '\u2067': 'RLI',
  '\u2068': 'FSI',
  '\u2069': 'PDI',
};
/** With the controls of C0 and C1 that are no white space: feeds hold them by mistake, or to hide something. */
const CONTROL = new RegExp(
  `[${Object.keys(CONTROLS).join('')}\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]`,
  'g',
);

/** @param marks in any order; they may overlap, and reach beyond the text */
export function cut(text: string, marks: readonly Marked[]): Piece[] {
  const real = marks
    .map((mark) => ({ ...mark, start: Math.max(0, mark.start), end: Math.min(text.length, mark.end) }))
    .filter(({ start, end }) => start < end);
  const edges = new Set([0, text.length, ...real.flatMap(({ start, end }) => [start, end])]);
  for (const { index } of text.matchAll(CONTROL)) edges.add(index).add(index + 1);
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(1).map((end, i) => {
    const start = sorted[i] ?? 0;
    const piece = text.slice(start, end);
    if (piece.search(CONTROL) === 0) return { kind: 'control', text: piece, name: nameOf(piece) };
    const covering = real.filter((mark) => mark.start <= start && mark.end >= end);
    return { kind: 'text', text: piece, styles: [...new Set(covering.map(({ style }) => style))] };
  });
}

function nameOf(control: string): string {
  return CONTROLS[control] ?? `U+${control.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

const RIGHT_TO_LEFT = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** The side a text of that language begins on; its own letters decide where the language is unknown. */
export function directionOf(lang: string | null): 'ltr' | 'rtl' | 'auto' {
  if (lang === null) return 'auto';
  return RIGHT_TO_LEFT.has(lang.toLowerCase().split('-', 1)[0] ?? '') ? 'rtl' : 'ltr';
}
