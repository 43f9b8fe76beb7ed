/** The card over an `@id`: the terms of the list, by language. Text nodes only. */

import { type EditorState, type Extension, StateEffect, StateField } from '@codemirror/state';
import { type EditorView, hoverTooltip, keymap, showTooltip, type Tooltip } from '@codemirror/view';
import { askWorker } from '../archive-worker/client.ts';
import type { ListCard } from '../archive-worker/protocol.ts';
import { directionOf } from '../text/cut.ts';
import { count } from '../text/format.ts';

/** How long the pointer rests before a card opens. */
const HOVER_MS = 300;

/** @param reads languages of the reader, which come first */
export function listCards(reads: () => readonly string[]): Extension {
  const asked = StateEffect.define<Tooltip | null>();
  const byKey = StateField.define<Tooltip | null>({
    create: () => null,
    update(shown, transaction) {
      for (const effect of transaction.effects) if (effect.is(asked)) return effect.value;
      return transaction.docChanged || transaction.selection !== undefined ? null : shown;
    },
    provide: (field) => showTooltip.from(field),
  });
  const show = (view: EditorView): boolean => {
    void tooltipAt(view.state, view.state.selection.main.head, reads()).then((tooltip) =>
      view.dispatch({ effects: asked.of(tooltip) }),
    );
    return true;
  };
  const hide = (view: EditorView): boolean => {
    if (view.state.field(byKey) === null) return false;
    view.dispatch({ effects: asked.of(null) });
    return true;
  };
  return [
    byKey,
    hoverTooltip((view, pos) => tooltipAt(view.state, pos, reads()), { hoverTime: HOVER_MS }),
    keymap.of([
      { key: 'Mod-k Mod-i', run: show },
      { key: 'Escape', run: hide },
    ]),
  ];
}

/** The list named at a place of the text; null: none. */
export function listAt(state: EditorState, pos: number): { id: string; from: number; to: number } | null {
  const line = state.doc.lineAt(pos);
  for (const match of line.text.matchAll(/@([\p{L}\p{N}][\p{L}\p{N}_-]*)/gu)) {
    const from = line.from + match.index;
    const to = from + match[0].length;
    if (pos >= from && pos <= to) return { id: match[1] ?? '', from, to };
  }
  return null;
}

async function tooltipAt(state: EditorState, pos: number, reads: readonly string[]): Promise<Tooltip | null> {
  const found = listAt(state, pos);
  if (found === null) return null;
  const card = await askWorker('card', { list: found.id }).catch(() => null);
  if (card === null) return null;
  return { pos: found.from, end: found.to, above: true, create: () => ({ dom: cardElement(card, reads) }) };
}

function cardElement(card: ListCard, reads: readonly string[]): HTMLElement {
  const root = element('div', 'card');
  const head = element(
    'p',
    'card-head',
    element('b', '', `@${card.id}`),
    ` ${card.title}, ${card.from} · ${count(card.terms, 'term')} in ${count(card.languages.length, 'language')}`,
  );
  const rank = (lang: string): number => (reads.includes(lang) ? reads.indexOf(lang) : reads.length);
  const rows = card.languages.toSorted((a, b) => rank(a.lang) - rank(b.lang)).map(rowElement);
  root.append(head, ...rows);
  const foot = [
    card.includes.length > 0 ? `Includes ${card.includes.map((id) => `@${id}`).join(', ')}.` : '',
    card.hits === null ? '' : `Found in ${count(card.hits, 'entry', 'entries')} of the last 7 days.`,
  ].filter((text) => text !== '');
  if (foot.length > 0) root.append(element('p', 's xs', foot.join(' ')));
  return root;
}

function rowElement({ lang, terms, more }: ListCard['languages'][number]): HTMLElement {
  const words = element('span', 't', terms.join(', '));
  if (lang !== '') words.lang = lang;
  words.dir = lang === '' ? 'auto' : directionOf(lang);
  const rest = more > 0 ? [element('span', 'l', ` and ${more} more`)] : [];
  return element('p', 'card-row', element('span', 'lc', lang === '' ? 'any' : lang), words, ...rest);
}

function element(name: string, classes: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  if (classes !== '') made.className = classes;
  made.append(...children);
  return made;
}
