/** Status: how the lookout itself fares, in sentences with numbers; who may use it; what is muted; addresses of alert feeds. */
import type { JSX } from 'preact';
import { ARCHIVE_ENTRIES_MAX } from '../../../lib/model/limits.ts';
import { status as loadStatus } from '../../api/calls.ts';
import type { Status } from '../../api/types.ts';
import { useLoad } from '../../state/load.ts';
import { useChange } from '../../state/pulse.ts';
import { count, duration, figure } from '../../text/format.ts';
import { Failure, Waiting } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { useTitle } from '../../ui/title.ts';
import { AlertFeeds } from './alert-feeds.tsx';
import { Mutes } from './mutes.tsx';
import { Quota, type QuotaRow } from './quota.tsx';
import { Tokens } from './tokens.tsx';

/** SQLite of one Durable Object: 10 GB on the paid plan, 5 GB of an account on the free one. */
const DESK_BYTES_MAX = 5_000_000_000;

export function Page(): JSX.Element {
  const loaded = useLoad('status', loadStatus);
  useTitle('Status');
  useChange(loaded.reload);
  const { data } = loaded;
  return (
    <>
      <div class="head">
        <h1>Status</h1>
        {data !== null && (
          <p class="s">
            Vigie {data.version}, as of <Time at={Date.parse(data.now)} as="seconds" />
          </p>
        )}
      </div>
      <Failure of={loaded} what="the status" />
      {data === null ? <Waiting slow={loaded.slow} what="the status" /> : <Sentences status={data} />}
      <div class="statuscols">
        <Tokens />
        <Mutes />
      </div>
      <AlertFeeds />
    </>
  );
}

function Sentences({ status }: { readonly status: Status }): JSX.Element {
  const { readiness, queued, deliveries, stories, archive } = status;
  return (
    <section class="sec">
      <div class="sechead">
        <h2>How it fares</h2>
      </div>
      <div class="fares">
        <div class="sentences">
          <Ticks status={status} />
          <p>
            <b>{count(deliveries.pending, 'delivery waits', 'deliveries wait')}</b>
            {readiness.outbox.oldestAge !== null &&
              deliveries.pending > 0 &&
              `, the oldest for ${duration(readiness.outbox.oldestAge * 1_000)}`}
            ; {figure(deliveries.delivered)} were delivered in 30 days,{' '}
            <a href="/channels">{count(deliveries.dead, 'is dead', 'are dead')}</a>.{' '}
            {queued === 0 ? 'No alert waits' : count(queued, 'alert waits', 'alerts wait')} for quiet hours or
            a digest.
          </p>
          <p>
            <b>{count(stories.open, 'story is open', 'stories are open')}</b>, {figure(stories.closed)}{' '}
            closed. The archive has {count(archive.entries, 'entry', 'entries')} in{' '}
            {count(archive.pages, 'page')}.
          </p>
          <p>
            {readiness.configuration === null ? (
              <b class="no">No configuration is in force.</b>
            ) : (
              <>
                Configuration <code>{readiness.configuration.slice(0, 12)}</code> is in force.
              </>
            )}{' '}
            {readiness.rejected !== null && (
              <>
                <b class="no">The newest one was refused</b>: <code>{readiness.rejected}</code>.{' '}
                <a href="/rules">See it in Rules</a>.
              </>
            )}
          </p>
          <p class="s">
            A feed is polled at most every {count(status.floorMinutes, 'minute')}.{' '}
            {status.home === null
              ? 'No public address is configured, so alerts carry no link back.'
              : `Alerts link to ${status.home}.`}
          </p>
        </div>
        <Quota rows={quotaOf(status)} />
      </div>
    </section>
  );
}

function Ticks({ status: { tick, tickSeconds, readiness } }: { readonly status: Status }): JSX.Element {
  if (tick === null)
    return (
      <p>
        <b class="wait">No tick yet.</b>
      </p>
    );
  const age = (readiness.lastTickAge ?? 0) * 1_000;
  const late = tickSeconds > 0 && age > 3 * tickSeconds * 1_000;
  return (
    <p>
      {late ? <b class="no">No tick for {duration(age)}.</b> : <b>It ticks.</b>} The last one was at{' '}
      <Time at={tick.wall} as="seconds" />
      {tickSeconds > 0 ? `, one is due every ${tickSeconds} s` : ', by hand: no clock of its own is set'}.
      {Math.abs(tick.wall - tick.at) > 120_000 && (
        <>
          {' '}
          It stands for <Time at={tick.at} />: the news is replayed.
        </>
      )}
    </p>
  );
}

function quotaOf({ kvWrites, rowsWritten, archive, bytes }: Status): QuotaRow[] {
  return [
    {
      name: 'KV writes today',
      used: kvWrites.today,
      max: kvWrites.max,
      words: `${figure(kvWrites.today)} of ${figure(kvWrites.max)}`,
    },
    {
      name: 'Desk rows written today',
      used: rowsWritten.today,
      max: rowsWritten.max,
      words: `${figure(rowsWritten.today)} of ${figure(rowsWritten.max)}`,
    },
    {
      name: 'Entries in the archive',
      used: archive.entries,
      max: ARCHIVE_ENTRIES_MAX,
      words: `${figure(archive.entries)} of ${figure(ARCHIVE_ENTRIES_MAX)}`,
    },
    {
      name: 'The desk’s database',
      used: bytes,
      max: DESK_BYTES_MAX,
      words: `${(bytes / 1e6).toFixed(1)} MB of ${figure(DESK_BYTES_MAX / 1e9)} GB`,
    },
  ];
}
