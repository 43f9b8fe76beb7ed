/** Reports over time, one row for each independent report and its copies. Filled: independent; hollow: copy; lines: alerts. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { quietSpans } from '../../../lib/alert/calendar.ts';
import type { Development } from '../../../lib/api/parts.ts';
import type { WholeStory } from '../../../lib/api/stories.ts';
import { useNow } from '../../state/live-status.ts';
import { type At, count, moment } from '../../text/format.ts';
import { decisionWords, kindWord } from '../../text/wording.ts';
import { TableHead } from '../../ui/table-head.tsx';
import { Time, useZone } from '../../ui/time.tsx';
import { type Entry, type Origin, originsOf, publisherOf, repeatWords } from './origins.ts';
import { type Axis, axisOf, percentOn, type Tick, ticksOf } from './time-axis.ts';

/** Rows shown at first: the earliest reports. */
const LANES_MAX = 12;
const LANE_PX = 37;
/** Width of a label, in percent of the axis. */
const LABEL_PERCENT = 18;

export function Lanes({ story }: { readonly story: WholeStory }): JSX.Element {
  const [asTable, setAsTable] = useState(false);
  const [all, setAll] = useState(false);
  const origins = originsOf(story.entries);
  const shown = all ? origins : origins.slice(0, LANES_MAX);
  const rest = origins.length - shown.length;
  return (
    <section class="sec">
      <div class="sechead">
        <h2>Who reported when</h2>
        <small>
          <i class="dot" aria-hidden="true" /> independent report <i class="dot hollow" aria-hidden="true" />{' '}
          copy · one row for each independent report
          {story.quiet !== null && (
            <>
              {' · '}
              <i class="quietmark" aria-hidden="true" /> quiet hours, {quietWords(story.quiet)}
            </>
          )}
        </small>
        <button
          type="button"
          class="b text sm end"
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? 'Show as a chart' : 'Show as a table'}
        </button>
      </div>
      {asTable ? <LaneTable origins={origins} /> : <LaneChart story={story} origins={shown} />}
      {!asTable && rest > 0 && (
        <button type="button" class="b" onClick={() => setAll(true)}>
          Show {count(rest, 'more row')}
        </button>
      )}
    </section>
  );
}

function LaneChart({
  story,
  origins,
}: {
  readonly story: WholeStory;
  readonly origins: readonly Origin[];
}): JSX.Element {
  const zone = useZone();
  const now = useNow();
  const sent = sentOf(story);
  const axis = axisOf([...story.entries, ...sent].map(({ at }) => at));
  const alerts = alertMarks(sent, axis);
  const ticks = ticksOf(axis, zone);
  const quiet = story.quiet === null ? [] : quietSpans(axis, story.quiet);
  return (
    <div class="lanes">
      <div class="lab flags">Alerts</div>
      <svg class="row flags" role="img" aria-label={alertsLabel(alerts, (at) => moment(at, zone, now))}>
        <Ground axis={axis} quiet={quiet} ticks={ticks} />
        {alerts.map(({ at, label, level }) => (
          <Flag
            key={`${at} ${label}`}
            x={percentOn(axis, at)}
            label={label}
            level={level}
            end={percentOn(axis, at) > 70}
          />
        ))}
      </svg>
      {origins.map((origin) => (
        <Lane
          key={origin.entry.id}
          origin={origin}
          axis={axis}
          alerts={alerts.map(({ at }) => at)}
          quiet={quiet}
          ticks={ticks}
        />
      ))}
      <div class="lab ax" />
      <svg class="row ax" aria-hidden="true">
        {ticks.map(({ at, label, strong }) => (
          <text
            key={at}
            x={`${percentOn(axis, at)}%`}
            y="13"
            text-anchor={percentOn(axis, at) > 94 ? 'end' : 'middle'}
            class={strong ? 'strong' : ''}
          >
            {label}
          </text>
        ))}
      </svg>
    </div>
  );
}

interface AlertMark {
  readonly at: At;
  readonly label: string;
  /** 0 or 1: labels close to each other alternate between two lines. */
  readonly level: number;
}

/** Developments with an alert, oldest first. */
function sentOf({ history, alertOn, channels }: WholeStory): Development[] {
  return history.filter(({ decision }) => decisionWords(decision, { alertOn, channels }).sent).toReversed();
}

/** One mark for all alerts of the same time. */
function alertMarks(sent: readonly Development[], axis: Axis): AlertMark[] {
  const byTime = Map.groupBy(sent, ({ at }) => at);
  const marks: AlertMark[] = [];
  for (const [at, notes] of byTime) {
    const before = marks.at(-1);
    const isNear = before !== undefined && percentOn(axis, at) - percentOn(axis, before.at) < LABEL_PERCENT;
    marks.push({
      at,
      level: isNear ? 1 - before.level : 0,
      label: [...new Set(notes.map(({ kind }) => kindWord(kind).toLowerCase()))].join(', '),
    });
  }
  return marks;
}

function alertsLabel(alerts: readonly AlertMark[], when: (at: At) => string): string {
  if (alerts.length === 0) return 'No alerts';
  return `Alerts: ${alerts.map(({ at, label }) => `${label} ${when(at)}`).join('; ')}`;
}

function Flag({
  x,
  label,
  level,
  end,
}: {
  readonly x: number;
  readonly label: string;
  readonly level: number;
  readonly end: boolean;
}): JSX.Element {
  return (
    <g>
      <line class="flag" x1={`${x}%`} x2={`${x}%`} y1="0" y2={LANE_PX} />
      <text
        class="strong"
        x={`${x}%`}
        y={13 + level * 15}
        dx={end ? -5 : 5}
        text-anchor={end ? 'end' : 'start'}
      >
        {label}
      </text>
    </g>
  );
}

interface GroundProps {
  readonly axis: Axis;
  readonly quiet: readonly Axis[];
  readonly ticks: readonly Tick[];
}

/** The background of a row: quiet hours, which the section's head also says in words, and the lines of the time axis. */
function Ground({ axis, quiet, ticks }: GroundProps): JSX.Element {
  return (
    <>
      {quiet.map(({ from, to }) => (
        <rect
          key={from}
          class="quiet"
          x={`${percentOn(axis, from)}%`}
          width={`${percentOn(axis, to) - percentOn(axis, from)}%`}
          y="0"
          height={LANE_PX}
        />
      ))}
      {ticks.map(({ at }) => (
        <line
          key={at}
          class="grid"
          x1={`${percentOn(axis, at)}%`}
          x2={`${percentOn(axis, at)}%`}
          y1="0"
          y2={LANE_PX}
        />
      ))}
    </>
  );
}

/** `22:00 to 06:00 Europe/Paris` */
function quietWords({ from, to, zone }: NonNullable<WholeStory['quiet']>): string {
  const clockOf = (minutes: number): string =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return `${clockOf(from)} to ${clockOf(to)} ${zone}`;
}

interface LaneProps extends GroundProps {
  readonly origin: Origin;
  readonly alerts: readonly At[];
}

function Lane({ origin, axis, alerts, quiet, ticks }: LaneProps): JSX.Element {
  const zone = useZone();
  const now = useNow();
  const { entry, copies } = origin;
  const mid = LANE_PX / 2;
  const last = copies.at(-1);
  const label = `${publisherOf(entry)}, ${moment(entry.at, zone, now)}; ${count(copies.length, 'copy', 'copies')}`;
  return (
    <>
      <div class="lab">
        <span>
          <b>
            <bdi>{publisherOf(entry)}</bdi>
          </b>{' '}
          <span class="lc">{entry.lang ?? '?'}</span>
        </span>
        <span class="s xs">{copies.length === 0 ? 'no copies' : count(copies.length, 'copy', 'copies')}</span>
      </div>
      <svg class="row" role="img" aria-label={label}>
        <Ground axis={axis} quiet={quiet} ticks={ticks} />
        {alerts.map((at) => (
          <line
            key={at}
            class="flag"
            x1={`${percentOn(axis, at)}%`}
            x2={`${percentOn(axis, at)}%`}
            y1="0"
            y2={LANE_PX}
          />
        ))}
        {last !== undefined && (
          <line
            class="link"
            x1={`${percentOn(axis, entry.at)}%`}
            x2={`${percentOn(axis, last.at)}%`}
            y1={mid}
            y2={mid}
          />
        )}
        {copies.map((copy, i) => (
          <circle
            key={copy.id}
            class="c"
            cx={`${percentOn(axis, copy.at)}%`}
            cy={mid + offsetOf(i, copies.length)}
            r="3.5"
          >
            <title>{`${publisherOf(copy)}, ${moment(copy.at, zone, now)}`}</title>
          </circle>
        ))}
        <circle class="o" cx={`${percentOn(axis, entry.at)}%`} cy={mid} r="5" />
      </svg>
    </>
  );
}

/** Vertical offset in px: without it copies of the same minute would cover each other. */
const offsetOf = (i: number, of: number): number => (of < 3 ? 0 : [0, -5, 5][i % 3]!);

function LaneTable({ origins }: { readonly origins: readonly Origin[] }): JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways has to be reachable by keyboard
    <section class="scroll" tabIndex={0} aria-label="Who reported when, as a table">
      <table>
        <caption class="vh">Who reported when</caption>
        <TableHead columns={['Reported', 'Publisher', 'Language', 'Kind']} />
        <tbody>
          {origins
            .flatMap((origin) => [origin.entry, ...origin.copies])
            .map((entry) => (
              <ReportRow key={entry.id} entry={entry} />
            ))}
        </tbody>
      </table>
    </section>
  );
}

function ReportRow({ entry }: { readonly entry: Entry }): JSX.Element {
  return (
    <tr>
      <td>
        <Time at={entry.at} />
      </td>
      <td>
        <bdi>{publisherOf(entry)}</bdi>
      </td>
      <td class="lc">{entry.lang ?? '?'}</td>
      <td>
        {entry.repeats === null ? (
          <>
            <i class="dot" aria-hidden="true" /> independent
          </>
        ) : (
          <>
            <i class="dot hollow" aria-hidden="true" /> copy: {repeatWords(entry.repeats)}
          </>
        )}
      </td>
    </tr>
  );
}
