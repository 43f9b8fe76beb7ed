/** The first title of a story in each language, with the words that matched. */
import type { JSX } from 'preact';
import type { ListedStory } from '../../../lib/api/stories.ts';
import { useTraces } from '../../state/traces.ts';
import { marksOf } from '../../text/marks.ts';
import { Foreign } from '../../ui/foreign.tsx';
import { Time } from '../../ui/time.tsx';

export function Languages({ story }: { readonly story: ListedStory }): JSX.Element {
  const traces = useTraces(story.titles.map(({ entry }) => entry));
  return (
    <div class="languages">
      <h3 class="vh">First report in each language</h3>
      <ul>
        {story.titles.map(({ entry, text, lang, publisher, at, copy }) => {
          const trace = traces.get(entry);
          const rule = trace?.rules.find(({ id }) => id === story.rule);
          const marks = trace === undefined || rule === undefined ? [] : marksOf(rule, trace.lists).title;
          return (
            <li key={entry}>
              <Time at={at} />
              <span class="lc">{lang ?? '?'}</span>
              <Foreign class="t" text={trace?.entry.title ?? text} lang={lang} marks={marks} />
              <span class="p">
                <bdi>{publisher ?? 'unknown publisher'}</bdi>
                {copy && <span class="l"> · copy</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
