/** Problems that the service cannot solve by itself: a bad configuration, failed deliveries, channels, tests, feeds. */
import type { JSX } from 'preact';
import type { FeedStatus } from '../../../lib/api/feeds.ts';
import type { Status } from '../../../lib/api/status.ts';
import type { RedRule } from '../../../lib/match/run/tests.ts';
import { feeds } from '../../api/calls.ts';
import { useChange } from '../../state/live-status.ts';
import { useLoad } from '../../state/load.ts';
import { count } from '../../text/format.ts';
import { Time } from '../../ui/time.tsx';

const TROUBLE_WORDS: Partial<Record<FeedStatus['state'], string>> = {
  failing: 'does not answer',
  suspect: 'is not a valid feed, or incomplete',
  slow: 'asks for fewer polls',
  stale: 'has had no new items for a long time',
  gone: 'was removed by its publisher (410)',
};
const FEEDS_MAX = 6;
const RULES_MAX = 6;

export function NeedsAttention({ status }: { readonly status: Status | null }): JSX.Element {
  const loaded = useLoad('feeds', feeds);
  useChange((change) => change === 'feeds' && loaded.reload());
  const bad = (loaded.data ?? []).filter(({ state }) => TROUBLE_WORDS[state] !== undefined);
  const { dead = 0 } = status?.readiness.outbox ?? {};
  const disabled = status?.readiness.channelsDisabled ?? 0;
  const rejected = status?.readiness.rejected ?? null;
  const red = status?.redRules ?? [];
  return (
    <section>
      <h2>Needs attention</h2>
      {bad.length + red.length + dead + disabled === 0 && rejected === null && (
        <p class="s sm">No problems</p>
      )}
      <ul>
        {rejected !== null && (
          <li>
            <span>
              The <a href="/rules">configuration file</a> is not in force: <code>{rejected}</code>
            </span>
          </li>
        )}
        {dead > 0 && (
          <li>
            <span>
              <a href="/channels">{count(dead, 'failed delivery', 'failed deliveries')}</a>: all attempts
              failed.
            </span>
          </li>
        )}
        {disabled > 0 && (
          <li>
            <span>
              <a href="/channels">{count(disabled, 'channel is', 'channels are')} disabled</a>: the receiver’s
              address no longer exists.
            </span>
          </li>
        )}
        {red.slice(0, RULES_MAX).map((rule) => (
          <RedRow key={rule.rule} rule={rule} />
        ))}
        {red.length > RULES_MAX && (
          <li>
            <a href="/rules">{count(red.length - RULES_MAX, 'more rule')}</a>
          </li>
        )}
        {bad.slice(0, FEEDS_MAX).map((feed) => (
          <FeedRow key={feed.id} feed={feed} />
        ))}
        {bad.length > FEEDS_MAX && (
          <li>
            <a href="/feeds">{count(bad.length - FEEDS_MAX, 'more feed')}</a>
          </li>
        )}
      </ul>
    </section>
  );
}

function FeedRow({ feed }: { readonly feed: FeedStatus }): JSX.Element {
  const { last } = feed.record;
  return (
    <li>
      {last !== null && <Time at={last.at} as="short" />}
      <span>
        <a href={`/feeds?text=${encodeURIComponent(feed.id)}`}>
          <bdi>{feed.title ?? feed.id}</bdi>
        </a>{' '}
        {feed.state === 'failing' && typeof last?.status === 'number'
          ? `answers with error ${last.status}`
          : TROUBLE_WORDS[feed.state]}
        .
      </span>
    </li>
  );
}

/** A rule saved although its own tests fail. */
function RedRow({ rule: { rule, title, tests } }: { readonly rule: RedRule }): JSX.Element {
  return (
    <li>
      <span>
        <a href={`/rules/${encodeURIComponent(rule)}`}>
          <bdi>{title}</bdi>
        </a>{' '}
        fails {tests === 1 ? 'one of its own tests' : `${tests} of its own tests`} (saved with a reason).
      </span>
    </li>
  );
}
