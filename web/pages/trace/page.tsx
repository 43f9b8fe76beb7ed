/** Trace: for an address or text, whether it was seen, whether it matched, and whether an alert was sent, step by step. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { EntryTrace, Found, FoundEntry } from '../../../lib/api/archive.ts';
import { feeds, find, trace } from '../../api/calls.ts';
import { useKeys } from '../../state/keys.ts';
import { useLoad } from '../../state/load.ts';
import { go, usePlace } from '../../state/router.ts';
import { useTyped } from '../../state/typed.ts';
import { FEED_STATES } from '../../text/feed.ts';
import { count, hostOf, zoneName } from '../../text/format.ts';
import { Foreign } from '../../ui/foreign.tsx';
import { Empty, Failure, Waiting } from '../../ui/states.tsx';
import { testAddress } from '../../ui/story-actions.ts';
import { Time, useZone } from '../../ui/time.tsx';
import { useTitle } from '../../ui/title.ts';
import { Chain } from './chain.tsx';
import { closestRules, verdictOf } from './verdict.ts';

export function Page(): JSX.Element {
  const { query } = usePlace();
  const q = query.get('q') ?? '';
  const entry = query.get('entry');
  useTitle('Trace');
  return (
    <>
      <div class="head">
        <h1>Trace</h1>
        <p class="s">Paste an address or any text to see why it did or did not send an alert.</p>
      </div>
      <Ask q={q} />
      {entry !== null && <OneEntry id={entry} />}
      {entry === null && q !== '' && <FoundFor q={q} />}
    </>
  );
}

function Ask({ q }: { readonly q: string }): JSX.Element {
  const [typed, setTyped] = useTyped(q);
  const field = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => field.current?.focus(), 'Escape field': () => field.current?.blur() });
  const submit = (event: Event): void => {
    event.preventDefault();
    if (typed.trim() === '') field.current?.focus();
    else go(`/trace?${new URLSearchParams({ q: typed.trim() })}`);
  };
  return (
    <search>
      <form class="ask" onSubmit={submit}>
        <label class="vh" for="q">
          Address or text
        </label>
        <input
          ref={field}
          id="q"
          type="text"
          spellcheck={false}
          placeholder="https://… or words of a title"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit" class="b main">
          Trace
        </button>
      </form>
    </search>
  );
}

function FoundFor({ q }: { readonly q: string }): JSX.Element {
  const loaded = useLoad(`find ${q}`, () => find(q));
  const { data } = loaded;
  const [only, ...others] = data?.entries ?? [];
  return (
    <>
      <Failure of={loaded} what="matching entries" />
      {data === null && <Waiting slow={loaded.slow} what="the archive" />}
      {data !== null && only === undefined && <NotFound q={q} found={data} />}
      {only !== undefined && others.length === 0 && <OneEntry id={only.id} />}
      {only !== undefined && others.length > 0 && <Several entries={[only, ...others]} />}
    </>
  );
}

function NotFound({ q, found }: { readonly q: string; readonly found: Found }): JSX.Element {
  const isAddress = /^https?:\/\//i.test(q);
  return (
    <>
      <h2 class="verdict">
        {isAddress
          ? 'Never seen: no feed listed this address.'
          : 'Never seen: no entry in the archive has this text.'}
      </h2>
      {isAddress && found.feeds.length === 0 && <p class="s">No feed of {hostOf(q)} is configured.</p>}
      {found.feeds.length > 0 && (
        <>
          <p class="s">
            These feeds of {hostOf(q)} are configured, but did not list it when they were polled:
          </p>
          <ul class="found">
            {found.feeds.map((feed) => (
              <li key={feed.id}>
                <b>
                  <bdi>{feed.title ?? feed.id}</bdi>
                </b>{' '}
                <span class="s">
                  {FEED_STATES[feed.state]}
                  {feed.record.last !== null && (
                    <>
                      , last poll <Time at={feed.record.last.at} />
                    </>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="s sm">The archive stores the newest 50,000 entries, for thirty days.</p>
    </>
  );
}

function Several({ entries }: { readonly entries: readonly FoundEntry[] }): JSX.Element {
  return (
    <>
      <h2 class="verdict">Seen in {count(entries.length, 'entry', 'entries')}: choose one</h2>
      <ul class="found">
        {entries.map((entry) => (
          <li key={entry.id}>
            <Time at={entry.seen} /> <span class="lc">{entry.lang ?? '?'}</span>{' '}
            <a href={`/trace?entry=${encodeURIComponent(entry.id)}`}>
              <Foreign class="t" text={entry.title} lang={entry.lang} />
            </a>{' '}
            <span class="s sm">
              <bdi>{entry.publisher ?? 'unknown publisher'}</bdi>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function OneEntry({ id }: { readonly id: string }): JSX.Element {
  const loaded = useLoad(`trace ${id}`, () => trace(id));
  const all = useLoad('feeds', feeds);
  const { data } = loaded;
  if (data === null) {
    return loaded.error === null ? (
      <Waiting slow={loaded.slow} what="the trace" />
    ) : (
      <Empty title="Entry not found">
        <p>The archive stores the newest 50,000 entries, for thirty days.</p>
      </Empty>
    );
  }
  return (
    <>
      <VerdictWords trace={data} />
      <Chain trace={data} feed={all.data?.find((feed) => feed.id === data.entry.feed) ?? null} />
    </>
  );
}

function VerdictWords({ trace: one }: { readonly trace: EntryTrace }): JSX.Element {
  const zone = useZone();
  const { seen, outcome } = verdictOf(one);
  const [closest] = closestRules(one.rules);
  const matched = one.rules.find((rule) => rule.matched);
  useKeys({
    F: closest === undefined ? undefined : () => go(testAddress(closest.id, one.entry.id, 'match')),
    f: matched === undefined ? undefined : () => go(testAddress(matched.id, one.entry.id, 'no_match')),
  });
  return (
    <>
      <h2 class="verdict">
        Seen <Time at={one.seen} /> {zoneName(zone)}, {seen}. {outcome}
      </h2>
      <p class="s sm">
        {matched === undefined && closest !== undefined && (
          <>
            Closest rule: <bdi>{closest.title}</bdi>.{' '}
          </>
        )}
        Traced with the active rules{one.version === null ? '' : `, version ${one.version.slice(0, 8)}`}.
      </p>
    </>
  );
}
