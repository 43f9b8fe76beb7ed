/** Stories, newest first, with and without an alert. Shortcuts act on the row with the bar. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ListedStory } from '../../../lib/api/stories.ts';
import { stories } from '../../api/calls.ts';
import { useKeys } from '../../state/keys.ts';
import { useNow } from '../../state/live-status.ts';
import { useLoad } from '../../state/load.ts';
import { prefs, readLanguages } from '../../state/prefs.ts';
import { usePlace } from '../../state/router.ts';
import { useStore } from '../../state/store.ts';
import { count, longDate, zoneName } from '../../text/format.ts';
import { MuteDialog } from '../../ui/mute-dialog.tsx';
import { Empty, Failure, Waiting } from '../../ui/states.tsx';
import { muteStory } from '../../ui/story-actions.ts';
import { useTitle } from '../../ui/title.ts';
import { Aside } from './aside.tsx';
import { latestDevelopments } from './developments.ts';
import { type Chosen, chosenIn, clearFilters, FILTERS, Filters } from './filters.tsx';
import { useList } from './list.ts';
import { BriefRow, StoryRow } from './row.tsx';
import { useRowKeys } from './row-keys.ts';

export function Page(): JSX.Element {
  const { query } = usePlace();
  const chosen = chosenIn(query);
  const isFiltered = FILTERS.some((name) => chosen[name] !== '');
  const list = useList(chosen);
  const all = useLoad('stories all', async () => (await stories({ limit: '200' })).stories);
  const developments = useLoad('developments', latestDevelopments);
  const zone = useStore(prefs).zone;
  const now = useNow();
  const shown = list.stories;
  useTitle('Stories');
  useEffect(() => {
    if (list.version > 0) {
      all.reload();
      developments.reload();
    }
  }, [list.version]);
  useKeys(isFiltered ? { Escape: clearFilters } : {});
  return (
    <>
      <div class="head">
        <h1>Stories</h1>
        <p class="s">
          {longDate(now, zone)}, times in {zoneName(zone)}
          {list.open !== null && ` · ${list.open} open${isFiltered ? ' in all' : ''}`}
        </p>
      </div>
      <Filters chosen={chosen} known={all.data ?? []} />
      <div class="withlog">
        <div>
          {list.waiting > 0 && (
            <p class="new">
              <button type="button" class="b" onClick={list.show}>
                {list.waiting} new, press <kbd>.</kbd>
              </button>
            </p>
          )}
          <Failure of={list} what="the stories" />
          {shown === null ? (
            <Waiting slow={list.slow} what="the stories" />
          ) : (
            <Rows stories={shown} list={list} />
          )}
          {shown?.length === 0 && (
            <Nothing chosen={isFiltered ? chosen : null} hidden={all.data?.length ?? 0} />
          )}
        </div>
        <Aside developments={developments.data ?? []} />
      </div>
    </>
  );
}

const isOpen = ({ closed, muted, acknowledged }: ListedStory): boolean =>
  !closed && muted === null && acknowledged === null;

function Rows({
  stories: shown,
  list,
}: {
  readonly stories: readonly ListedStory[];
  readonly list: ReturnType<typeof useList>;
}): JSX.Element {
  const reads = readLanguages(useStore(prefs));
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const [muting, setMuting] = useState<ListedStory | null>(null);
  const toggle = (id: string): void => setUnfolded((before) => withToggled(before, id));
  const full = shown.filter(isOpen);
  const brief = shown.filter((story) => !isOpen(story));
  const current = useRowKeys([...full, ...brief], {
    onUnfold: toggle,
    onMute: setMuting,
    onChanged: list.reload,
    onShowNew: list.show,
  });
  const now = useNow();
  return (
    <>
      <ol>
        {full.map((story, i) => (
          <StoryRow
            key={story.id}
            story={story}
            lead={i === 0}
            current={current === story.id}
            unfolded={unfolded.has(story.id)}
            reads={reads}
            now={now}
            onUnfold={() => toggle(story.id)}
          />
        ))}
      </ol>
      {brief.length > 0 && (
        <>
          <h2 class="vh">Muted, acknowledged and closed</h2>
          <ol>
            {brief.map((story) => (
              <BriefRow key={story.id} story={story} current={current === story.id} reads={reads} />
            ))}
          </ol>
        </>
      )}
      {list.more !== null && (
        <p class="acts">
          <button type="button" class="b" onClick={list.more}>
            Show older stories
          </button>
        </p>
      )}
      {shown.length > 0 && <Legend />}
      {muting !== null && (
        <MuteDialog
          story={muting}
          onClose={() => setMuting(null)}
          onMute={(mute) => {
            setMuting(null);
            void muteStory(mute, list.reload);
          }}
        />
      )}
    </>
  );
}

function withToggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

function Legend(): JSX.Element {
  return (
    <p class="legend">
      <span>In the small charts: grey, reports; black, independent reports; triangle, the latest alert.</span>
      <span class="keyhints">
        <kbd>j</kbd> <kbd>k</kbd> move <kbd>Enter</kbd> open <kbd>x</kbd> languages <kbd>a</kbd> acknowledge{' '}
        <kbd>m</kbd> mute <kbd>f</kbd> false alert
      </span>
    </p>
  );
}

function Nothing({
  chosen,
  hidden,
}: {
  readonly chosen: Chosen | null;
  readonly hidden: number;
}): JSX.Element {
  if (chosen !== null) {
    const words = FILTERS.flatMap((name) => (chosen[name] === '' ? [] : [`${name} ${chosen[name]}`]));
    return (
      <Empty title={`No stories with ${words.join(', ')}`}>
        <p>
          The filters hide {count(hidden, 'story', 'stories')}.{' '}
          <button type="button" class="b text" onClick={clearFilters}>
            Show all <kbd>Esc</kbd>
          </button>
        </p>
      </Empty>
    );
  }
  return (
    <Empty title="No matches yet">
      <p>
        Items already in the feeds when they were first read do not alert. The next new entry that matches a
        rule appears here by itself.
      </p>
      <p>
        <a href="/trace">Trace an address or text</a> to see whether the rules match it.
      </p>
    </Empty>
  );
}
