/** A state as a shape, a word and a colour. */
import type { JSX } from 'preact';

export type Shape = 'circle' | 'ring' | 'diamond' | 'triangle' | 'cross' | 'bars';

const PATHS: Readonly<Record<Exclude<Shape, 'circle' | 'ring'>, string>> = {
  diamond: 'M5 .8L9.2 5L5 9.2L.8 5Z',
  triangle: 'M5 0L10 10H0Z',
  cross: 'M1.5 1.5L8.5 8.5M8.5 1.5L1.5 8.5',
  bars: 'M3 1V9M7 1V9',
};

export function StateMark({
  shape,
  word,
  tone,
}: {
  readonly shape: Shape;
  readonly word: string;
  readonly tone: string;
}): JSX.Element {
  return (
    <span class={`st ${tone}`}>
      <svg viewBox="0 0 10 10" aria-hidden="true">
        {shape === 'circle' && <circle cx="5" cy="5" r="4" class="full" />}
        {shape === 'ring' && <circle cx="5" cy="5" r="3.6" />}
        {shape !== 'circle' && shape !== 'ring' && (
          <path d={PATHS[shape]} class={shape === 'triangle' ? 'full' : ''} />
        )}
      </svg>
      {word}
    </span>
  );
}

/** A share from 0 to 1 as a bar with its percentage; null: unknown. */
export function ShareBar({ share }: { readonly share: number | null }): JSX.Element {
  if (share === null) return <>–</>;
  const percent = Math.round(share * 100);
  return (
    <span class="share">
      <svg aria-hidden="true" width="52" height="8">
        <rect x=".5" y="1.5" width="51" height="5" />
        <rect class="full" x=".5" y="1.5" width={(0.51 * percent).toFixed(1)} height="5" />
      </svg>{' '}
      {percent} %
    </span>
  );
}
