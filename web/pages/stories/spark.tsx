/** A small chart of a story's reports over time. Grey: all; black: independent; triangle: the latest alert. */
import type { JSX } from 'preact';
import type { ListedStory } from '../../../lib/api/stories.ts';
import { type At, count, moment, msOf } from '../../text/format.ts';
import { useZone } from '../../ui/time.tsx';

const BARS = 34;
const BASE = 26;

type SparkStory = Pick<
  ListedStory,
  'first' | 'times' | 'originals' | 'alerted' | 'reports' | 'independent' | 'closed' | 'last'
>;

export function Spark({ story, now }: { readonly story: SparkStory; readonly now: number }): JSX.Element {
  const zone = useZone();
  const from = msOf(story.first);
  // The chart of a closed story ends with its last report.
  const to = Math.max(story.closed ? msOf(story.last) : now, from + 60_000);
  const share = (at: At): number => Math.min(1, Math.max(0, (msOf(at) - from) / (to - from)));
  const bars = barsOf(story.times, share);
  const most = Math.max(1, ...bars);
  const alerted = story.alerted === null ? '' : `; latest alert ${moment(story.alerted, zone, now)}`;
  const label = `${count(story.reports, 'report')} since ${moment(from, zone, now)}, ${story.independent} independent${alerted}`;
  return (
    <>
      <svg class="spark" role="img" aria-label={label}>
        {bars.map((of, i) => (of === 0 ? null : <Bar key={i} i={i} height={4 + (of / most) * 18} />))}
        <line x1="0" x2="100%" y1={BASE + 0.5} y2={BASE + 0.5} />
        {story.originals.map((at) => (
          <rect key={at} class="ind" x={percent(share(at) * 0.99)} y="2" width="2" height={BASE - 2} />
        ))}
        {story.alerted !== null && (
          // biome-ignore lint/a11y/noSvgWithoutTitle: a part of the chart, which has its label
          <svg x={percent(share(story.alerted) * 0.99)} y={BASE + 2} width="1" height="6" overflow="visible">
            <path class="al" d="M1 0L5 6H-3Z" />
          </svg>
        )}
      </svg>
      <p class="axis" aria-hidden="true">
        <span>{moment(from, zone, now)}</span>
        <span>{story.closed ? moment(to, zone, now) : 'now'}</span>
      </p>
    </>
  );
}

function Bar({ i, height }: { readonly i: number; readonly height: number }): JSX.Element {
  return (
    <rect class="all" x={percent(i / BARS)} y={BASE - height} width={percent(0.78 / BARS)} height={height} />
  );
}

/** How many of the times fall in each of BARS equal spans. */
function barsOf(times: readonly At[], share: (at: At) => number): number[] {
  const bars = new Array<number>(BARS).fill(0);
  for (const at of times) {
    const i = Math.min(BARS - 1, Math.floor(share(at) * BARS));
    bars[i] = (bars[i] ?? 0) + 1;
  }
  return bars;
}

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;
