/** Alerts per day: the outline is the version in force, the solid bar the edit. The same as a table on demand. */

import type { JSX } from 'preact';
import type { AlertPreview } from '../../../lib/alert/preview.ts';
import { DAY_MS } from '../../../lib/model/time.ts';
import type { Preview } from '../../archive-worker/protocol.ts';
import { clock, count, date } from '../../text/format.ts';
import { useZone } from '../../ui/time.tsx';

const DAYS = 14;
const BASE = 58;
const HEIGHT = 40;

export function alertsIn({ times }: AlertPreview, after: number, until: number): number {
  return times.filter((at) => at > after && at <= until).length;
}

interface DaysProps {
  readonly now: AlertPreview;
  readonly before: AlertPreview | null;
  readonly span: Preview['span'];
  readonly version: number;
}

interface Day {
  readonly at: number;
  readonly now: number;
  readonly before: number;
}

function daysOf({ now, before, span }: DaysProps): Day[] {
  if (span === null) return [];
  const last = Math.floor(span.to / DAY_MS);
  const first = Math.max(last - DAYS + 1, Math.floor(span.from / DAY_MS));
  const on = (previewed: AlertPreview | null, day: number): number =>
    previewed?.times.filter((at) => Math.floor(at / DAY_MS) === day).length ?? 0;
  return Array.from({ length: last - first + 1 }, (_, i) => ({
    at: (first + i) * DAY_MS,
    now: on(now, first + i),
    before: on(before, first + i),
  }));
}

export function AlertsPerDay(props: DaysProps): JSX.Element {
  const { now, before, version } = props;
  const zone = useZone();
  const days = daysOf(props);
  const most = Math.max(1, ...days.map((day) => Math.max(day.now, day.before)));
  const sum = count(now.alerts, 'alert');
  const label = `${sum} of this edit over ${count(days.length, 'day')}${before === null ? '' : `; version ${version} made ${before.alerts}`}`;
  return (
    <section>
      <div class="sechead">
        <h2>Alerts per day</h2>
        <small>
          <span aria-hidden="true">■</span> edit
          {before !== null && (
            <>
              {' '}
              <span aria-hidden="true">□</span> version {version}
            </>
          )}
        </small>
      </div>
      <svg class="bars" role="img" aria-label={label}>
        {days.map((day, i) => (
          <Bars
            key={day.at}
            day={day}
            x={i / Math.max(days.length, 7)}
            width={1 / Math.max(days.length, 7)}
            most={most}
            outlined={before !== null}
          />
        ))}
        <line x1="0" x2="100%" y1={BASE + 0.5} y2={BASE + 0.5} />
      </svg>
      {days.length > 0 && (
        <p class="axis" aria-hidden="true">
          <span>{date(days[0]?.at ?? 0, 'utc')}</span>
          {days.length >= 7 && days.length > 1 && <span>{date(days.at(-1)?.at ?? 0, 'utc')}</span>}
        </p>
      )}
      <p class="xs s">
        {now.worstHour === null
          ? 'No alerts.'
          : `Worst hour: ${date(now.worstHour.at, zone)} ${clock(now.worstHour.at, zone)}, ${count(now.worstHour.alerts, 'alert')}.`}{' '}
        {now.silent === 0 ? 'No entry was' : count(now.silent, 'entry was', 'entries were')} kept silent;{' '}
        {count(now.stories, 'story', 'stories')}.
      </p>
      <details class="xs">
        <summary>As a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col" class="num">
                Edit
              </th>
              <th scope="col" class="num">
                Version {version}
              </th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.at}>
                <th scope="row">{date(day.at, 'utc')}</th>
                <td class="num">{day.now}</td>
                <td class="num">{before === null ? '–' : day.before}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}

interface BarsProps {
  readonly day: Day;
  readonly x: number;
  readonly width: number;
  readonly most: number;
  readonly outlined: boolean;
}

function Bars({ day, x, width, most, outlined }: BarsProps): JSX.Element {
  const height = (of: number): number => (of === 0 ? 0 : Math.max(3, (of / most) * HEIGHT));
  const part = width * 0.42;
  return (
    <>
      {outlined && day.before > 0 && (
        <rect
          class="sv"
          x={percent(x + width * 0.04)}
          y={BASE - height(day.before) + 0.5}
          width={percent(part)}
          height={height(day.before)}
        />
      )}
      {day.now > 0 && (
        <>
          <rect
            class="now"
            x={percent(x + width * 0.5)}
            y={BASE - height(day.now)}
            width={percent(part)}
            height={height(day.now)}
          />
          <text x={percent(x + width * 0.5 + part / 2)} y={BASE - height(day.now) - 4} text-anchor="middle">
            {day.now}
          </text>
        </>
      )}
    </>
  );
}

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;
