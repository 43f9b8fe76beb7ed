/** The table of feeds: two lines for those with problems, one for the others. Each row opens to its details. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { FeedStatus } from '../../../lib/api/feeds.ts';
import { useKeys } from '../../state/keys.ts';
import { count, duration, hostOf } from '../../text/format.ts';
import { ShareBar, StateMark } from '../../ui/state-mark.tsx';
import { TableHead } from '../../ui/table-head.tsx';
import { Time } from '../../ui/time.tsx';
import { type Polled, pauseOrResume, poll } from './actions.ts';
import { FeedDetail } from './detail.tsx';
import {
  entriesADay,
  latencyWords,
  meanADay,
  problemOf,
  STATES,
  unchangedShare,
  usualLatency,
} from './view.ts';

interface FeedTableProps {
  /** In the order in which to show them. */
  readonly feeds: readonly FeedStatus[];
  readonly now: number;
  readonly onChanged: () => void;
}

/** Rows drawn before the button “Show more”. Not virtualised, so that find-in-page works. */
const ROWS_MAX = 500;

export function FeedTable({ feeds, now, onChanged }: FeedTableProps): JSX.Element | null {
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState<string | null>(null);
  const [rows, setRows] = useState(ROWS_MAX);
  const [polled, setPolled] = useState<ReadonlyMap<string, Polled>>(new Map());
  const current = feeds[Math.min(at, feeds.length - 1)];
  const pollNow = (feed: FeedStatus): void => {
    setPolled((before) => new Map(before).set(feed.id, { kind: 'asking' }));
    void poll(feed).then((answer) => {
      setPolled((before) => new Map(before).set(feed.id, answer));
      onChanged();
    });
  };
  useKeys({
    j: () => setAt((before) => Math.min(feeds.length - 1, before + 1)),
    k: () => setAt((before) => Math.max(0, before - 1)),
    x: () => current !== undefined && setOpen((before) => (before === current.id ? null : current.id)),
    Enter: () => current !== undefined && setOpen((before) => (before === current.id ? null : current.id)),
    p: () => current !== undefined && pollNow(current),
    z: () => current !== undefined && void pauseOrResume(current, onChanged),
  });
  if (feeds.length === 0) return null;
  const trouble = feeds.filter(({ state }) => STATES[state].trouble);
  const rest = feeds.filter(({ state }) => !STATES[state].trouble);
  const rowOf = (feed: FeedStatus): JSX.Element => (
    <FeedRow
      key={feed.id}
      feed={feed}
      now={now}
      current={current?.id === feed.id}
      open={open === feed.id}
      polled={polled.get(feed.id) ?? null}
      onOpen={() => setOpen(open === feed.id ? null : feed.id)}
      onPoll={() => pollNow(feed)}
      onChanged={onChanged}
    />
  );
  return (
    <>
      <table class="feeds">
        <caption class="vh">Feeds, those with problems first</caption>
        <Columns />
        {trouble.length > 0 && (
          <Group title={`With problems, ${trouble.length}`} note="" rows={trouble.map(rowOf)} />
        )}
        <Group
          title={`${trouble.length > 0 ? 'Other feeds' : 'All feeds'}, ${rest.length}`}
          note="next poll first"
          rows={rest.slice(0, Math.max(0, rows - trouble.length)).map(rowOf)}
        />
      </table>
      {feeds.length > rows && (
        <p class="acts">
          <button type="button" class="b" onClick={() => setRows(rows + ROWS_MAX)}>
            Show {count(Math.min(ROWS_MAX, feeds.length - rows), 'more feed')}
          </button>
        </p>
      )}
      <p class="legend">
        <span class="keyhints">
          <kbd>j</kbd> <kbd>k</kbd> move <kbd>Enter</kbd> open <kbd>p</kbd> poll now <kbd>z</kbd> pause or
          resume <kbd>n</kbd> add
        </span>
      </p>
    </>
  );
}

function Columns(): JSX.Element {
  return (
    <TableHead
      columns={[
        { name: 'State', class: 'c-state' },
        'Feed',
        { name: 'Last poll', class: 'c-time' },
        { name: 'Next poll', class: 'c-next' },
        { name: 'Entries a day, 14 days', class: 'c-days' },
        { name: 'Mean', class: 'num c-mean' },
        { name: 'Unchanged', class: 'c-share' },
        { name: 'Latency', class: 'num c-lat' },
        { name: 'Problems', class: 'c-problem' },
      ]}
    />
  );
}

function Group({
  title,
  note,
  rows,
}: {
  readonly title: string;
  readonly note: string;
  readonly rows: JSX.Element[];
}): JSX.Element {
  return (
    <tbody>
      <tr class="group">
        <th colSpan={9} scope="rowgroup">
          {title} <span class="s sm">{note}</span>
        </th>
      </tr>
      {rows}
    </tbody>
  );
}

interface FeedRowProps {
  readonly feed: FeedStatus;
  readonly now: number;
  readonly current: boolean;
  readonly open: boolean;
  readonly polled: Polled | null;
  readonly onOpen: () => void;
  readonly onPoll: () => void;
  readonly onChanged: () => void;
}

function FeedRow({ feed, now, current, open, polled, onOpen, onPoll, onChanged }: FeedRowProps): JSX.Element {
  const state = STATES[feed.state];
  const { last } = feed.record;
  const problem = problemOf(feed, now);
  const address = state.trouble ? feed.url.replace(/^https?:\/\//, '') : hostOf(feed.url);
  return (
    <>
      <tr
        class={state.trouble ? 'two-lines' : 'one'}
        {...(current ? { 'aria-current': 'true' as const } : {})}
      >
        <td>
          <StateMark shape={state.shape} word={state.word} tone={state.tone} />
        </td>
        <td>
          <button type="button" class="b quiet fname" aria-expanded={open} onClick={onOpen}>
            <bdi>{feed.title ?? feed.id}</bdi>
          </button>{' '}
          <span class="lc">{feed.lang}</span> <span class="u">{address}</span>
        </td>
        <td data-label="Last poll">
          {last === null ? '–' : <Time at={last.at} as="clock" />}
          {last !== null && `, ${last.status ?? 'no answer'}`}
        </td>
        <td data-label="Next poll">
          {polled?.kind === 'asking' ? 'polling' : <Next feed={feed} now={now} />}
        </td>
        <td data-label="Entries a day">
          <Days feed={feed} now={now} />
        </td>
        <td class="num" data-label="Mean">
          {meanADay(feed, now)}
        </td>
        <td data-label="Unchanged">
          <ShareBar share={unchangedShare(feed)} />
        </td>
        <td class="num" data-label="Latency">
          {latencyWords(usualLatency(feed))}
        </td>
        <td class="c-problem">
          {problem !== null && (
            <button type="button" class="b text" aria-expanded={open} onClick={onOpen}>
              <bdi>{problem}</bdi>
            </button>
          )}
        </td>
      </tr>
      {open && (
        <tr class="detail">
          <td colSpan={9}>
            <FeedDetail feed={feed} now={now} polled={polled} onPoll={onPoll} onChanged={onChanged} />
          </td>
        </tr>
      )}
    </>
  );
}

function Next({ feed, now }: { readonly feed: FeedStatus; readonly now: number }): JSX.Element {
  if (feed.nextPoll === null) return <>{feed.state === 'new' ? 'due' : 'never'}</>;
  const at = Date.parse(feed.nextPoll);
  return <time dateTime={feed.nextPoll}>{at <= now ? 'due' : `in ${duration(at - now)}`}</time>;
}

const BAR = 6.6;
const HEIGHT = 18;

function Days({ feed, now }: { readonly feed: FeedStatus; readonly now: number }): JSX.Element {
  const days = entriesADay(feed, now);
  const most = Math.max(1, ...days);
  const first = days.findIndex((of) => of > 0);
  const all = days.reduce((sum, of) => sum + of, 0);
  const label = `${count(all, 'entry', 'entries')} in ${days.length} days, ${days.at(-1)} today`;
  return (
    <svg class="sp" viewBox={`0 0 ${BAR * days.length} ${HEIGHT}`} role="img" aria-label={label}>
      {days.map((of, i) => {
        const x = i * BAR;
        // A day without entries, after days with entries: may be a fault.
        if (of === 0)
          return i > first && first >= 0 ? (
            <line key={i} x1={x} x2={x + 5} y1={HEIGHT - 1} y2={HEIGHT - 1} />
          ) : null;
        const height = Math.max(2, (of / most) * HEIGHT);
        return <rect key={i} x={x} y={HEIGHT - height} width="5" height={height} />;
      })}
    </svg>
  );
}
