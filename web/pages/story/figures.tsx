/** Figures of a story over time, each with its speakers. A hollow point raised no alert. Not shown without figures. */

import type { JSX } from 'preact';
import type { WholeStory } from '../../../lib/api/stories.ts';
import { FIGURE_RISE_MIN } from '../../../lib/model/limits.ts';
import { useNow } from '../../state/live-status.ts';
import { byTime, figure, list, moment } from '../../text/format.ts';
import { decisionWords, kindWord } from '../../text/wording.ts';
import { TableHead } from '../../ui/table-head.tsx';
import { useZone } from '../../ui/time.tsx';
import { type Entry, publisherOf } from './origins.ts';
import { axisOf, percentOn } from './time-axis.ts';

interface Point {
  readonly value: number;
  readonly approximate: boolean;
  /** Speakers, each once, in order of their reports. */
  readonly by: readonly string[];
  readonly at: string;
  /** Publisher of the first report. */
  readonly first: string;
  /** Entries that have this figure. */
  readonly entries: number;
  /** The alert that its entry raised, as a word; null: none. */
  readonly alert: string | null;
}

export function Figures({ story }: { readonly story: WholeStory }): JSX.Element | null {
  const [largest] = story.figures;
  if (largest === undefined) return null;
  const points = pointsOf(story, largest.of);
  const next = story.alertOn.includes('figure')
    ? nextAlert(Math.max(...points.map(({ value }) => value)))
    : null;
  return (
    <section class="sec">
      <div class="sechead">
        <h2>Figures</h2>
        <small>{largest.title ?? 'of something not named'}</small>
      </div>
      {points.length > 1 && <Chart points={points} next={next} />}
      {next !== null && <p class="xs s">The next alert on a figure is sent from {figure(next)}.</p>}
      <table>
        <caption class="vh">Figures and their speakers</caption>
        <TableHead
          columns={[
            { name: 'Figure', class: 'num' },
            'Said by',
            'First in',
            { name: 'Entries', class: 'num' },
            'Alert',
          ]}
        />
        <tbody>
          {points.map((point) => (
            <tr key={point.value}>
              <td class="num">
                <b>{figure(point.value, point.approximate)}</b>
              </td>
              <td>
                <bdi>{speakers(point.by)}</bdi>
              </td>
              <td>
                <bdi>{point.first}</bdi>
              </td>
              <td class="num">{point.entries}</td>
              <td>{point.alert === null ? <span class="s">none</span> : point.alert.toLowerCase()}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The smallest figure that counts as larger: FIGURE_RISE_MIN times the largest one. */
const nextAlert = (largest: number): number => Math.ceil(largest * FIGURE_RISE_MIN);

/** Each figure once, in order of its first report. */
function pointsOf(story: WholeStory, of: string | null): Point[] {
  const byId = new Map(story.entries.map((entry) => [entry.id, entry]));
  const byValue = Map.groupBy(
    story.figures.filter((one) => one.of === of),
    ({ value }) => value,
  );
  return [...byValue.values()]
    .flatMap((same) => {
      const found = same.flatMap(({ entry }) => byId.get(entry) ?? []).sort(byTime);
      const [first] = found;
      return first === undefined ? [] : [pointOf(story, { same, found, first })];
    })
    .sort(byTime);
}

function pointOf(
  story: WholeStory,
  { same, found, first }: { same: WholeStory['figures']; found: readonly Entry[]; first: Entry },
): Point {
  const [{ value, of, approximate } = { value: 0, of: null, approximate: false }] = same;
  const alert = story.history.find(
    ({ entry, decision }) => found.some(({ id }) => id === entry) && decisionWords(decision, story).sent,
  );
  return {
    value,
    approximate,
    by: [...new Set(same.flatMap(({ by }) => by ?? []))],
    at: first.at,
    first: publisherOf(first),
    entries: story.entries.filter(({ figures }) =>
      figures.some((one) => one.of === of && one.value === value),
    ).length,
    alert: alert === undefined ? null : kindWord(alert.kind),
  };
}

/** `NIS`, `NIS, Harbour Wire and 4 more` */
function speakers(by: readonly string[]): string {
  if (by.length === 0) return 'no speaker found';
  return by.length < 4 ? list(by) : `${by.slice(0, 2).join(', ')} and ${by.length - 2} more`;
}

const HEIGHT = 128;
const TOP = 26;
const BASE = 108;

function Chart({
  points,
  next,
}: {
  readonly points: readonly Point[];
  readonly next: number | null;
}): JSX.Element {
  const zone = useZone();
  const now = useNow();
  const axis = axisOf(points.map(({ at }) => at));
  const most = next ?? Math.max(...points.map(({ value }) => value));
  const y = (value: number): number => BASE - (value / most) * (BASE - TOP);
  const label = points
    .map((point) => `${figure(point.value)} by ${speakers(point.by)}, ${moment(point.at, zone, now)}`)
    .join('; ');
  return (
    <svg class="fig" role="img" aria-label={`Figures over time: ${label}`} height={HEIGHT}>
      <line class="base" x1="0" x2="100%" y1={BASE + 0.5} y2={BASE + 0.5} />
      {next !== null && <line class="next" x1="0" x2="100%" y1={y(next)} y2={y(next)} />}
      {next !== null && (
        <text x="100%" y={y(next) - 5} text-anchor="end">
          next alert from {figure(next)}
        </text>
      )}
      {points.map((point) => {
        const x = 4 + percentOn(axis, point.at) * 0.92;
        return (
          <g key={point.value}>
            <line class="stem" x1={`${x}%`} x2={`${x}%`} y1={y(point.value)} y2={BASE} />
            <circle class={point.alert === null ? 'c' : 'o'} cx={`${x}%`} cy={y(point.value)} r="4" />
            <text
              class="strong"
              x={`${x}%`}
              y={y(point.value) + 4}
              dx={x > 60 ? -8 : 8}
              text-anchor={x > 60 ? 'end' : 'start'}
            >
              {figure(point.value)}
            </text>
          </g>
        );
      })}
      <text x="0" y={HEIGHT - 4}>
        {moment(points[0]?.at ?? 0, zone, now)}
      </text>
      <text x="100%" y={HEIGHT - 4} text-anchor="end">
        {moment(points.at(-1)?.at ?? 0, zone, now)}
      </text>
    </svg>
  );
}
