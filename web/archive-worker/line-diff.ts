/** Difference of two texts by lines. Equal heads and tails are skipped first, because large documents differ little. */
import { diffArrays } from 'diff';
import type { Hunk } from './protocol.ts';

/** After this the whole middle is returned as replaced: the user is waiting. */
const TIMEOUT_MS = 500;

/** Hunks in order; together with their `gone` and `come` lines they make up both texts. */
export function hunksOf(before: string, after: string): Hunk[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  const shortest = Math.min(old.length, now.length) - head;
  while (tail < shortest && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  const [gone, come] = [old.slice(head, old.length - tail), now.slice(head, now.length - tail)];
  const hunks: Hunk[] = [];
  let at = 0;
  const push = (kind: Hunk['kind'], lines: readonly string[]): void => {
    if (lines.length === 0) return;
    hunks.push({ kind, lines, at: at + 1 });
    if (kind !== 'gone') at += lines.length;
  };
  push('same', now.slice(0, head));
  const middle = diffArrays(gone, come, { timeout: TIMEOUT_MS }) ?? [
    { value: gone, removed: true, added: false },
    { value: come, removed: false, added: true },
  ];
  for (const { value, added, removed } of middle) push(removed ? 'gone' : added ? 'come' : 'same', value);
  push('same', now.slice(now.length - tail, now.length));
  return hunks;
}

/** Numbers, from 1, of the lines of `after` that are new in it. */
export function newLines(before: string, after: string): number[] {
  return hunksOf(before, after).flatMap(({ kind, lines, at }) =>
    kind === 'come' ? lines.map((_, i) => at + i) : [],
  );
}
