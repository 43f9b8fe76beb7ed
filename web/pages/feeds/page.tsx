/** Feeds: those with problems first, each with its state, its problems and actions. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FeedStatus } from '../../../lib/api/feeds.ts';
import { feeds as loadFeeds } from '../../api/calls.ts';
import { useKeys } from '../../state/keys.ts';
import { useChange, useNow } from '../../state/live-status.ts';
import { useLoad } from '../../state/load.ts';
import { setQuery, usePlace } from '../../state/router.ts';
import { useTyped } from '../../state/typed.ts';
import { count, languageName } from '../../text/format.ts';
import { Empty, Failure, Waiting } from '../../ui/states.tsx';
import { useTitle } from '../../ui/title.ts';
import { AddFeedDialog } from './add-dialog.tsx';
import { OpmlDialog } from './opml-dialog.tsx';
import { PolitenessDialog } from './politeness-dialog.tsx';
import { FeedTable } from './table.tsx';
import { healthWords, inOrder, STATES } from './view.ts';

type Open = 'add' | 'opml' | 'politeness' | null;

export function Page(): JSX.Element {
  const { query } = usePlace();
  const loaded = useLoad('feeds', loadFeeds);
  const [open, setOpen] = useState<Open>(null);
  const now = useNow();
  useTitle('Feeds');
  useChange((change) => (change === 'feeds' || change === 'config') && loaded.reload());
  const chosen = {
    state: query.get('state') ?? '',
    lang: query.get('lang') ?? '',
    text: query.get('text') ?? '',
  };
  const isFiltered = Object.values(chosen).some((value) => value !== '');
  const clear = (): void => setQuery({ state: '', lang: '', text: '' });
  useKeys({ n: () => setOpen('add'), ...(isFiltered ? { Escape: clear } : {}) });
  const all = loaded.data;
  const shown = all === null ? [] : inOrder(all.filter((feed) => fits(feed, chosen)));
  return (
    <>
      <Head feeds={all} />
      <FeedFilters feeds={all ?? []} chosen={chosen} onOpen={setOpen} />
      <Failure of={loaded} what="the feeds" />
      {all === null ? (
        <Waiting slow={loaded.slow} what="the feeds" />
      ) : (
        <FeedTable feeds={shown} now={now} onChanged={loaded.reload} />
      )}
      {all !== null && shown.length === 0 && (
        <Nothing isFiltered={isFiltered} hidden={all.length} onClear={clear} onAdd={() => setOpen('add')} />
      )}
      {open === 'add' && (
        <AddFeedDialog known={all ?? []} onClose={() => setOpen(null)} onAdded={loaded.reload} />
      )}
      {open === 'opml' && (
        <OpmlDialog known={all ?? []} onClose={() => setOpen(null)} onAdded={loaded.reload} />
      )}
      {open === 'politeness' && <PolitenessDialog feeds={all ?? []} onClose={() => setOpen(null)} />}
    </>
  );
}

interface Chosen {
  readonly state: string;
  readonly lang: string;
  readonly text: string;
}

function fits(feed: FeedStatus, { state, lang, text }: Chosen): boolean {
  if (state === 'trouble' ? !STATES[feed.state].trouble : state !== '' && feed.state !== state) return false;
  if (lang !== '' && feed.lang?.split('-', 1)[0] !== lang) return false;
  const words = `${feed.title ?? ''} ${feed.url} ${feed.id} ${feed.tags.join(' ')}`.toLowerCase();
  return text === '' || words.includes(text.toLowerCase());
}

function Head({ feeds }: { readonly feeds: readonly FeedStatus[] | null }): JSX.Element {
  const all = feeds ?? [];
  const polls = all.reduce((sum, { record }) => sum + record.polls, 0);
  const unchanged = all.reduce((sum, { record }) => sum + record.notModified, 0);
  return (
    <div class="head">
      <h1>Feeds</h1>
      {feeds !== null && (
        <p class="s">
          {count(all.length, 'feed')} · {healthWords(all)}
          {polls > 0 && ` · ${Math.round((unchanged / polls) * 100)} % of ${count(polls, 'poll')} unchanged`}
        </p>
      )}
    </div>
  );
}

interface FiltersProps {
  readonly feeds: readonly FeedStatus[];
  readonly chosen: Chosen;
  readonly onOpen: (open: Open) => void;
}

const TYPING_MS = 200;

function FeedFilters({ feeds, chosen, onOpen }: FiltersProps): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useTyped(chosen.text);
  const languages = [...new Set(feeds.flatMap(({ lang }) => lang?.split('-', 1)[0] ?? []))].sort();
  useEffect(() => {
    if (typed === chosen.text) return undefined;
    const timer = setTimeout(() => setQuery({ text: typed }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  useKeys({ '/': () => field.current?.focus(), 'Escape field': () => field.current?.blur() });
  return (
    <search class="filters open">
      <label class="choice">
        State{' '}
        <select value={chosen.state} onChange={(event) => setQuery({ state: event.currentTarget.value })}>
          <option value="">Any state</option>
          <option value="trouble">With problems</option>
          {Object.entries(STATES).map(([state, { word }]) => (
            <option key={state} value={state}>
              {word}
            </option>
          ))}
        </select>
      </label>
      <label class="choice">
        Language{' '}
        <select value={chosen.lang} onChange={(event) => setQuery({ lang: event.currentTarget.value })}>
          <option value="">Any language</option>
          {languages.map((lang) => (
            <option key={lang} value={lang}>
              {languageName(lang)}
            </option>
          ))}
        </select>
      </label>
      <label class="grow">
        <span class="vh">Publisher, address or tag</span>
        <input
          ref={field}
          type="search"
          placeholder="Publisher, address or tag"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <span class="acts">
        <button type="button" class="b main" onClick={() => onOpen('add')}>
          Add feed… <kbd>n</kbd>
        </button>
        <button type="button" class="b" onClick={() => onOpen('opml')}>
          Import/export…
        </button>
        <button type="button" class="b" onClick={() => onOpen('politeness')}>
          Show requests
        </button>
      </span>
    </search>
  );
}

interface NothingProps {
  readonly isFiltered: boolean;
  readonly hidden: number;
  readonly onClear: () => void;
  readonly onAdd: () => void;
}

function Nothing({ isFiltered, hidden, onClear, onAdd }: NothingProps): JSX.Element {
  if (isFiltered && hidden > 0)
    return (
      <Empty title="No matching feeds">
        <p>
          The filters hide {count(hidden, 'feed')}.{' '}
          <button type="button" class="b text" onClick={onClear}>
            Show all <kbd>Esc</kbd>
          </button>
        </p>
      </Empty>
    );
  return (
    <Empty title="No feeds">
      <p>
        <button type="button" class="b text" onClick={onAdd}>
          Add a feed
        </button>{' '}
        or import an OPML file.
      </p>
    </Empty>
  );
}
