/** Finds the known name that a misspelt name probably stands for. */

/** Limits the work for very long lists. */
const NAMES_COMPARED_MAX = 5_000;

/**
 * @returns the known name with the fewest edits, ignoring case; null if all need more than two edits, or than a third of
 * the letters of a long name
 */
export function nearest(name: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  // A transposition counts as two edits.
  let bestEdits = name.length < 4 ? 2 : Math.max(2, Math.floor(name.length / 3)) + 1;
  let compared = 0;
  for (const candidate of known) {
    if (++compared > NAMES_COMPARED_MAX) break;
    if (Math.abs(candidate.length - name.length) >= bestEdits) continue;
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (edits < bestEdits) {
      best = candidate;
      bestEdits = edits;
    }
  }
  return best;
}

/** Levenshtein distance in UTF-16 units, computed one row at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
