/** The editor of a document or a one-line query, with problems underlined. Loaded on Rules and Search only. */
import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  startCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import {
  bracketMatching,
  codeFolding,
  foldEffect,
  foldGutter,
  foldKeymap,
  indentUnit,
  unfoldAll,
} from '@codemirror/language';
import { type Diagnostic, nextDiagnostic, previousDiagnostic, setDiagnostics } from '@codemirror/lint';
import {
  Compartment,
  EditorState,
  type Extension,
  RangeSet,
  StateEffect,
  StateField,
  type Text,
  Transaction,
} from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  GutterMarker,
  gutter,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import type { KeyTree } from '../archive-worker/protocol.ts';
import { count } from '../text/format.ts';
import { listAt, listCards } from './card.ts';
import { documentCompletion, type Names, queryCompletion } from './completion.ts';
import { highlighting, queryWords, theme } from './theme.ts';

export interface EditorProblem {
  readonly level: 'error' | 'warning';
  readonly message: string;
  readonly hint: string | null;
  readonly offset: number;
  readonly length: number;
}

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly label: string;
  /** Id of the element that says how to leave the editor by keyboard. */
  readonly describedBy: string;
  readonly text: string;
  readonly kind: 'document' | 'query';
  readonly names: () => Names;
  readonly keys: () => KeyTree | null;
  readonly reads: () => readonly string[];
  readonly onText: (text: () => string) => void;
  readonly onSave?: () => void;
  readonly onEnter?: () => void;
  /** F12 on a list. */
  readonly onOpenList?: (id: string) => void;
}

export interface Editor {
  text(): string;
  /** As an edit that can be undone; only the part that differs is replaced. */
  setText(text: string): void;
  /** @param changed lines, from 1, that the saved version does not have */
  show(problems: readonly EditorProblem[], changed: readonly number[]): void;
  /** Folds everything except that part, and scrolls to it. null: unfolds everything. */
  focusOn(part: { readonly from: number; readonly to: number } | null): void;
  goTo(offset: number, length?: number): void;
  replace(offset: number, length: number, text: string): void;
  focus(): void;
  destroy(): void;
}

const nonce = (): string => document.querySelector<HTMLElement>('script[nonce]')?.nonce ?? '';

export function openEditor(options: EditorOptions): Editor {
  const isDocument = options.kind === 'document';
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [common(options), isDocument ? forDocument(options) : forQuery(options)],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    setText(text) {
      const change = changeBetween(view.state.doc.toString(), text);
      if (change !== null) view.dispatch({ changes: change, userEvent: 'input.form' });
    },
    show(problems, changed) {
      const diagnostics = problems.map((problem) => diagnosticOf(problem, view.state.doc));
      view.dispatch(setDiagnostics(view.state, diagnostics), { effects: shown.of({ problems, changed }) });
    },
    focusOn: (part) => focusOn(view, part),
    goTo(offset, length = 0) {
      const at = Math.min(offset, view.state.doc.length);
      const head = Math.min(at + length, view.state.doc.length);
      view.dispatch({
        selection: { anchor: at, head },
        effects: EditorView.scrollIntoView(at, { y: 'center' }),
      });
      view.focus();
    },
    replace(offset, length, text) {
      view.dispatch({
        changes: { from: offset, to: Math.min(offset + length, view.state.doc.length), insert: text },
      });
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

function common(options: EditorOptions): Extension {
  const tabs = new Compartment();
  // After Esc, Tab leaves the editor; Tab indents again when the editor gets focus.
  const leave = (view: EditorView): boolean => {
    view.dispatch({ effects: tabs.reconfigure([]) });
    return true;
  };
  return [
    EditorView.cspNonce.of(nonce()),
    keymap.of([{ key: 'Tab', run: acceptCompletion }]),
    tabs.of(options.kind === 'document' ? keymap.of([indentWithTab]) : []),
    EditorView.domEventHandlers({
      focus: (_, view) =>
        void view.dispatch({
          effects: tabs.reconfigure(options.kind === 'document' ? keymap.of([indentWithTab]) : []),
        }),
    }),
    listCards(options.reads),
    keymap.of([
      { key: 'Ctrl-Space', run: startCompletion },
      ...closeBracketsKeymap,
      ...completionKeymap,
      { key: 'Escape', run: leave },
      ...historyKeymap,
      ...foldKeymap,
      { key: 'F8', run: nextDiagnostic },
      { key: 'Shift-F8', run: previousDiagnostic },
      { key: 'F12', run: (view) => openList(view, options) },
    ]),
    keymap.of(
      options.onSave === undefined
        ? []
        : [{ key: 'Mod-s', preventDefault: true, run: () => done(options.onSave) }],
    ),
    keymap.of(options.kind === 'query' ? [{ key: 'Enter', run: () => done(options.onEnter) }] : []),
    keymap.of(defaultKeymap),
    history(),
    highlightSpecialChars(),
    drawSelection({ cursorBlinkRate: blinkMs() }),
    closeBrackets(),
    bracketMatching(),
    queryWords,
    theme,
    highlighting,
    EditorView.contentAttributes.of({
      'aria-label': options.label,
      'aria-describedby': options.describedBy,
      // Editable text is focusable anyway; explicit for accessibility checks of scrollable areas.
      tabindex: '0',
      spellcheck: 'false',
      autocorrect: 'off',
      autocapitalize: 'off',
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) options.onText(() => update.state.doc.toString());
    }),
  ];
}

const done = (action: (() => void) | undefined): boolean => {
  action?.();
  return true;
};

/** Blink interval of the cursor, in ms; 0: it does not blink, for users who prefer reduced motion. */
function blinkMs(): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 1_200;
}

function openList(view: EditorView, { onOpenList }: EditorOptions): boolean {
  const list = listAt(view.state, view.state.selection.main.head);
  if (list === null || onOpenList === undefined) return false;
  onOpenList(list.id);
  return true;
}

function forDocument(options: EditorOptions): Extension {
  return [
    yaml(),
    indentUnit.of('  '),
    lineNumbers(),
    problemGutter,
    foldGutter(),
    codeFolding({
      preparePlaceholder: (state, range) =>
        state.doc.lineAt(range.to).number - state.doc.lineAt(range.from).number,
      placeholderDOM: (_, onclick, lines: number) => {
        const button = document.createElement('button');
        button.type = 'button';
        button.className = 'cm-foldPlaceholder';
        button.textContent = `${count(lines, 'line')} folded`;
        button.addEventListener('click', onclick);
        return button;
      },
    }),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    EditorView.lineWrapping,
    autocompletion({ override: [documentCompletion(options.names, options.keys)], icons: false }),
  ];
}

function forQuery(options: EditorOptions): Extension {
  return [
    EditorView.lineWrapping,
    placeholder('@north-korea NEAR/8 @soldiers'),
    autocompletion({ override: [queryCompletion(options.names)], icons: false }),
    // One line only: line breaks of pasted text become spaces.
    EditorState.transactionFilter.of((transaction) =>
      transaction.newDoc.lines > 1
        ? [
            {
              changes: {
                from: 0,
                to: transaction.startState.doc.length,
                insert: transaction.newDoc.toString().replace(/\s*\n\s*/gu, ' '),
              },
              annotations: Transaction.userEvent.of('input.paste'),
            },
          ]
        : transaction,
    ),
  ];
}

interface Shown {
  readonly problems: readonly EditorProblem[];
  readonly changed: readonly number[];
}

const shown = StateEffect.define<Shown>();

class Sign extends GutterMarker {
  readonly #sign: string;
  readonly #class: string;

  constructor(sign: string, classes: string) {
    super();
    this.#sign = sign;
    this.#class = classes;
  }

  override toDOM(): Node {
    const span = document.createElement('span');
    span.className = this.#class;
    span.textContent = this.#sign;
    return span;
  }
}

const ERROR = new Sign('!', 'no');
const WARNING = new Sign('?', 'wait');
const CHANGED = new Sign('~', 'wait');

const signs = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update(set, transaction) {
    for (const effect of transaction.effects)
      if (effect.is(shown)) return signsOf(transaction.state, effect.value);
    return set.map(transaction.changes);
  },
});

function signsOf(state: EditorState, { problems, changed }: Shown): RangeSet<GutterMarker> {
  const byLine = new Map<number, Sign>();
  for (const number of changed)
    if (number <= state.doc.lines) byLine.set(state.doc.line(number).from, CHANGED);
  for (const level of ['warning', 'error'] as const) {
    for (const problem of problems.filter((one) => one.level === level)) {
      const { from } = state.doc.lineAt(Math.min(problem.offset, state.doc.length));
      byLine.set(from, level === 'error' ? ERROR : WARNING);
    }
  }
  return RangeSet.of([...byLine].sort(([a], [b]) => a - b).map(([from, sign]) => sign.range(from)));
}

const problemGutter: Extension = [
  signs,
  gutter({
    class: 'cm-problem-gutter',
    markers: (view) => view.state.field(signs),
    initialSpacer: () => CHANGED,
  }),
];

function diagnosticOf({ level, message, hint, offset, length }: EditorProblem, doc: Text): Diagnostic {
  const from = Math.min(offset, doc.length);
  const to = Math.min(Math.max(from + 1, from + length), doc.length);
  return {
    from,
    // A problem of a whole block is marked on its first line.
    to: Math.max(from, Math.min(to, doc.lineAt(from).to)),
    severity: level,
    message: hint === null ? message : `${message}. ${hint}`,
  };
}

function focusOn(view: EditorView, part: { readonly from: number; readonly to: number } | null): void {
  // The user is typing: the cursor must not move.
  if (view.hasFocus && part !== null) return;
  unfoldAll(view);
  if (part === null) return;
  const { doc } = view.state;
  const first = doc.lineAt(Math.min(part.from, doc.length));
  const last = doc.lineAt(Math.min(Math.max(part.from, part.to - 1), doc.length));
  const folds = [];
  if (first.number > 2) folds.push(foldEffect.of({ from: 0, to: first.from - 1 }));
  if (last.number < doc.lines - 1) folds.push(foldEffect.of({ from: last.to + 1, to: doc.length }));
  view.dispatch({ effects: folds, selection: { anchor: first.from } });
  // Scrolls the editor, not the page.
  requestAnimationFrame(() =>
    view.scrollDOM.scrollTo({ top: Math.max(0, view.lineBlockAt(first.from).top - 24) }),
  );
}

/** The part in which two texts differ; null: they are equal. */
function changeBetween(before: string, after: string): { from: number; to: number; insert: string } | null {
  if (before === after) return null;
  let from = 0;
  const shortest = Math.min(before.length, after.length);
  while (from < shortest && before.charCodeAt(from) === after.charCodeAt(from)) from++;
  let tail = 0;
  while (
    tail < shortest - from &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) };
}
