/** Draws the distance of two hits: one point for each word between them, and a line at the rule's limit. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { EntryTrace } from '../../../lib/api/archive.ts';
import type { MatchSpan } from '../../../lib/model/match.ts';
import { count } from '../../text/format.ts';
import { type Distance, narrowestMiss } from './ways.ts';

/** Points drawn at most, so that they stay apart. */
const POINTS_MAX = 40;

interface RulerProps {
  readonly clause: string;
  readonly hits: readonly MatchSpan[];
  readonly entry: EntryTrace['entry'];
}

export function Ruler({ clause, hits, entry }: RulerProps): JSX.Element | null {
  const [miss, setMiss] = useState<Distance | null>(null);
  useEffect(() => {
    let isHere = true;
    // Loaded on demand: the matcher's word counting is larger than this page.
    void import('./distance.ts').then(({ wordsBetween }) => {
      if (isHere)
        setMiss(narrowestMiss(clause, hits, (left, right) => wordsBetween(entry[left.field], left, right)));
    });
    return () => {
      isHere = false;
    };
  }, [clause, entry.id]);
  return miss === null ? null : <Drawn miss={miss} entry={entry} />;
}

function Drawn({
  miss,
  entry,
}: {
  readonly miss: Distance;
  readonly entry: EntryTrace['entry'];
}): JSX.Element {
  const { left, right, between, allowed, text } = miss;
  const word = ({ field, start, end }: MatchSpan): string => entry[field].slice(start, end);
  const points = Math.min(between, POINTS_MAX);
  const x = (i: number): string => `${2 + (i / (points + 1)) * 96}%`;
  return (
    <>
      <svg
        class="ruler"
        role="img"
        aria-label={`${count(between, 'word')} between ${word(left)} and ${word(right)}; the rule allows ${allowed}`}
      >
        <line class="base" x1="0" x2="100%" y1="12.5" y2="12.5" />
        <circle class="end" cx={x(0)} cy="12" r="5" />
        {Array.from({ length: points }, (_, i) => (
          <circle key={i} class={i < allowed ? 'within' : 'beyond'} cx={x(i + 1)} cy="12" r="3" />
        ))}
        <circle class="end" cx={x(points + 1)} cy="12" r="5" />
        {allowed < points && (
          <line class="limit" x1={x(allowed + 0.5)} x2={x(allowed + 0.5)} y1="0" y2="24" />
        )}
      </svg>
      <p class="sm">
        <b>
          {count(between, 'word')} between <bdi>{word(left)}</bdi> and <bdi>{word(right)}</bdi>; the rule
          allows {allowed}:
        </b>{' '}
        <code>{text}</code>
      </p>
    </>
  );
}
