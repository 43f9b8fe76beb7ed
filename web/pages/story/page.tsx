/** One story: reports over time, entries, figures, alerts and copies, with its actions. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { WholeStory } from '../../../lib/api/stories.ts';
import { mutes, stories, story } from '../../api/calls.ts';
import { ApiProblem } from '../../api/client.ts';
import { useKeys } from '../../state/keys.ts';
import { useChange } from '../../state/live-status.ts';
import { useLoad } from '../../state/load.ts';
import { prefs, readLanguages } from '../../state/prefs.ts';
import { go } from '../../state/router.ts';
import { useStore } from '../../state/store.ts';
import { count } from '../../text/format.ts';
import { titleFor } from '../../text/story-title.ts';
import { figureWords, stateWords } from '../../text/wording.ts';
import { Foreign } from '../../ui/foreign.tsx';
import { MuteDialog } from '../../ui/mute-dialog.tsx';
import type { PageProps } from '../../ui/page-props.ts';
import { SeverityMark } from '../../ui/severity.tsx';
import { Empty, Failure, Waiting } from '../../ui/states.tsx';
import { muteStory, testAddress, toggleAcknowledged, unmuteStory } from '../../ui/story-actions.ts';
import { Time } from '../../ui/time.tsx';
import { useTitle } from '../../ui/title.ts';
import { Alerts } from './alerts.tsx';
import { Entries } from './entries.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { Figures } from './figures.tsx';
import { Lanes } from './lanes.tsx';
import { Tree } from './tree.tsx';

export function Page({ params: { id = '' } }: PageProps): JSX.Element {
  const loaded = useLoad(`story ${id}`, () => story(id));
  useChange((change) => change === 'stories' && loaded.reload());
  useTitle(loaded.data?.title.text ?? 'Story');
  if (loaded.error instanceof ApiProblem && loaded.error.status === 404) return <NoStory id={id} />;
  return (
    <>
      <Failure of={loaded} what="the story" />
      {loaded.data === null ? (
        <Waiting slow={loaded.slow} what="the story" />
      ) : (
        <Whole story={loaded.data} onChanged={loaded.reload} />
      )}
    </>
  );
}

function NoStory({ id }: { readonly id: string }): JSX.Element {
  return (
    <Empty page title="Story not found">
      <p>
        No story has the id <code>{id}</code>. Closed stories are deleted after thirty days.{' '}
        <a href="/">Go to Stories</a>
      </p>
    </Empty>
  );
}

function Whole({
  story: one,
  onChanged,
}: {
  readonly story: WholeStory;
  readonly onChanged: () => void;
}): JSX.Element {
  return (
    <>
      <Head story={one} onChanged={onChanged} />
      <Lanes story={one} />
      <div class="cols">
        <div>
          <Entries story={one} />
        </div>
        <div>
          <Figures story={one} />
          <Alerts story={one} />
          <Tree story={one} />
        </div>
      </div>
    </>
  );
}

function Head({
  story: one,
  onChanged,
}: {
  readonly story: WholeStory;
  readonly onChanged: () => void;
}): JSX.Element {
  const [dialog, setDialog] = useState<'mute' | 'export' | null>(null);
  const figures = figureWords(one.figures);
  const title = titleFor(one, readLanguages(useStore(prefs)));
  const copies = one.entries.filter(({ repeats }) => repeats !== null).length;
  const close = (): void => setDialog(null);
  return (
    <div class="sthead">
      <div class="top">
        <p class="which">
          <SeverityMark severity={one.severity} />
          <a class="quiet" href={`/rules/${encodeURIComponent(one.rule)}`}>
            <bdi>{one.ruleTitle}</bdi>
          </a>
          <span class="s">{stateWords(one)}</span>
        </p>
        <Actions story={one} onChanged={onChanged} onDialog={setDialog} />
      </div>
      <h1>
        <Foreign class="t" text={title.text} lang={title.lang} />
      </h1>
      <p class="facts">
        <span>
          <b>{one.independent} independent</b> of {count(one.publishers.length, 'publisher')}
        </span>
        <span>
          <b>{one.languages.length}</b> {one.languages.length === 1 ? 'language' : 'languages'}
        </span>
        <span>
          <b>{one.reports}</b> {one.reports === 1 ? 'entry' : 'entries'}, {count(copies, 'copy', 'copies')}
        </span>
        {figures !== null && <span>{figures}</span>}
        <span class="s">
          first <Time at={one.first} />
        </span>
      </p>
      {dialog === 'mute' && (
        <MuteDialog
          story={one}
          onClose={close}
          onMute={(mute) => {
            close();
            void muteStory(mute, onChanged);
          }}
        />
      )}
      {dialog === 'export' && <ExportDialog story={one} onClose={close} />}
    </div>
  );
}

interface ActionsProps {
  readonly story: WholeStory;
  readonly onChanged: () => void;
  readonly onDialog: (dialog: 'mute' | 'export') => void;
}

function Actions({ story: one, onChanged, onDialog }: ActionsProps): JSX.Element {
  const toggleMute = async (): Promise<void> => {
    if (one.muted !== 'story') return onDialog('mute');
    const inForce = (await mutes()).find(({ scope, target }) => scope === 'story' && target === one.id);
    if (inForce !== undefined) await unmuteStory(inForce, onChanged);
  };
  const acknowledge = (): void => void toggleAcknowledged(one, onChanged);
  const falseAlert = testAddress(one.rule, one.title.entry, 'no_match');
  const neighbours = useNeighbours(one.id);
  useKeys({
    a: acknowledge,
    m: () => void toggleMute(),
    e: () => onDialog('export'),
    f: () => go(falseAlert),
    '[': neighbours.previous,
    ']': neighbours.next,
  });
  return (
    <p class="acts">
      <button type="button" class="b" onClick={acknowledge}>
        {one.acknowledged === null ? 'Acknowledge' : 'Undo acknowledgement'} <kbd>a</kbd>
      </button>
      <button type="button" class="b" onClick={() => void toggleMute()}>
        {one.muted === 'story' ? 'Unmute' : 'Mute…'} <kbd>m</kbd>
      </button>
      <a class="b" href={falseAlert}>
        False alert… <kbd>f</kbd>
      </a>
      <button type="button" class="b" onClick={() => onDialog('export')}>
        Export… <kbd>e</kbd>
      </button>
    </p>
  );
}

/** Opens the stories before and after this one in the list without filters; undefined: not loaded, or the end. */
function useNeighbours(id: string): {
  readonly previous: (() => void) | undefined;
  readonly next: (() => void) | undefined;
} {
  const list = useRef<readonly string[]>([]);
  const [, setReady] = useState(false);
  useEffect(() => {
    // Outcome of a failure: these two keys do nothing.
    stories({ limit: '200' }).then(
      (page) => {
        list.current = page.stories.map((one) => one.id);
        setReady(true);
      },
      () => {},
    );
  }, []);
  const at = list.current.indexOf(id);
  const to = (other: string | undefined) =>
    other === undefined ? undefined : () => go(`/stories/${encodeURIComponent(other)}`);
  return {
    previous: at < 0 ? undefined : to(list.current[at - 1]),
    next: at < 0 ? undefined : to(list.current[at + 1]),
  };
}
