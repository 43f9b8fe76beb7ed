/** The document in the editor. The editor's code is loaded when this is first shown. */
import type { JSX, RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { askWorker } from '../../archive-worker/client.ts';
import type { Checked, KeyTree, RuleOutline } from '../../archive-worker/protocol.ts';
import type { Editor } from '../../editor/editor.ts';
import { prefs, readLanguages } from '../../state/prefs.ts';

interface EditorPaneProps {
  readonly text: string;
  /** The text at the time of the call, not of the last render. */
  readonly textNow: () => string;
  readonly checked: Checked | null;
  readonly rule: RuleOutline | null;
  readonly onText: (text: string) => void;
  readonly onSave: () => void;
  readonly handle: RefObject<Editor | null>;
}

const EXAMPLE = `# A first configuration:
version: 1
feeds:
  - { url: "https://example.org/rss", lang: en, publisher: Example }
use: [countries, military]
rules:
  - id: floods
    title: Floods
    severity: high
    query: flood*2 AND (Seine OR Thames)
    test_mode: true
`;

/** `ready`: the editor is in place; `failed`: its code did not load. */
type EditorState = 'loading' | 'ready' | 'failed';

/** Loads the editor into `host`, and destroys it when the component is unmounted. */
function useEditor(
  host: RefObject<HTMLDivElement | null>,
  latest: { readonly current: EditorPaneProps },
): EditorState {
  const [state, setState] = useState<EditorState>('loading');
  useEffect(() => {
    let closed = false;
    let keys: KeyTree | null = null;
    void askWorker('keys', {}).then(
      (tree) => {
        keys = tree;
      },
      () => {},
    );
    import('../../editor/editor.ts').then(
      ({ openEditor }) => {
        if (closed || host.current === null) return;
        latest.current.handle.current = openEditor({
          parent: host.current,
          label: 'The configuration document',
          describedBy: 'editor-keys',
          text: latest.current.textNow(),
          kind: 'document',
          names: () => ({
            lists: latest.current.checked?.lists ?? [],
            channels: latest.current.checked?.channels ?? [],
          }),
          keys: () => keys,
          reads: () => readLanguages(prefs.get()),
          onText: (read) => latest.current.onText(read()),
          onSave: () => latest.current.onSave(),
          onOpenList: (id) => openList(latest.current, id),
        });
        setState('ready');
      },
      () => setState('failed'),
    );
    return () => {
      const { handle } = latest.current;
      closed = true;
      handle.current?.destroy();
      handle.current = null;
    };
  }, []);
  return state;
}

export function EditorPane(props: EditorPaneProps): JSX.Element {
  const { text, textNow, checked, rule, handle } = props;
  const host = useRef<HTMLDivElement>(null);
  const [all, setAll] = useState(false);
  const latest = useRef(props);
  latest.current = props;
  const state = useEditor(host, latest);
  const ready = state === 'ready';
  // For changes from outside the editor: the form, another version, another user's save.
  useEffect(() => {
    const editor = handle.current;
    // Not `text`: the user may have typed since the last render.
    const now = textNow();
    if (editor !== null && editor.text() !== now) editor.setText(now);
  }, [text, ready]);
  useEffect(() => {
    if (checked !== null) handle.current?.show(checked.problems, checked.changed);
  }, [checked, ready]);
  // Only the chosen rule is unfolded, unless the user shows the whole document.
  const known = rule !== null;
  useEffect(() => {
    if (ready) handle.current?.focusOn(all ? null : (latest.current.rule ?? null));
  }, [rule?.id, known, ready, all]);
  return (
    <>
      <div class="ed" ref={host}>
        {!ready && (
          <div class="ghost">
            {state === 'failed' && (
              <p class="no">The editor did not load. Reload the page; your draft is stored.</p>
            )}
          </div>
        )}
      </div>
      <p class="xs s edkeys" id="editor-keys">
        <KeyHints />
        <button type="button" class="b text" onClick={() => setAll(!all)}>
          {all ? 'Show only this rule' : 'Show the whole document'}
        </button>
        {text === '' && (
          <button type="button" class="b text" onClick={() => latest.current.onText(EXAMPLE)}>
            Start with an example
          </button>
        )}
      </p>
    </>
  );
}

function KeyHints(): JSX.Element {
  return (
    <>
      <span>
        <kbd>Esc</kbd> then <kbd>Tab</kbd> leaves the editor
      </span>
      <span>
        <kbd>Ctrl Space</kbd> completes
      </span>
      <span>
        <kbd>Ctrl K</kbd> <kbd>Ctrl I</kbd> shows what an @id contains
      </span>
      <span>
        <kbd>F8</kbd> next problem
      </span>
    </>
  );
}

/** Goes to the definition of a list in the document. Lists of packs are not in the document: nothing happens. */
function openList({ text, handle }: EditorPaneProps, id: string): void {
  const name = id.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
  const found = new RegExp(`^ +["']?${name}["']?:`, 'mu').exec(text);
  if (found !== null) handle.current?.goTo(found.index);
}
