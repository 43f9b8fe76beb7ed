/** Finds the name a mistyped one was probably meant to be. */

const NAMES_COMPARED_MAX = 5_000;

/** @returns the known name with the fewest edits, or null if none takes two, or a third of its letters, at most. */
export function nearest(name: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  // Two letters swapped are two edits.
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

/** Levenshtein, one row at a time. */
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
