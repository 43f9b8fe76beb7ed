/** What the lookout cannot mend by itself: a refused document, dead letters, channels, red tests, feeds. */
import type { JSX } from 'preact';
import type { RedRule } from '../../../lib/match/run/tests.ts';
import { feeds } from '../../api/calls.ts';
import type { FeedStatus, Status } from '../../api/types.ts';
import { useLoad } from '../../state/load.ts';
import { useChange } from '../../state/pulse.ts';
import { count } from '../../text/format.ts';
import { Time } from '../../ui/time.tsx';

const TROUBLE_WORDS: Partial<Record<FeedStatus['state'], string>> = {
  failing: 'does not answer, or with errors',
  suspect: 'answers with no feed, or half of one',
  slow: 'asks to be polled less often',
  stale: 'has had nothing new for long',
  gone: 'is gone for good (410)',
};
const FEEDS_MAX = 6;
const RULES_MAX = 6;

export function NeedsAPerson({ status }: { readonly status: Status | null }): JSX.Element {
  const loaded = useLoad('feeds', feeds);
  useChange((change) => change === 'feeds' && loaded.reload());
  const bad = (loaded.data ?? []).filter(({ state }) => TROUBLE_WORDS[state] !== undefined);
  const { dead = 0 } = status?.readiness.outbox ?? {};
  const disabled = status?.readiness.channelsDisabled ?? 0;
  const rejected = status?.readiness.rejected ?? null;
  const red = status?.redRules ?? [];
  return (
    <section>
      <h2>Needs a person</h2>
      {bad.length + red.length + dead + disabled === 0 && rejected === null && <p class="s sm">Nothing.</p>}
      <ul>
        {rejected !== null && (
          <li>
            <span>
              The <a href="/rules">newest configuration</a> was not taken, the last good one is in force:{' '}
              <code>{rejected}</code>
            </span>
          </li>
        )}
        {dead > 0 && (
          <li>
            <span>
              <a href="/channels">{count(dead, 'dead letter')}</a>: not delivered after all attempts, kept.
            </span>
          </li>
        )}
        {disabled > 0 && (
          <li>
            <span>
              <a href="/channels">{count(disabled, 'channel')}</a> disabled: their receivers are gone.
            </span>
          </li>
        )}
        {red.slice(0, RULES_MAX).map((rule) => (
          <RedRow key={rule.rule} rule={rule} />
        ))}
        {red.length > RULES_MAX && (
          <li>
            <a href="/rules">{red.length - RULES_MAX} more rules</a>
          </li>
        )}
        {bad.slice(0, FEEDS_MAX).map((feed) => (
          <FeedRow key={feed.id} feed={feed} />
        ))}
        {bad.length > FEEDS_MAX && (
          <li>
            <a href="/feeds">{bad.length - FEEDS_MAX} more feeds</a>
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
        {TROUBLE_WORDS[feed.state]}
        {last?.status === null || last === null ? '.' : `: ${last.status}.`}
      </span>
    </li>
  );
}

/** A test that was saved red says what the rule should do and does not yet do. */
function RedRow({ rule: { rule, title, tests } }: { readonly rule: RedRule }): JSX.Element {
  return (
    <li>
      <span>
        <a href={`/rules/${encodeURIComponent(rule)}`}>
          <bdi>{title}</bdi>
        </a>{' '}
        fails {tests === 1 ? 'one of its own tests' : `${tests} of its own tests`}: saved with a reason, not
        yet mended.
      </span>
    </li>
  );
}
