/** One story in the list: severity and rule, title and last development, numbers. Unfolded: titles by language. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ListedStory } from '../../../lib/api/stories.ts';
import { count, date } from '../../text/format.ts';
import { styleOf } from '../../text/marks.ts';
import { titleFor } from '../../text/story-title.ts';
import {
  decisionWords,
  developmentWords,
  figureWords,
  latestReportWords,
  stateWords,
} from '../../text/wording.ts';
import { Foreign } from '../../ui/foreign.tsx';
import { SeverityMark } from '../../ui/severity.tsx';
import { Time, useZone } from '../../ui/time.tsx';
import { Languages } from './languages.tsx';
import { Spark } from './spark.tsx';

interface RowProps {
  readonly story: ListedStory;
  readonly lead: boolean;
  /** The row with the bar, on which shortcuts act. */
  readonly current: boolean;
  readonly unfolded: boolean;
  readonly reads: readonly string[];
  readonly now: number;
  readonly onUnfold: () => void;
}

export function StoryRow({ story, lead, current, unfolded, reads, now, onUnfold }: RowProps): JSX.Element {
  const item = useCurrent(current);
  const title = titleFor(story, reads);
  const words = figureWords(story.figures);
  return (
    <li
      ref={item}
      class={`story${lead ? ' lead' : ''}`}
      {...(current ? { 'aria-current': 'true' as const } : {})}
    >
      <div class="left">
        <SeverityMark severity={story.severity} />
        <bdi>{story.ruleTitle}</bdi>
        <span class="s">{stateWords(story)}</span>
      </div>
      <div>
        <h2>
          <a href={`/stories/${encodeURIComponent(story.id)}`}>
            <Foreign class="t" text={title.text} lang={title.lang} />
          </a>
        </h2>
        <p class="why">
          {story.concepts.map((concept) => (
            <span key={concept.id} class={`k k-${styleOf(concept)}`}>
              {concept.title}
            </span>
          ))}
          {words !== null && <span class="k k-figure">{words}</span>}
        </p>
        <LastLine story={story} />
      </div>
      <div>
        <Numbers story={story} unfolded={unfolded} onUnfold={onUnfold} />
        <Spark story={story} now={now} />
      </div>
      {unfolded && <Languages story={story} />}
    </li>
  );
}

/** Muted, acknowledged and closed stories: one line each. */
export function BriefRow({
  story,
  current,
  reads,
}: Pick<RowProps, 'story' | 'current' | 'reads'>): JSX.Element {
  const item = useCurrent(current);
  const zone = useZone();
  const title = titleFor(story, reads);
  return (
    <li ref={item} class="brief" {...(current ? { 'aria-current': 'true' as const } : {})}>
      <SeverityMark severity={story.severity} />
      <div>
        <a class="quiet" href={`/stories/${encodeURIComponent(story.id)}`}>
          <Foreign class="t" text={title.text} lang={title.lang} />
        </a>{' '}
        <span class="s sm">
          <bdi>{story.ruleTitle}</bdi> · {stateWords(story)}
        </span>
      </div>
      <div class="s sm">
        {story.independent} of {story.publishers.length} independent · {date(story.last, zone)}
      </div>
    </li>
  );
}

function useCurrent(current: boolean): { current: HTMLLIElement | null } {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) item.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return item;
}

function LastLine({ story }: { readonly story: ListedStory }): JSX.Element {
  const { latest } = story;
  if (latest === null) {
    return (
      <p class="dev">
        <b>Last:</b> {latestReportWords(story)}, <Time at={story.last} />{' '}
        <span class="s">· not sent: already listed when this feed was added, or old</span>
      </p>
    );
  }
  const { sent, text } = decisionWords(latest.decision, story);
  return (
    <p class="dev">
      <b>Last:</b> {developmentWords(latest, story)}, <Time at={latest.at} /> <span class="l">·</span>{' '}
      <span class={sent ? 'sent' : 'silent'}>{text}</span>
    </p>
  );
}

function Numbers({
  story,
  unfolded,
  onUnfold,
}: Pick<RowProps, 'story' | 'unfolded' | 'onUnfold'>): JSX.Element {
  return (
    <dl class="nums">
      <div>
        <dt>independent</dt>
        <dd>{story.independent}</dd>
      </div>
      <div class="lite">
        <dt>{story.publishers.length === 1 ? 'publisher' : 'publishers'}</dt>
        <dd>{story.publishers.length}</dd>
      </div>
      <div class="lite">
        <dt>{story.languages.length === 1 ? 'language' : 'languages'}</dt>
        <dd>
          <button
            type="button"
            class="b text"
            aria-expanded={unfolded}
            aria-label={`${count(story.languages.length, 'language')}: show the titles in each`}
            onClick={onUnfold}
          >
            {story.languages.length}
          </button>
        </dd>
      </div>
    </dl>
  );
}
