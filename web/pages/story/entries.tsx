/** Entries of a story, newest first, with marks on the words that matched and the lists and terms they belong to. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { EntryTrace } from '../../../lib/api/archive.ts';
import type { WholeStory } from '../../../lib/api/stories.ts';
import { useTraces } from '../../state/traces.ts';
import { byTime, count, figure, hostOf, linkOf } from '../../text/format.ts';
import { marksOf, type Part, partsOf } from '../../text/marks.ts';
import { Foreign } from '../../ui/foreign.tsx';
import { testAddress } from '../../ui/story-actions.ts';
import { Time } from '../../ui/time.tsx';
import { type Entry, publisherOf } from './origins.ts';

export function Entries({ story }: { readonly story: WholeStory }): JSX.Element {
  const [all, setAll] = useState(false);
  const newest = story.entries.toSorted(byTime).reverse();
  const shown = all ? newest : standing(newest);
  const traces = useTraces(shown.map(({ id }) => id));
  const rest = newest.length - shown.length;
  return (
    <section class="sec">
      <div class="sechead">
        <h2>Entries</h2>
        <small>
          newest first
          {rest > 0 &&
            ` · ${shown.length} of ${newest.length}: the independent ones, and the first in each language`}
        </small>
      </div>
      <ol>
        {shown.map((entry) => (
          <EntryRow key={entry.id} entry={entry} story={story} trace={traces.get(entry.id)} />
        ))}
      </ol>
      {rest > 0 && (
        <p class="acts">
          <button type="button" class="b" onClick={() => setAll(true)}>
            Show {count(rest, 'more copy', 'more copies')}
          </button>
        </p>
      )}
    </section>
  );
}

/** The independent ones, and the first in each language. */
function standing(newest: readonly Entry[]): Entry[] {
  const first = new Map(newest.map((entry) => [entry.lang, entry.id]));
  return newest.filter((entry) => entry.repeats === null || first.get(entry.lang) === entry.id);
}

interface EntryRowProps {
  readonly entry: Entry;
  readonly story: WholeStory;
  /** undefined: not loaded yet, or no longer in the archive. */
  readonly trace: EntryTrace | undefined;
}

function EntryRow({ entry, story, trace }: EntryRowProps): JSX.Element {
  const rule = trace?.rules.find(({ id }) => id === story.rule);
  const marks = trace === undefined || rule === undefined ? null : marksOf(rule, trace.lists);
  const parts = trace === undefined || rule === undefined ? [] : partsOf(trace, rule);
  return (
    <li class="entry">
      <div class="meta">
        <Time at={entry.at} />
        <span>
          <span class="lc">{entry.lang ?? '?'}</span>{' '}
          {entry.repeats === null ? <b>independent</b> : <span class="l">copy</span>}
        </span>
      </div>
      <div>
        <h3>
          <Foreign
            class="t"
            text={trace?.entry.title ?? entry.title}
            lang={entry.lang}
            marks={marks?.title ?? []}
          />
        </h3>
        {trace !== undefined && trace.entry.summary !== '' && marks !== null && marks.summary.length > 0 && (
          <Foreign as="p" class="t sum" text={trace.entry.summary} lang={entry.lang} marks={marks.summary} />
        )}
        <Why entry={entry} story={story} parts={parts} />
        {rule !== undefined && !rule.matched && (
          <p class="xs wait">The rule as it is now does not match this entry.</p>
        )}
      </div>
      <EntryLinks entry={entry} rule={story.rule} />
    </li>
  );
}

function Why({
  entry,
  story,
  parts,
}: {
  readonly entry: Entry;
  readonly story: WholeStory;
  readonly parts: readonly Part[];
}): JSX.Element {
  const link = linkOf(entry.url);
  const original = story.entries.find(({ id }) => id === entry.repeats?.entry);
  return (
    <p class="why">
      <span>
        <bdi>{publisherOf(entry)}</bdi>
        {original !== undefined && (
          <>
            , copied from <bdi>{publisherOf(original)}</bdi>
          </>
        )}
      </span>
      {link !== null && (
        <a href={link} target="_blank" rel="noreferrer noopener" title={link}>
          {hostOf(link)}
        </a>
      )}
      {parts.map(({ id, style }) => (
        <span key={id} class={`k k-${style}`}>
          {id}
        </span>
      ))}
      {entry.figures.map((one) => (
        <span key={`${one.of} ${one.value}`}>
          <span class="k k-figure">{figure(one.value, one.approximate)}</span> said by{' '}
          <bdi>{one.by ?? publisherOf(entry)}</bdi>
        </span>
      ))}
    </p>
  );
}

function EntryLinks({ entry, rule }: { readonly entry: Entry; readonly rule: string }): JSX.Element {
  return (
    <div class="do">
      <a href={`/trace?entry=${encodeURIComponent(entry.id)}`}>Trace</a>
      <a href={testAddress(rule, entry.id, 'no_match')}>False alert…</a>
    </div>
  );
}
