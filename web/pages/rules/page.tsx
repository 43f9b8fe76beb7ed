/** Rules: one document, written as YAML or by a form, beside what the chosen rule catches now. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Version, versions } from '../../api/config.ts';
import type { Edit } from '../../archive-worker/protocol.ts';
import type { Editor } from '../../editor/editor.ts';
import {
  discard,
  documentState,
  edit,
  editsDone,
  isDirty,
  openConfig,
  save,
  setText,
  textNow,
  type Written,
} from '../../state/document.ts';
import { useKeys } from '../../state/keys.ts';
import { useLoad } from '../../state/load.ts';
import { useChange } from '../../state/pulse.ts';
import { usePlace } from '../../state/router.ts';
import { useStore } from '../../state/store.ts';
import { count } from '../../text/format.ts';
import { reasonOf } from '../../text/reason.ts';
import { lazily } from '../../ui/lazy.tsx';
import type { PageProps } from '../../ui/page-props.ts';
import { Waiting } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { useTitle } from '../../ui/title.ts';
import { type AddedTest, useAddedTest } from './added-test.ts';
import { Bar } from './bar.tsx';
import { DeskDialog, type OpenDialog } from './desk-dialog.tsx';
import { EditorPane } from './editor-pane.tsx';
import { type Look, useLook } from './look.ts';
import { PreviewPane } from './preview.tsx';
import { Problems } from './problems.tsx';
import { SaveNotes } from './save-notes.tsx';
import { VersionRow } from './versions.tsx';

export function Page({ params }: PageProps): JSX.Element {
  const state = useStore(documentState);
  const history = useLoad('versions', versions);
  useTitle('Rules');
  useEffect(() => void openConfig(), []);
  useChange((change) => {
    if (change !== 'config') return;
    void openConfig();
    history.reload();
  });
  if (state.kind === 'failed')
    return (
      <div class="band" role="status">
        <span>
          <b class="no">Not loaded:</b> the configuration. {reasonOf(state.error)} The version in force goes
          on.
        </span>
        <button type="button" class="b" onClick={() => void openConfig()}>
          Load again
        </button>
      </div>
    );
  if (state.kind === 'loading') return <Waiting slow={false} what="the configuration" />;
  return (
    <Desk
      state={state}
      history={history.data ?? []}
      asked={params['id'] ?? null}
      reloadHistory={history.reload}
    />
  );
}

interface DeskProps {
  readonly state: Written;
  readonly history: readonly Version[];
  readonly asked: string | null;
  readonly reloadHistory: () => void;
}

type Shown = 'yaml' | 'form';
/** It reads queries as the language does, which is more code than the page. */
const RuleFormPane = lazily(async () => (await import('./form/form.tsx')).RuleFormPane);

function Desk({ state, history, asked, reloadHistory }: DeskProps): JSX.Element {
  const [shown, setShown] = useState<Shown>('yaml');
  const [side, setSide] = useState<'edit' | 'preview'>('edit');
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [chosen, setChosen] = useState(asked);
  const look = useLook(state.text, chosen, state.base?.hash ?? null);
  const choose = (id: string): void => {
    setChosen(id);
    // Not through the router: the page and what is typed in it stay.
    window.history.replaceState(null, '', `/rules/${encodeURIComponent(id)}`);
  };
  // The first rule, where none was asked for.
  const first = look.checked?.rules[0]?.id;
  useEffect(() => {
    if (chosen === null && first !== undefined) choose(first);
  }, [first, chosen]);
  const change = (wanted: Edit, after: () => void = () => {}): void => {
    setRefused(null);
    edit(wanted).then(after, (error: Error) => setRefused(error.message));
  };
  const saveFor = (reason: string | null): void => {
    setDialog(null);
    void save(reason).then((saved) => saved && reloadHistory());
  };
  const blocker = blockerOf(state, look);
  const saveNow = (): void => {
    if (blocker !== null || state.save.kind === 'saving') return;
    if (failsTest(look)) setDialog('reason');
    else saveFor(null);
  };
  const saveSoon = useAfterEdits(saveNow);
  useSaveKey(saveSoon);
  useFlipKey(() => setSide((before) => (before === 'edit' ? 'preview' : 'edit')));
  const added = useAddedTest(usePlace().query, chosen, state, change);
  return (
    <>
      <Head state={state} look={look} history={history} />
      <div class={`desk show-${side}`}>
        <Writing
          {...{ state, history, look, chosen, shown, blocker, refused, added, change, reloadHistory }}
          onChoose={choose}
          onShow={setShown}
          onNew={() => setDialog('new')}
          onSave={saveSoon}
        />
        <section class="look" aria-label="What the rule catches">
          <PreviewPane
            look={look}
            chosen={chosen}
            checked={look.checked}
            version={history.length}
            onEdit={change}
          />
        </section>
      </div>
      <Foot look={look} side={side} onSide={setSide} />
      <DeskDialog
        open={dialog}
        look={look}
        onClose={() => setDialog(null)}
        onAdd={(rule) => {
          setDialog(null);
          change({ kind: 'add-rule', rule }, () => {
            choose(rule.id);
            setShown('form');
          });
        }}
        onSave={saveFor}
      />
    </>
  );
}

interface WritingProps extends Pick<DeskProps, 'state' | 'history' | 'reloadHistory'> {
  readonly look: Look;
  readonly chosen: string | null;
  readonly shown: Shown;
  readonly blocker: string | null;
  readonly refused: string | null;
  readonly added: AddedTest | null;
  readonly change: (edit: Edit) => void;
  readonly onChoose: (id: string) => void;
  readonly onShow: (shown: Shown) => void;
  readonly onNew: () => void;
  readonly onSave: () => void;
}

function Writing(props: WritingProps): JSX.Element {
  const { state, history, look, chosen, shown, blocker, onShow, onSave } = props;
  const editor = useRef<Editor | null>(null);
  const rules = look.checked?.rules ?? [];
  useKeys({ '/': () => editor.current?.focus() });
  return (
    <section class="write" aria-label="The document">
      <Bar
        rules={rules}
        chosen={chosen}
        onChoose={props.onChoose}
        shown={shown}
        onShow={onShow}
        dirty={isDirty(state)}
        saving={state.save.kind === 'saving'}
        blocker={blocker}
        onNew={props.onNew}
        onDiscard={() => {
          discard();
          editor.current?.focus();
        }}
        onSave={onSave}
      />
      <SaveNotes state={state} added={props.added} refused={props.refused} onSave={onSave} />
      {shown === 'form' && chosen !== null ? (
        <RuleFormPane
          rule={chosen}
          checked={look.checked}
          onEdit={props.change}
          onYaml={() => onShow('yaml')}
        />
      ) : (
        <EditorPane
          text={state.text}
          textNow={textNow}
          checked={look.checked}
          rule={rules.find(({ id }) => id === chosen) ?? null}
          onText={setText}
          onSave={onSave}
          handle={editor}
        />
      )}
      <Problems
        checked={look.checked}
        rejected={state.save.kind === 'rejected' ? state.save.problems : []}
        onGo={(offset, length) => {
          onShow('yaml');
          // The editor may only now be there.
          requestAnimationFrame(() => editor.current?.goTo(offset, length));
        }}
        onUse={(offset, length, text) => editor.current?.replace(offset, length, text)}
      />
      <VersionRow history={history} state={state} onRolledBack={props.reloadHistory} />
    </section>
  );
}

function failsTest({ checked }: Look): boolean {
  return checked?.problems.some(({ code, level }) => code === 'E_TEST_FAILED' && level === 'error') ?? false;
}

/** Why it cannot be saved; null: it can. */
function blockerOf(state: Written, { checked }: Look): string | null {
  if (!isDirty(state)) return 'nothing is changed';
  if (state.save.kind === 'conflict') return 'another version was saved meanwhile';
  const errors =
    checked?.problems.filter(({ level, code }) => level === 'error' && code !== 'E_TEST_FAILED') ?? [];
  return errors.length === 0 ? null : count(errors.length, 'error');
}

/** A change that the form asked for is part of what is saved: it is waited for. */
function useAfterEdits(action: () => void): () => void {
  const latest = useRef(action);
  latest.current = action;
  // In the next turn the page has been drawn with it.
  return () => void editsDone().then(() => setTimeout(() => latest.current()));
}

/** Alt P: the other half, where there is room for one. */
function useFlipKey(flip: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!event.altKey || event.code !== 'KeyP') return;
      event.preventDefault();
      flip();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

function useSaveKey(saveNow: () => void): void {
  const latest = useRef(saveNow);
  latest.current = saveNow;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 's' || event.defaultPrevented) return;
      event.preventDefault();
      commitField();
      latest.current();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

/** What is still being typed in a field of the form is part of what is saved: fields hand it on when they are left. */
function commitField(): void {
  const { activeElement } = document;
  if (!(activeElement instanceof HTMLInputElement)) return;
  activeElement.blur();
  activeElement.focus();
}

function Head({
  look,
  history,
}: {
  readonly state: Written;
  readonly look: Look;
  readonly history: readonly Version[];
}): JSX.Element {
  const rules = look.checked?.rules ?? [];
  const inTestMode = rules.filter(({ testMode }) => testMode).length;
  const silent = rules.filter(({ testMode, tells }) => !testMode && !tells).length;
  const [latest] = history;
  return (
    <div class="head">
      <h1>Rules</h1>
      <p class="s">
        {look.checked !== null && (
          <>
            {count(rules.length, 'rule')} · {rules.length - inTestMode - silent} on
            {inTestMode > 0 && `, ${inTestMode} in test mode`}
            {silent > 0 && `, ${silent} without a channel`}
          </>
        )}
        {latest !== undefined && (
          <>
            {' '}
            · version {history.length}, saved {latest.author !== null && `by ${latest.author} `}
            <Time at={Date.parse(latest.at)} />
          </>
        )}
      </p>
    </div>
  );
}

/** On a phone: the sum, always in sight, and the switch between the two halves. */
function Foot({
  look,
  side,
  onSide,
}: {
  readonly look: Look;
  readonly side: string;
  readonly onSide: (side: 'edit' | 'preview') => void;
}): JSX.Element {
  const { checked, preview } = look;
  const errors =
    checked?.problems.filter(({ level, code }) => level === 'error' && code !== 'E_TEST_FAILED').length ?? 0;
  const fails = preview?.tests.filter(({ passes }) => !passes).length ?? 0;
  return (
    <div class="foot">
      <p>
        {errors > 0 && <b class="no">{count(errors, 'error')} · </b>}
        {preview !== null && preview.was !== null && (
          <>
            <b class="ok">+ {preview.gained.count}</b> <b class="no">− {preview.lost.count}</b>
          </>
        )}
        {preview !== null && preview.was === null && <b>catches {preview.caught}</b>}
        {fails > 0 && <b class="no"> · {count(fails, 'test fails', 'tests fail')}</b>}
      </p>
      <span class="seg">
        {(['edit', 'preview'] as const).map((one) => (
          <button type="button" key={one} aria-pressed={side === one} onClick={() => onSide(one)}>
            {one === 'edit' ? 'Edit' : 'Preview'}
          </button>
        ))}
      </span>
    </div>
  );
}
