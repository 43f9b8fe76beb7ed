/** Cuts text to a platform's limits: never within a grapheme (UAX #29), and never within an escape. */

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** At most `unitsMax` UTF-16 units, with `…` at the end if something was cut; never cuts within a grapheme that fits. */
export function cutText(text: string, unitsMax: number): string {
  if (text.length <= unitsMax) return text;
  if (unitsMax < 1) return '';
  return `${text.slice(0, cutAt(text, unitsMax - 1)).trimEnd()}…`;
}

/** End of the last whole grapheme within `units`; of the last whole character if one grapheme is longer. */
function cutAt(text: string, units: number): number {
  // Graphemes are short: segmenting a window before the cut finds the same boundaries as segmenting the whole text.
  const from = Math.max(0, units - WINDOW_UNITS);
  const start = from === 0 ? 0 : (graphemes.segment(text).containing(from)?.index ?? from);
  const at =
    start +
    (graphemes.segment(text.slice(start, units + WINDOW_UNITS)).containing(units - start)?.index ?? 0);
  if (at > 0) return at;
  const code = text.charCodeAt(units - 1);
  return code >= 0xd800 && code < 0xdc00 ? units - 1 : units;
}

/** Longer than any grapheme in use. */
const WINDOW_UNITS = 128;

/** Range [start, end) of the grapheme that contains the unit at `at`. */
export function graphemeAt(text: string, at: number): { readonly start: number; readonly end: number } {
  const start = Math.max(0, at - WINDOW_UNITS);
  const found = graphemes.segment(text.slice(start, at + WINDOW_UNITS)).containing(at - start);
  if (found === undefined) return { start: at, end: at + 1 };
  return { start: start + found.index, end: start + found.index + found.segment.length };
}

/**
 * The longest beginning of `text` whose rendering fits. Escapes make text longer and must not be cut.
 *
 * @param fits monotone: if a text fits, every shorter beginning of it fits
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

/** Length in UTF-8 bytes, as ntfy, Matrix and Teams count. */
export function utf8Bytes(text: string): number {
  return encoder.encode(text).byteLength;
}
