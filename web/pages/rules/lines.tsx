/** A difference by lines: + added, − removed, with AROUND unchanged lines on each side. */
import type { JSX } from 'preact';
import type { Hunk } from '../../archive-worker/protocol.ts';

const AROUND = 2;
const LINES_MAX = 400;

export function Lines({
  hunks,
  label,
}: {
  readonly hunks: readonly Hunk[];
  readonly label: string;
}): JSX.Element {
  const rows = hunks.flatMap((hunk, i) => rowsOf(hunk, i === 0, i === hunks.length - 1)).slice(0, LINES_MAX);
  if (rows.length === 0) return <p class="s sm">No differences.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section class="lines" aria-label={label} tabIndex={0}>
      <pre>
        {rows.map(({ sign, text }, i) => (
          <span key={i} class={sign === '−' ? 'gone' : sign === '+' ? 'come' : 'l'}>
            {sign} {text}
            {'\n'}
          </span>
        ))}
      </pre>
    </section>
  );
}

function rowsOf({ kind, lines }: Hunk, isFirst: boolean, isLast: boolean): { sign: string; text: string }[] {
  if (kind !== 'same') return lines.map((text) => ({ sign: kind === 'gone' ? '−' : '+', text }));
  if (isFirst && isLast) return [];
  const before = isFirst ? [] : lines.slice(0, AROUND);
  const after = isLast ? [] : lines.slice(Math.max(before.length, lines.length - AROUND));
  const left = lines.length - before.length - after.length;
  const gap = left > 0 ? [{ sign: ' ', text: `… ${left} lines` }] : [];
  const same = (some: readonly string[]) => some.map((text) => ({ sign: ' ', text }));
  return isFirst ? [...gap, ...same(after)] : [...same(before), ...gap, ...same(after)];
}
