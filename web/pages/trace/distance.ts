/** Words between two hits, counted as the matcher counts them (lib/match/search/places.ts). */
import type { MatchSpan } from '../../../lib/model/match.ts';
import { Folded } from '../../../lib/text/fold.ts';

const folded = new Folded();

/** @param left begins first; both lie in `text`. @returns tokens strictly between them; 0 where they touch or overlap */
export function wordsBetween(
  text: string,
  left: Pick<MatchSpan, 'end'>,
  right: Pick<MatchSpan, 'start'>,
): number {
  folded.clear();
  const first = folded.append(text, 0);
  let last = -1;
  let next = -1;
  for (let at = first; at < folded.length; at++) {
    if ((folded.to[at] ?? 0) <= left.end && (folded.from[at] ?? 0) < left.end) last = folded.tokens[at] ?? 0;
    if (next < 0 && (folded.from[at] ?? 0) >= right.start) next = folded.tokens[at] ?? 0;
  }
  return last < 0 || next < 0 ? 0 : Math.max(0, next - last - 1);
}
