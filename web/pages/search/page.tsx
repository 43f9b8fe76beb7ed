/** Search: entries of the archive that match a query, with marks, and an export of them. */
import type { JSX, RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { askWorker, onAnswer, searchFor, stopLooking } from '../../archive-worker/client.ts';
import type { Found } from '../../archive-worker/protocol.ts';
import type { Editor } from '../../editor/editor.ts';
import { documentState, openConfig } from '../../state/document.ts';
import { useKeys } from '../../state/keys.ts';
import { prefs, readLanguages } from '../../state/prefs.ts';
import { setQuery, usePlace } from '../../state/router.ts';
import { useStore } from '../../state/store.ts';
import { count } from '../../text/format.ts';
import { download } from '../../ui/download.ts';
import { EntryRow } from '../../ui/entry-row.tsx';
import { Empty } from '../../ui/states.tsx';
import { useTitle } from '../../ui/title.ts';

const TYPING_MS = 300;
const SHOWN = 60;

export function Page(): JSX.Element {
  const [query, setText] = useState(usePlace().query.get('q') ?? '');
  const [shown, setShown] = useState(SHOWN);
  const { found, lost } = useSearch(query, () => setShown(SHOWN));
  const line = useRef<Editor | null>(null);
  useTitle('Search');
  const save = (format: 'jsonl' | 'csv'): void => {
    void askWorker('export', { format }).then((text) =>
      download(`vigie-search.${format}`, format === 'csv' ? 'text/csv' : 'application/x-ndjson', text),
    );
  };
  useKeys({ e: () => found !== null && found.count > 0 && save('csv') });
  return (
    <>
      <div class="head">
        <h1>Search</h1>
        <p class="s">
          Search the archive with the language of rules: words, “phrases”, @entities, AND, OR, NOT, NEAR/8
        </p>
      </div>
      <QueryLine text={query} found={found} onText={setText} handle={line} />
      {found !== null && found.problems.length > 0 && <Mistakes problems={found.problems} />}
      {lost !== null && (
        <p class="note" role="status">
          <b class="no">Not searched:</b> {lost}.
        </p>
      )}
      {found === null && query.trim() === '' && (
        <Suggestion onUse={(suggested) => line.current?.setText(suggested)} />
      )}
      {found !== null && found.problems.length === 0 && (
        <Results found={found} shown={shown} onMore={() => setShown(shown + SHOWN * 2)} onExport={save} />
      )}
    </>
  );
}

/**
 * Searches the archive for the query, once typing pauses, and keeps the query in the address.
 * @param onNew called when the query changes
 * @returns lost: why the archive could not be searched; null: it was searched
 */
function useSearch(
  query: string,
  onNew: () => void,
): { readonly found: Found | null; readonly lost: string | null } {
  const [found, setFound] = useState<Found | null>(null);
  const [lost, setLost] = useState<string | null>(null);
  const run = useRef(0);
  const ready = useStore(documentState).kind !== 'loading';
  useEffect(() => void openConfig(), []);
  useEffect(
    () =>
      onAnswer((message) => {
        if (!('run' in message) || message.run !== run.current) return;
        if (message.kind === 'found') setFound(message.found);
        if (message.kind === 'lost') setLost(message.why);
      }),
    [],
  );
  useEffect(() => stopLooking, []);
  useEffect(() => {
    setQuery({ q: query });
    onNew();
    setLost(null);
    if (!ready || query.trim() === '') {
      stopLooking();
      setFound(null);
      return undefined;
    }
    const timer = setTimeout(() => {
      run.current = searchFor(query);
    }, TYPING_MS);
    return () => clearTimeout(timer);
  }, [query, ready]);
  return { found, lost };
}

function Mistakes({ problems }: { readonly problems: Found['problems'] }): JSX.Element {
  return (
    <ul class="lint">
      {problems.map((problem) => (
        <li key={problem.message}>
          <b class="no">Error</b>
          <span class="s">{problem.offset + 1}</span>
          <span>
            {problem.message}. {problem.hint}
          </span>
        </li>
      ))}
    </ul>
  );
}

const SUGGESTED = '@north-korea NEAR/8 @soldiers';

function Suggestion({ onUse }: { readonly onUse: (query: string) => void }): JSX.Element {
  return (
    <Empty title="Search the archive">
      <p>
        Try{' '}
        <button type="button" class="b text" onClick={() => onUse(SUGGESTED)}>
          <code>{SUGGESTED}</code>
        </button>
        . Ctrl Space completes; hold the pointer over an @id to see what it contains.
      </p>
    </Empty>
  );
}

interface ResultsProps {
  readonly found: Found;
  readonly shown: number;
  readonly onMore: () => void;
  readonly onExport: (format: 'jsonl' | 'csv') => void;
}

function Results({ found, shown, onMore, onExport }: ResultsProps): JSX.Element {
  const { rows, searched, total, done, ms } = found;
  const left = Math.min(found.count, rows.length) - shown;
  return (
    <section class="sec">
      <div class="sechead">
        <h2>{count(found.count, 'entry', 'entries')}</h2>
        <small role="status">
          {done
            ? `${count(searched, 'entry', 'entries')} searched in ${(ms / 1_000).toFixed(1)} s${found.complete ? '' : '; part of the archive could not be loaded'}`
            : `${searched.toLocaleString('en')} of ${count(total, 'entry', 'entries')} searched`}
        </small>
        {found.count > 0 && (
          <span class="acts end">
            <button type="button" class="b" onClick={() => onExport('jsonl')}>
              Export JSON Lines
            </button>
            <button type="button" class="b" onClick={() => onExport('csv')}>
              Export CSV <kbd>e</kbd>
            </button>
          </span>
        )}
      </div>
      {found.count === 0 && done && (
        <Empty title="No matches">
          <p>
            No entry of the archive matches. word*2 also matches words with up to two more letters; “phrases”
            match exactly, apart from case and accents.
          </p>
        </Empty>
      )}
      <ol class="ers">
        {rows.slice(0, shown).map((row) => (
          <EntryRow key={row.id} row={row} sign="" />
        ))}
      </ol>
      {left > 0 && (
        <p class="acts">
          <button type="button" class="b" onClick={onMore}>
            Show more
          </button>
        </p>
      )}
      {found.count > rows.length && shown >= rows.length && (
        <p class="s sm">
          Showing the newest {rows.length}. An export has all {found.count.toLocaleString('en')}.
        </p>
      )}
    </section>
  );
}

/** The query, in a one-line form of the editor of Rules. */
function QueryLine({
  text,
  found,
  onText,
  handle: editor,
}: {
  /** The initial text only: later the editor owns its text. */
  readonly text: string;
  readonly found: Found | null;
  readonly onText: (text: string) => void;
  readonly handle: RefObject<Editor | null>;
}): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const lists = useListNames();
  const latest = useRef({ onText, lists });
  latest.current = { onText, lists };
  useEffect(() => {
    let closed = false;
    void import('../../editor/editor.ts').then(({ openEditor }) => {
      if (closed || host.current === null) return;
      editor.current = openEditor({
        parent: host.current,
        label: 'Query',
        describedBy: 'query-keys',
        text,
        kind: 'query',
        names: () => ({ lists: latest.current.lists, channels: [] }),
        keys: () => null,
        reads: () => readLanguages(prefs.get()),
        onText: (read) => latest.current.onText(read()),
      });
      editor.current.goTo(text.length);
    });
    return () => {
      closed = true;
      editor.current?.destroy();
    };
  }, []);
  useEffect(() => {
    editor.current?.show(found?.problems ?? [], []);
  }, [found?.problems]);
  useKeys({ '/': () => editor.current?.focus() });
  return (
    <>
      <div class="queryline" ref={host} />
      <p class="vh" id="query-keys">
        Ctrl Space completes. Tab leaves the line.
      </p>
    </>
  );
}

function useListNames(): readonly { id: string; title: string; from: string }[] {
  const [names, setNames] = useState<readonly { id: string; title: string; from: string }[]>([]);
  const state = useStore(documentState);
  useEffect(() => {
    if (state.kind === 'written') void askWorker('names', {}).then(setNames, () => {});
  }, [state.kind]);
  return names;
}
