/** Beside the list: what needs attention, then the latest developments, with and without an alert. */
import type { JSX } from 'preact';
import type { DevelopmentSummary } from '../../../lib/api/stories.ts';
import { lastStatus } from '../../state/live-status.ts';
import { useStore } from '../../state/store.ts';
import { decisionWords, developmentWords, kindWord } from '../../text/wording.ts';
import { Time } from '../../ui/time.tsx';
import { NeedsAttention } from './attention.tsx';
import { factsOf } from './developments.ts';

export function Aside({
  developments,
}: {
  readonly developments: readonly DevelopmentSummary[];
}): JSX.Element {
  const status = useStore(lastStatus);
  return (
    <aside class="log" aria-label="Beside the stories">
      <NeedsAttention status={status} />
      <section>
        <h2>Developments</h2>
        {developments.length === 0 && <p class="s sm">No developments yet</p>}
        <ol>
          {developments.map((note) => (
            <DevelopmentRow key={`${note.at} ${note.kind} ${note.entry} ${note.story}`} note={note} />
          ))}
        </ol>
      </section>
    </aside>
  );
}

function DevelopmentRow({ note }: { readonly note: DevelopmentSummary }): JSX.Element {
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
