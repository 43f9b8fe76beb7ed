/**
 * Cuts a text from a feed where marks begin and end, and around invisible control characters. The pieces, joined in
 * order, are the text.
 */

/** How a mark is drawn: each style has its own line, so that colour is never the only difference. */
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
  /** A control character, shown by its name: obeyed, it would change the text around it. */
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
/** Also the controls of C0 and C1 that are not white space: feeds contain them by mistake, or to hide something. */
const CONTROL = new RegExp(
  `[${Object.keys(CONTROLS).join('')}\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]`,
  'g',
);

/** @param marks in any order; they may overlap and extend beyond the text */
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

/** Writing direction of a language; `auto` where the language is unknown: the browser goes by the letters. */
export function directionOf(lang: string | null): 'ltr' | 'rtl' | 'auto' {
  if (lang === null) return 'auto';
  return RIGHT_TO_LEFT.has(lang.toLowerCase().split('-', 1)[0] ?? '') ? 'rtl' : 'ltr';
}
