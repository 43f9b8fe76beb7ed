/** The list as it is shown: nothing moves by itself under the reader. What is new waits until it is asked for. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { stories } from '../../api/calls.ts';
import type { ListedStory, StoryPage } from '../../api/types.ts';
import { useLoad } from '../../state/load.ts';
import { useChange } from '../../state/pulse.ts';
import { count } from '../../text/format.ts';
import { announce } from '../../ui/announce.tsx';
import type { Chosen } from './filters.tsx';

const PAGE = '50';

export interface List {
  /** null: not loaded yet. */
  readonly stories: readonly ListedStory[] | null;
  /** Stories that are new or have changed, and are not shown. */
  readonly waiting: number;
  readonly show: () => void;
  /** What the reader did shows at once. */
  readonly reload: () => void;
  /** Loads what is older; null: there is none. */
  readonly more: (() => void) | null;
  /** Grows with each time that something changed. */
  readonly version: number;
  /** How many stories are open, of all that there are; null: not known yet. */
  readonly open: number | null;
  readonly error: Error | null;
  readonly data: StoryPage | null;
  readonly slow: boolean;
}

export function useList(chosen: Chosen): List {
  const key = `stories ${JSON.stringify(chosen)}`;
  const loaded = useLoad(key, () => stories({ ...chosen, limit: PAGE }));
  const [shown, setShown] = useState<{ key: string; page: StoryPage } | null>(null);
  const [version, setVersion] = useState(0);
  const showNext = useRef(true);
  useEffect(() => {
    showNext.current = true;
  }, [key]);
  useChange((change) => {
    if (change !== 'stories') return;
    setVersion((before) => before + 1);
    loaded.reload();
  });
  useEffect(() => {
    if (loaded.data === null) return;
    if (shown?.key === key && !showNext.current && !mayMove()) {
      const waiting = changedIn(loaded.data, shown.page);
      if (waiting > 0) announce(`${count(waiting, 'story', 'stories')} new or changed`);
      return;
    }
    showNext.current = false;
    setShown({ key, page: loaded.data });
  }, [loaded.data, key]);

  const page = shown?.key === key ? shown.page : loaded.data;
  const show = (): void => {
    if (loaded.data !== null) setShown({ key, page: loaded.data });
    scrollTo(0, 0);
  };
  const reload = (): void => {
    showNext.current = true;
    loaded.reload();
  };
  const next = page?.next ?? null;
  const more = async (): Promise<void> => {
    const older = await stories({ ...chosen, limit: PAGE, ...(next === null ? {} : { cursor: next }) });
    if (page !== null) setShown({ key, page: { ...older, stories: [...page.stories, ...older.stories] } });
  };
  return {
    ...loaded,
    stories: page?.stories ?? null,
    waiting: page === null || loaded.data === null ? 0 : changedIn(loaded.data, page),
    show,
    reload,
    more: next === null ? null : () => void more(),
    version,
    open: (loaded.data ?? page)?.open ?? null,
  };
}

/** The list is at its top and nobody is about to do anything with it. */
function mayMove(): boolean {
  const { activeElement } = document;
  return (
    scrollY < 8 && (activeElement === null || activeElement === document.body || activeElement.id === 'main')
  );
}

/** How many stories of `next` are not shown as they now are. */
function changedIn(next: StoryPage, shown: StoryPage): number {
  const before = new Map(shown.stories.map((story) => [story.id, story]));
  return next.stories.filter((story) => {
    const old = before.get(story.id);
    return old === undefined || old.reports !== story.reports || old.latest?.at !== story.latest?.at;
  }).length;
}
