/** The document in the editor, which is loaded here and nowhere before. */
import type { JSX, RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { askWorker } from '../../archive-worker/client.ts';
import type { Checked, KeyTree, RuleOutline } from '../../archive-worker/protocol.ts';
import type { Editor } from '../../editor/editor.ts';
import { prefs, readLanguages } from '../../state/prefs.ts';

interface EditorPaneProps {
  readonly text: string;
  /** As it is at this moment. */
  readonly textNow: () => string;
  readonly checked: Checked | null;
  readonly rule: RuleOutline | null;
  readonly onText: (text: string) => void;
  readonly onSave: () => void;
  readonly handle: RefObject<Editor | null>;
}

const EXAMPLE = `# Nothing is watched yet. A first configuration:
version: 1
feeds:
  - { url: "https://example.org/rss", lang: en, publisher: Example }
use: [countries, military]
rules:
  - id: floods
    title: Floods
    severity: high
    query: flood*2 AND (Seine OR Thames)
    testMode: true
`;

export function EditorPane(props: EditorPaneProps): JSX.Element {
  const { text, textNow, checked, rule, handle } = props;
  const host = useRef<HTMLDivElement>(null);
  const [ready, setReady] = useState(false);
  const [all, setAll] = useState(false);
  const [failed, setFailed] = useState(false);
  const latest = useRef(props);
  latest.current = props;
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
        handle.current = openEditor({
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
        setReady(true);
      },
      () => setFailed(true),
    );
    return () => {
      closed = true;
      handle.current?.destroy();
      handle.current = null;
    };
  }, []);
  // What came from elsewhere: the form, a version, another person's save.
  useEffect(() => {
    const editor = handle.current;
    // What is in force now, not when this was drawn: somebody may have typed since.
    const now = textNow();
    if (editor !== null && editor.text() !== now) editor.setText(now);
  }, [text, ready]);
  useEffect(() => {
    if (checked !== null) handle.current?.show(checked.problems, checked.changed);
  }, [checked, ready]);
  // The chosen rule alone, until the whole is asked for.
  const known = rule !== null;
  useEffect(() => {
    if (ready) handle.current?.focusOn(all ? null : (latest.current.rule ?? null));
  }, [rule?.id, known, ready, all]);
  return (
    <>
      <div class="ed" ref={host}>
        {!ready && (
          <div class="ghost">
            {failed && <p class="no">The editor did not load. Reload the page: the draft is kept.</p>}
          </div>
        )}
      </div>
      <p class="xs s edkeys" id="editor-keys">
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
        <button type="button" class="b text" onClick={() => setAll(!all)}>
          {all ? 'Fold to this rule' : 'Show the whole document'}
        </button>
        {text === '' && (
          <button type="button" class="b text" onClick={() => latest.current.onText(EXAMPLE)}>
            Begin with an example
          </button>
        )}
      </p>
    </>
  );
}

/** Where the document defines it; what is shipped is not in it. */
function openList({ text, handle }: EditorPaneProps, id: string): void {
  const name = id.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
  const found = new RegExp(`^ +["']?${name}["']?:`, 'mu').exec(text);
  if (found !== null) handle.current?.goTo(found.index);
}
