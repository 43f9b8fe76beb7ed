/** Status: the state of the service in sentences, quotas, tokens, mutes, and addresses of alert feeds. */
import type { JSX } from 'preact';
import type { Status } from '../../../lib/api/status.ts';
import { ARCHIVE_ENTRIES_MAX } from '../../../lib/model/limits.ts';
import { status as loadStatus } from '../../api/calls.ts';
import { useChange } from '../../state/live-status.ts';
import { useLoad } from '../../state/load.ts';
import { count, duration, figure, msOf } from '../../text/format.ts';
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
            Vigie {data.version}, as of <Time at={data.now} as="seconds" />
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
        <h2>Service</h2>
      </div>
      <div class="overview">
        <div class="sentences">
          <Ticks status={status} />
          <p>
            <b>{count(deliveries.pending, 'delivery is waiting', 'deliveries are waiting')}</b>
            {readiness.outbox.oldestAge !== null &&
              deliveries.pending > 0 &&
              `, the oldest for ${duration(readiness.outbox.oldestAge * 1_000)}`}
            ; {count(deliveries.delivered, 'was', 'were')} delivered in the last 30 days,{' '}
            <a href="/channels">{count(deliveries.dead, 'failed', 'failed')}</a>.{' '}
            {queued > 0 &&
              `${count(queued, 'alert is', 'alerts are')} queued until quiet hours end or for a digest.`}
          </p>
          <p>
            <b>{count(stories.open, 'story is open', 'stories are open')}</b>, {figure(stories.closed)}{' '}
            closed. The archive has {count(archive.entries, 'entry', 'entries')} in{' '}
            {count(archive.pages, 'page')}.
          </p>
          <p>
            {readiness.configuration === null ? (
              <b class="no">No configuration is active.</b>
            ) : (
              <>
                Configuration <code>{readiness.configuration.slice(0, 12)}</code> is active.
              </>
            )}{' '}
            {readiness.rejected !== null && (
              <>
                <b class="no">The newest one was not accepted</b>: <code>{readiness.rejected}</code>.{' '}
                <a href="/rules">Open Rules</a>.
              </>
            )}
          </p>
          <p class="s">
            A feed is polled at most every {count(status.floorMinutes, 'minute')}.{' '}
            {status.home === null
              ? 'No public address is configured (VIGIE_URL), so alerts carry no link back.'
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
        <b class="wait">No check yet.</b>
      </p>
    );
  const age = (readiness.lastTickAge ?? 0) * 1_000;
  const late = tickSeconds > 0 && age > 3 * tickSeconds * 1_000;
  return (
    <p>
      {late ? <b class="no">No check for {duration(age)}</b> : <b>Running</b>}: last check{' '}
      <Time at={tick.wall} as="clock" />
      {tickSeconds > 0 ? `, every ${tickSeconds} s` : ', started by hand: no interval is set'}.
      {Math.abs(msOf(tick.wall) - msOf(tick.at)) > 120_000 && (
        <>
          {' '}
          Old news is being replayed: the service’s time is <Time at={tick.at} />.
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
