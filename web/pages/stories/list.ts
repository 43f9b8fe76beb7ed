/** The list of stories. It does not change while the user reads: new stories wait until the user shows them. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ListedStory, StoryPage } from '../../../lib/api/stories.ts';
import { stories } from '../../api/calls.ts';
import { useChange } from '../../state/live-status.ts';
import { useLoad } from '../../state/load.ts';
import { count } from '../../text/format.ts';
import { announce } from '../../ui/announce.tsx';
import type { Chosen } from './filters.tsx';

const PAGE = '50';

export interface List {
  /** null: not loaded yet. */
  readonly stories: readonly ListedStory[] | null;
  /** Stories that are new or have changed since the list was shown. */
  readonly waiting: number;
  readonly show: () => void;
  /** Loads the list and shows it at once: after an action of the user. */
  readonly reload: () => void;
  /** Loads older stories; null: all are loaded. */
  readonly more: (() => void) | null;
  /** Increases with each change. */
  readonly version: number;
  /** Open stories, whatever the filters; null: not known yet. */
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

/** Whether the list may change by itself: it is scrolled to its top and nothing has focus. */
function mayMove(): boolean {
  const { activeElement } = document;
  return (
    scrollY < 8 && (activeElement === null || activeElement === document.body || activeElement.id === 'main')
  );
}

/** How many stories of `next` are new or changed compared with `shown`. */
function changedIn(next: StoryPage, shown: StoryPage): number {
  const before = new Map(shown.stories.map((story) => [story.id, story]));
  return next.stories.filter((story) => {
    const old = before.get(story.id);
    return old === undefined || old.reports !== story.reports || old.latest?.at !== story.latest?.at;
  }).length;
}
