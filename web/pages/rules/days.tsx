/** Alerts per day, as a chart and as a table: the outline is the version in force, the solid bar the edit. */
import type { JSX } from 'preact';
import type { AlertPreview } from '../../../lib/alert/preview.ts';
import { DAY_MS } from '../../../lib/model/time.ts';
import type { Preview } from '../../archive-worker/protocol.ts';
import { clock, count, date } from '../../text/format.ts';
import { useZone } from '../../ui/time.tsx';

const DAYS = 14;
const BASE = 58;
const HEIGHT = 40;

/** Alerts in a span of time, in ms since 1970. */
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
  const { before, version } = props;
  const days = daysOf(props);
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
      <Chart days={days} {...props} />
      <Summary now={props.now} />
      <details class="xs">
        <summary>Show as a table</summary>
        <DayTable days={days} version={version} hasBefore={before !== null} />
      </details>
    </section>
  );
}

function Chart({ days, now, before, version }: DaysProps & { readonly days: readonly Day[] }): JSX.Element {
  const most = Math.max(1, ...days.map((day) => Math.max(day.now, day.before)));
  const sum = `${count(now.alerts, 'alert')} with this edit in ${count(days.length, 'day')}`;
  const label = before === null ? sum : `${sum}; ${before.alerts} with version ${version}`;
  return (
    <>
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
    </>
  );
}

function Summary({ now: { worstHour, silent, stories } }: { readonly now: AlertPreview }): JSX.Element {
  const zone = useZone();
  return (
    <p class="xs s">
      {worstHour === null
        ? 'No alerts.'
        : `Busiest hour: ${date(worstHour.at, zone)} ${clock(worstHour.at, zone)}, ${count(worstHour.alerts, 'alert')}.`}{' '}
      {count(stories, 'story', 'stories')}; {count(silent, 'matching entry', 'matching entries')} without an
      alert.
    </p>
  );
}

interface DayTableProps {
  readonly days: readonly Day[];
  readonly version: number;
  /** Whether the version in force has the rule. */
  readonly hasBefore: boolean;
}

function DayTable({ days, version, hasBefore }: DayTableProps): JSX.Element {
  return (
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
            <td class="num">{hasBefore ? day.before : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
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
