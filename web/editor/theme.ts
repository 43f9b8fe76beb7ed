/** Style of the editor: the page's colours; operators and lists also differ by weight and line. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';

export const theme = EditorView.theme({
  '&': { fontSize: '13px', backgroundColor: 'var(--paper)', color: 'var(--ink)' },
  '&.cm-focused': { outline: '2px solid var(--focus)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '20px' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '4px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--focus) 25%, transparent)',
  },
  '.cm-gutters': { backgroundColor: 'var(--paper-2)', color: 'var(--ink-2)', border: '0' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--paper-2)' },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--paper)',
    border: '1px dashed var(--edge)',
    color: 'var(--ink-2)',
    padding: '0 6px',
    borderRadius: '2px',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--paper)',
    border: '1px solid var(--ink)',
    color: 'var(--ink)',
    fontFamily: 'var(--sans)',
    fontSize: '13px',
  },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxHeight: '16em' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--ink)',
    color: 'var(--paper)',
  },
  '.cm-completionDetail': { fontStyle: 'normal', fontFamily: 'var(--sans)', fontSize: '12px' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy 1.5px var(--bad)',
    backgroundColor: 'var(--bad-ground)',
  },
  '.cm-lintRange-warning': { backgroundImage: 'none', textDecoration: 'underline wavy 1.5px var(--warn)' },
  '.cm-diagnostic': { padding: '6px 10px', borderLeft: '0' },
  '.cm-problem-gutter': { width: '16px', textAlign: 'center', fontWeight: '600' },
  '.cm-problem-gutter .no': { color: 'var(--bad)' },
  '.cm-problem-gutter .wait': { color: 'var(--warn)' },
  '.cm-op': { fontWeight: '700' },
  '.cm-list': { borderBottom: '1px solid var(--mark-entity)' },
});

export const highlighting = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--mark-entity)' },
    { tag: tags.string, color: 'var(--good)' },
    { tag: tags.comment, color: 'var(--ink-3)' },
    { tag: [tags.number, tags.bool, tags.null], color: 'var(--warn)' },
  ]),
);

/** Operators in bold, lists underlined. */
const WORDS =
  /(?<![\w-])(?:AND|OR|NOT|SENTENCE|COUNT|QTY|O?NEAR\/\d+|ATLEAST\/\d+|ANY\/\d+)(?![\w-])|@[\p{L}\p{N}][\p{L}\p{N}_-]*/gu;
const operator = Decoration.mark({ class: 'cm-op' });
const list = Decoration.mark({ class: 'cm-list' });
const matcher = new MatchDecorator({
  regexp: WORDS,
  decoration: ([word = '']) => (word.startsWith('@') ? list : operator),
});

export const queryWords = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view);
    }

    update(update: ViewUpdate): void {
      this.decorations = matcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
