/** Rules: one document, written as YAML or by a form, beside what the chosen rule catches now. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Version, versions } from '../../api/config.ts';
import type { Edit } from '../../archive/protocol.ts';
import type { Editor } from '../../code/editor.ts';
import {
  discard,
  documentState,
  edit,
  isDirty,
  openConfig,
  save,
  setText,
  type Written,
} from '../../parts/document.ts';
import { count } from '../../parts/format.ts';
import { useKeys } from '../../parts/keys.ts';
import { useLoad } from '../../parts/load.ts';
import { useChange } from '../../parts/pulse.ts';
import { reasonOf, Waiting } from '../../parts/states.tsx';
import { useStore } from '../../parts/store.ts';
import { Time } from '../../parts/time.tsx';
import { useTitle } from '../../parts/title.ts';
import { usePlace } from '../../router.ts';
import type { PageProps } from '../../routes.ts';
import { useAddedTest } from './added-test.ts';
import { Bar } from './bar.tsx';
import { EditorPane } from './editor-pane.tsx';
import { RuleFormPane } from './form.tsx';
import { type Look, useLook } from './look.ts';
import { NewRuleDialog } from './new-rule-dialog.tsx';
import { PreviewPane } from './preview.tsx';
import { Problems } from './problems.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
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
type Dialog = 'new' | 'reason' | null;

function Desk({ state, history, asked, reloadHistory }: DeskProps): JSX.Element {
  const [chosen, setChosen] = useState(asked);
  const [shown, setShown] = useState<Shown>('yaml');
  const [side, setSide] = useState<'edit' | 'preview'>('edit');
  const [dialog, setDialog] = useState<Dialog>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const editor = useRef<Editor | null>(null);
  const look = useLook(state.text, chosen, state.base?.hash ?? null);
  const { query } = usePlace();
  const rules = look.checked?.rules ?? [];
  // The first rule, where none was asked for; a rule that was renamed or removed is no longer there.
  useEffect(() => {
    if (chosen === null && rules[0] !== undefined) choose(rules[0].id);
  }, [rules, chosen]);
  const choose = (id: string): void => {
    setChosen(id);
    // Not through the router: the page and what is typed in it stay.
    window.history.replaceState(null, '', `/rules/${encodeURIComponent(id)}`);
  };
  const change = (wanted: Edit): void => {
    setRefused(null);
    edit(wanted).catch((error: Error) => setRefused(error.message));
  };
  const failing =
    look.checked?.problems.some(({ code, level }) => code === 'E_TEST_FAILED' && level === 'error') ?? false;
  const blocker = blockerOf(state, look);
  const saveNow = (): void => {
    if (blocker !== null || state.save.kind === 'saving') return;
    if (failing) setDialog('reason');
    else void save(null).then((saved) => saved && reloadHistory());
  };
  const added = useAddedTest(query, chosen, state, change);
  useKeys({ '/': () => editor.current?.focus() });
  useSaveKey(saveNow);
  useEffect(() => {
    const flip = (event: KeyboardEvent): void => {
      if (event.altKey && event.code === 'KeyP') {
        event.preventDefault();
        setSide((before) => (before === 'edit' ? 'preview' : 'edit'));
      }
    };
    addEventListener('keydown', flip);
    return () => removeEventListener('keydown', flip);
  }, []);
  return (
    <>
      <Head state={state} look={look} history={history} />
      <div class={`desk show-${side}`}>
        <section class="write" aria-label="The document">
          <Bar
            rules={rules}
            chosen={chosen}
            onChoose={choose}
            shown={shown}
            onShow={setShown}
            dirty={isDirty(state)}
            saving={state.save.kind === 'saving'}
            blocker={blocker}
            onNew={() => setDialog('new')}
            onDiscard={() => {
              discard();
              editor.current?.focus();
            }}
            onSave={saveNow}
          />
          <SaveNotes state={state} added={added} refused={refused} onSave={saveNow} />
          {shown === 'form' && chosen !== null ? (
            <RuleFormPane
              rule={chosen}
              checked={look.checked}
              onEdit={change}
              onYaml={() => setShown('yaml')}
            />
          ) : (
            <EditorPane
              text={state.text}
              checked={look.checked}
              rule={rules.find(({ id }) => id === chosen) ?? null}
              onText={setText}
              onSave={saveNow}
              handle={editor}
            />
          )}
          <Problems
            checked={look.checked}
            rejected={state.save.kind === 'rejected' ? state.save.problems : []}
            onGo={(offset, length) => {
              setShown('yaml');
              // The editor may only now be there.
              requestAnimationFrame(() => editor.current?.goTo(offset, length));
            }}
            onUse={(offset, length, text) => editor.current?.replace(offset, length, text)}
          />
          <VersionRow history={history} state={state} onRolledBack={reloadHistory} />
        </section>
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
      {dialog === 'new' && (
        <NewRuleDialog
          checked={look.checked}
          onClose={() => setDialog(null)}
          onAdd={(rule) => {
            setDialog(null);
            setRefused(null);
            edit({ kind: 'add-rule', rule }).then(
              () => {
                choose(rule.id);
                setShown('form');
              },
              (error: Error) => setRefused(error.message),
            );
          }}
        />
      )}
      {dialog === 'reason' && (
        <ReasonDialog
          tests={look.preview?.tests.filter(({ passes }) => !passes) ?? []}
          onClose={() => setDialog(null)}
          onSave={(reason) => {
            setDialog(null);
            void save(reason).then((saved) => saved && reloadHistory());
          }}
        />
      )}
    </>
  );
}

/** Why it cannot be saved; null: it can. */
function blockerOf(state: Written, { checked }: Look): string | null {
  if (!isDirty(state)) return 'nothing is changed';
  if (state.save.kind === 'conflict') return 'another version was saved meanwhile';
  const errors =
    checked?.problems.filter(({ level, code }) => level === 'error' && code !== 'E_TEST_FAILED') ?? [];
  return errors.length === 0 ? null : count(errors.length, 'error');
}

function useSaveKey(saveNow: () => void): void {
  const held = useRef(saveNow);
  held.current = saveNow;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 's' || event.defaultPrevented) return;
      event.preventDefault();
      held.current();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
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
  const rehearsing = rules.filter(({ rehearsal }) => rehearsal).length;
  const silent = rules.filter(({ rehearsal, tells }) => !rehearsal && !tells).length;
  const [latest] = history;
  return (
    <div class="head">
      <h1>Rules</h1>
      <p class="s">
        {look.checked !== null && (
          <>
            {count(rules.length, 'rule')} · {rules.length - rehearsing - silent} on
            {rehearsing > 0 && `, ${rehearsing} in rehearsal`}
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
