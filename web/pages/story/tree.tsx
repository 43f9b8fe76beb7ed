/** Each independent report with its copies, and why each counts as a copy. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { WholeStory } from '../../../lib/api/stories.ts';
import { count } from '../../text/format.ts';
import { Time } from '../../ui/time.tsx';
import { type Entry, type Origin, originsOf, publisherOf, repeatWords } from './origins.ts';

/** Copies of one report that are shown at first. */
const COPIES_MAX = 3;

export function Tree({ story }: { readonly story: WholeStory }): JSX.Element {
  const origins = originsOf(story.entries);
  const kept = story.entries.length;
  return (
    <section class="sec">
      <div class="sechead">
        <h2>Copies and independent reports</h2>
        <small>{count(origins.length, 'report')}</small>
      </div>
      <ol class="tree">
        {origins.map((origin) => (
          <OriginRow key={origin.entry.id} origin={origin} />
        ))}
      </ol>
      {kept < story.reports && (
        <p class="xs s">
          {count(story.reports - kept, 'older report is', 'older reports are')} counted, but no longer stored
          for comparison.
        </p>
      )}
    </section>
  );
}

function OriginRow({ origin: { entry, copies } }: { readonly origin: Origin }): JSX.Element {
  const [all, setAll] = useState(false);
  const shown = all ? copies : copies.slice(0, COPIES_MAX);
  const known = entry.publisher !== null;
  return (
    <li>
      <p>
        <i class={known ? 'dot' : 'dot hollow'} aria-hidden="true" />
        <Time at={entry.at} />
        <span>
          <b>
            <bdi>{publisherOf(entry)}</bdi>
          </b>{' '}
          <span class="lc">{entry.lang ?? '?'}</span>{' '}
          <span class="vh">{known ? 'independent' : 'not counted'}</span>
        </span>
        <span class="s">{count(copies.length + 1, 'entry', 'entries')}</span>
      </p>
      {copies.length > 0 && (
        <ul>
          {shown.map((copy) => (
            <CopyRow key={copy.id} copy={copy} />
          ))}
          {copies.length > shown.length && (
            <li>
              <span />
              <button type="button" class="b text" onClick={() => setAll(true)}>
                Show {count(copies.length - shown.length, 'more copy', 'more copies')}
              </button>
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

function CopyRow({ copy }: { readonly copy: Entry }): JSX.Element {
  return (
    <li>
      <Time at={copy.at} />
      <span>
        <bdi>{publisherOf(copy)}</bdi> <span class="lc">{copy.lang ?? '?'}</span>
      </span>
      <span class="xs">{copy.repeats === null ? '' : repeatWords(copy.repeats)}</span>
    </li>
  );
}
