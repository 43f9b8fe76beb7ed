/** Rules: the configuration document, as YAML or as a form, beside a preview of the chosen rule. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConfigVersion } from '../../../lib/api/config.ts';
import { versions } from '../../api/config.ts';
import type { Edit } from '../../archive-worker/protocol.ts';
import type { Editor } from '../../editor/editor.ts';
import {
  discard,
  documentState,
  edit,
  isDirty,
  openConfig,
  save,
  setText,
  textNow,
  type Written,
} from '../../state/document.ts';
import { useKeys } from '../../state/keys.ts';
import { useChange } from '../../state/live-status.ts';
import { useLoad } from '../../state/load.ts';
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
import { EditorPane } from './editor-pane.tsx';
import { useAfterEdits, useFlipKey, useSaveKey } from './keys.ts';
import { type Look, useLook } from './look.ts';
import { PreviewPane } from './preview.tsx';
import { Problems } from './problems.tsx';
import { type OpenDialog, RulesDialog } from './rules-dialog.tsx';
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
          <b class="no">Not loaded:</b> the configuration. {reasonOf(state.error)} The service keeps running
          with the active version.
        </span>
        <button type="button" class="b" onClick={() => void openConfig()}>
          Load again
        </button>
      </div>
    );
  if (state.kind === 'loading') return <Waiting slow={false} what="the configuration" />;
  return (
    <RulesEditor
      state={state}
      history={history.data ?? []}
      asked={params['id'] ?? null}
      reloadHistory={history.reload}
    />
  );
}

interface RulesEditorProps {
  readonly state: Written;
  readonly history: readonly ConfigVersion[];
  readonly asked: string | null;
  readonly reloadHistory: () => void;
}

type Shown = 'yaml' | 'form';
/** Loaded on demand: it contains the parser of the rule language. */
const RuleFormPane = lazily(async () => (await import('./form/form.tsx')).RuleFormPane);

function RulesEditor({ state, history, asked, reloadHistory }: RulesEditorProps): JSX.Element {
  const [shown, setShown] = useState<Shown>('yaml');
  const [side, setSide] = useState<'edit' | 'preview'>('edit');
  const [dialog, setDialog] = useState<OpenDialog>(null);
  const [chosen, setChosen] = useState(asked);
  const look = useLook(state.text, chosen, state.base?.hash ?? null);
  const choose = (id: string): void => {
    setChosen(id);
    // Not through the router, which would open the page anew and lose its state.
    window.history.replaceState(null, '', `/rules/${encodeURIComponent(id)}`);
  };
  // The first rule, if the address names none.
  const first = look.checked?.rules[0]?.id;
  useEffect(() => {
    if (chosen === null && first !== undefined) choose(first);
  }, [first, chosen]);
  const { refused, change } = useEdits();
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
      <div class={`rulescols show-${side}`}>
        <Writing
          {...{ state, history, look, chosen, shown, blocker, refused, added, change, reloadHistory }}
          onChoose={choose}
          onShow={setShown}
          onNew={() => setDialog('new')}
          onSave={saveSoon}
        />
        <section class="look" aria-label="Preview of the rule">
          <PreviewPane
            look={look}
            chosen={chosen}
            checked={look.checked}
            version={history.length}
            edited={isDirty(state)}
            onEdit={change}
          />
        </section>
      </div>
      <Foot look={look} side={side} onSide={setSide} />
      <RulesDialog
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

interface WritingProps extends Pick<RulesEditorProps, 'state' | 'history' | 'reloadHistory'> {
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
          // The editor may have been opened only now.
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

/** Why the document cannot be saved; null: it can be saved. */
function blockerOf(state: Written, { checked }: Look): string | null {
  if (!isDirty(state)) return 'No changes to save';
  if (state.save.kind === 'conflict') return 'Cannot save: another version was saved in the meantime';
  const errors =
    checked?.problems.filter(({ level, code }) => level === 'error' && code !== 'E_TEST_FAILED') ?? [];
  return errors.length === 0 ? null : `Cannot save: ${count(errors.length, 'error')}`;
}

/** Edits the draft. `refused` says why the last edit was not possible; null: it was. */
function useEdits(): {
  readonly refused: string | null;
  readonly change: (wanted: Edit, after?: () => void) => void;
} {
  const [refused, setRefused] = useState<string | null>(null);
  return {
    refused,
    change(wanted, after = () => {}) {
      setRefused(null);
      edit(wanted).then(after, (error: Error) => setRefused(error.message));
    },
  };
}

function Head({
  look,
  history,
}: {
  readonly state: Written;
  readonly look: Look;
  readonly history: readonly ConfigVersion[];
}): JSX.Element {
  const rules = look.checked?.rules ?? [];
  const inTestMode = rules.filter(({ testMode }) => testMode).length;
  const unsent = rules.filter(({ testMode, hasChannel }) => !testMode && !hasChannel).length;
  const [latest] = history;
  return (
    <div class="head">
      <h1>Rules</h1>
      <p class="s">
        {look.checked !== null && (
          <>
            {count(rules.length, 'rule')} · {rules.length - inTestMode - unsent} on
            {inTestMode > 0 && `, ${inTestMode} in test mode`}
            {unsent > 0 && `, ${unsent} without a channel`}
          </>
        )}
        {latest !== undefined && (
          <>
            {' '}
            · version {history.length}, saved {latest.author !== null && `by ${latest.author} `}
            <Time at={latest.at} />
          </>
        )}
      </p>
    </div>
  );
}

/** On narrow screens: a summary that is always visible, and the switch between document and preview. */
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
        {preview !== null && preview.was === null && <b>matches {preview.caught}</b>}
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
