/** Cuts text to what a platform takes: never inside a grapheme, never inside what an escape made of it. */

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** At most `unitsMax` UTF-16 units, ending in `…` where something was cut, never inside a grapheme that fits. */
export function cutText(text: string, unitsMax: number): string {
  if (text.length <= unitsMax) return text;
  if (unitsMax < 1) return '';
  return `${text.slice(0, cutAt(text, unitsMax - 1)).trimEnd()}…`;
}

/** The end of the last whole grapheme within `units`; of the last whole character where one grapheme is longer. */
function cutAt(text: string, units: number): number {
  // Graphemes of real text are short: a window before the cut finds their edges as well as the whole text would.
  const from = Math.max(0, units - WINDOW_UNITS);
  const start = from === 0 ? 0 : (graphemes.segment(text).containing(from)?.index ?? from);
  const at =
    start +
    (graphemes.segment(text.slice(start, units + WINDOW_UNITS)).containing(units - start)?.index ?? 0);
  if (at > 0) return at;
  const code = text.charCodeAt(units - 1);
  return code >= 0xd800 && code < 0xdc00 ? units - 1 : units;
}

const WINDOW_UNITS = 128;

/** The grapheme that holds the unit at `at`, as a half-open range: marks must not split one. */
export function graphemeAt(text: string, at: number): { readonly start: number; readonly end: number } {
  const start = Math.max(0, at - WINDOW_UNITS);
  const found = graphemes.segment(text.slice(start, at + WINDOW_UNITS)).containing(at - start);
  if (found === undefined) return { start: at, end: at + 1 };
  return { start: start + found.index, end: start + found.index + found.segment.length };
}

/**
 * The longest opening of `text` whose rendering still fits: escapes make text longer, and are never cut themselves.
 *
 * @param fits monotone: what fits still fits when it is cut shorter
 */
export function longestFitting(text: string, unitsMax: number, fits: (text: string) => boolean): string {
  const whole = cutText(text, unitsMax);
  if (fits(whole)) return whole;
  let [low, high] = [0, Math.min(whole.length, unitsMax)];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fits(cutText(text, middle))) low = middle;
    else high = middle - 1;
  }
  return cutText(text, low);
}

const encoder = new TextEncoder();

/** Length in bytes of UTF-8: how ntfy, Matrix and Teams count. */
export function utf8Bytes(text: string): number {
  return encoder.encode(text).byteLength;
}
