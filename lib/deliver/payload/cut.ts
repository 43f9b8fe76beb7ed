/** Cuts text to what a platform takes. */

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** At most `unitsMax` UTF-16 units, ending in `…` where something was cut, never inside a grapheme. */
export function cutText(text: string, unitsMax: number): string {
  if (text.length <= unitsMax) return text;
  let end = 0;
  for (const { index, segment } of graphemes.segment(text.slice(0, unitsMax))) {
    if (index + segment.length > unitsMax - 1) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end).replace(/\\$/, '')}…`;
}
