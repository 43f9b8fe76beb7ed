/** Beside the list: what needs a person, then the latest developments, told and silent alike. */
import type { JSX } from 'preact';
import { feeds } from '../../api/calls.ts';
import type { DevelopmentNote, FeedStatus, Status } from '../../api/types.ts';
import { count } from '../../parts/format.ts';
import { useLoad } from '../../parts/load.ts';
import { lastStatus, useChange } from '../../parts/pulse.ts';
import { useStore } from '../../parts/store.ts';
import { Time } from '../../parts/time.tsx';
import { decisionWords, developmentWords, kindWord } from '../../parts/wording.ts';
import { factsOf } from './developments.ts';

export function Aside({ developments }: { readonly developments: readonly DevelopmentNote[] }): JSX.Element {
  const status = useStore(lastStatus);
  return (
    <aside class="log" aria-label="Beside the stories">
      <NeedsAPerson status={status} />
      <section>
        <h2>Developments</h2>
        {developments.length === 0 && <p class="s sm">None so far.</p>}
        <ol>
          {developments.map((note) => (
            <DevelopmentRow key={`${note.at} ${note.kind} ${note.entry} ${note.story}`} note={note} />
          ))}
        </ol>
      </section>
    </aside>
  );
}

function DevelopmentRow({ note }: { readonly note: DevelopmentNote }): JSX.Element {
  const { sent, text } = decisionWords(note.decision, note);
  const words = developmentWords(note, factsOf(note)).replace(
    /^(figure|new language,|first report|confirmed,|closed,) ?/,
    '',
  );
  return (
    <li>
      <Time at={note.at} as="short" />
      <span>
        <b>{kindWord(note.kind)}</b> {words}
        {words === '' ? '' : '. '}
        <a class="quiet" href={`/stories/${encodeURIComponent(note.story)}`}>
          <bdi>{note.ruleTitle}</bdi>
        </a>
      </span>
      <span class={sent ? 'sent' : 'silent'}>{text}</span>
    </li>
  );
}

const TROUBLE_WORDS: Partial<Record<FeedStatus['state'], string>> = {
  failing: 'does not answer, or with errors',
  suspect: 'answers with no feed, or half of one',
  slow: 'asks to be polled less often',
  stale: 'has had nothing new for long',
  gone: 'is gone for good (410)',
};
const FEEDS_MAX = 6;

function NeedsAPerson({ status }: { readonly status: Status | null }): JSX.Element {
  const loaded = useLoad('feeds', feeds);
  useChange((change) => change === 'feeds' && loaded.reload());
  const bad = (loaded.data ?? []).filter(({ state }) => TROUBLE_WORDS[state] !== undefined);
  const { dead = 0 } = status?.readiness.outbox ?? {};
  const disabled = status?.readiness.channelsDisabled ?? 0;
  const rejected = status?.readiness.rejected ?? null;
  return (
    <section>
      <h2>Needs a person</h2>
      {bad.length + dead + disabled === 0 && rejected === null && <p class="s sm">Nothing.</p>}
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
