/** At the top of every page: the name, links to the pages, and the state of the service with its problems. */

import type { JSX } from 'preact';
import type { Status } from '../../lib/api/status.ts';
import { TICKS_MISSED_MAX } from '../../lib/model/limits.ts';
import type { ConnectionState } from '../api/live.ts';
import { connectionState, lastStatus, reconnectNow } from '../state/live-status.ts';
import { usePlace } from '../state/router.ts';
import { useStore } from '../state/store.ts';
import { clock, count, duration } from '../text/format.ts';
import { Time, useZone } from '../ui/time.tsx';
import { ROUTES } from './routes.ts';

/** States of feeds that need attention. */
const TROUBLE = ['slow', 'failing', 'suspect', 'stale', 'gone'] as const;

export function Masthead({ onKeys }: { readonly onKeys: () => void }): JSX.Element {
  const { path } = usePlace();
  return (
    <header class="mast">
      <a class="name" href="/">
        Vigie
      </a>
      <nav aria-label="Pages">
        <ul>
          {ROUTES.filter(({ name }) => name !== null).map((route) => (
            <li key={route.path}>
              <a
                href={route.path}
                {...(isWithin(path, route.path) ? { 'aria-current': 'page' as const } : {})}
              >
                {route.name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <LiveStatus onKeys={onKeys} />
    </header>
  );
}

function isWithin(path: string, page: string): boolean {
  if (page === '/') return path === '/' || path.startsWith('/stories/');
  return path === page || path.startsWith(`${page}/`);
}

function LiveStatus({ onKeys }: { readonly onKeys: () => void }): JSX.Element {
  const status = useStore(lastStatus);
  return (
    <div class="livestatus">
      <ConnectionWord state={useStore(connectionState)} />
      {status !== null && <TickWord status={status} />}
      {status !== null && <Troubles status={status} />}
      <button type="button" class="b text keysb" onClick={onKeys}>
        <kbd class="wide">?</kbd> <span class="wide">keys</span>
        <span class="narrow">settings</span>
      </button>
    </div>
  );
}

function ConnectionWord({ state }: { readonly state: ConnectionState }): JSX.Element {
  const zone = useZone();
  switch (state.kind) {
    case 'opening':
      return <span>Connecting</span>;
    case 'live':
      return <b>Live</b>;
    case 'lost':
      return (
        <span>
          <b class="wait">Not live since {clock(state.since, zone)}</b>{' '}
          <button type="button" class="b text" onClick={reconnectNow}>
            Try now
          </button>
        </span>
      );
  }
}

function TickWord({ status: { tick, tickSeconds, readiness } }: { readonly status: Status }): JSX.Element {
  if (tick === null) return <span class="sep">no check yet</span>;
  const age = readiness.lastTickAge ?? 0;
  if (tickSeconds > 0 && age > TICKS_MISSED_MAX * tickSeconds)
    return <b class="sep no">No check for {duration(age * 1000)}</b>;
  return (
    <span class="sep">
      <span class="wide">last check </span>
      <Time at={tick.wall} as="seconds" />
    </span>
  );
}

function Troubles({ status: { readiness } }: { readonly status: Status }): JSX.Element {
  const feeds = TROUBLE.reduce((sum, state) => sum + (readiness.feeds[state] ?? 0), 0);
  const { dead } = readiness.outbox;
  return (
    <span class="troubles">
      {readiness.rejected !== null && (
        <a class="sep" href="/rules">
          new configuration not accepted
        </a>
      )}
      {readiness.channelsDisabled > 0 && (
        <a class="sep" href="/channels">
          {count(readiness.channelsDisabled, 'channel')} disabled
        </a>
      )}
      {feeds > 0 && (
        <a class="sep" href="/feeds">
          {count(feeds, 'feed problem')}
        </a>
      )}
      {dead > 0 && (
        <a class="sep" href="/channels">
          {count(dead, 'failed delivery', 'failed deliveries')}
        </a>
      )}
    </span>
  );
}
