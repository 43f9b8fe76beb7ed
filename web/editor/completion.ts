/** Completion at the cursor: keys and values of the schema, entities and concepts, channels, packs, operators. */
import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  snippetCompletion,
} from '@codemirror/autocomplete';
import type { KeyTree } from '../archive-worker/protocol.ts';
import { placeAt } from './yaml-path.ts';

/** Names that the document defines or uses from packs. */
export interface Names {
  readonly lists: readonly { readonly id: string; readonly title: string; readonly from: string }[];
  readonly channels: readonly string[];
}

const KINDS = ['first', 'confirmed', 'language', 'figure', 'closed'];
const OPERATORS: readonly Completion[] = [
  ...['AND', 'OR', 'NOT', 'SENTENCE'].map((label) => ({ label, type: 'keyword' })),
  snippetCompletion('NEAR/#{8} ', { label: 'NEAR/8', type: 'keyword', detail: 'at most 8 words between' }),
  snippetCompletion('ONEAR/#{8} ', { label: 'ONEAR/8', type: 'keyword', detail: 'the same, in this order' }),
  snippetCompletion('COUNT(#{@list}, #{6}) >= #{1000}', {
    label: 'COUNT',
    type: 'keyword',
    detail: 'a number of something',
  }),
  snippetCompletion('title:"#{words}"', { label: 'title:', type: 'keyword' }),
  snippetCompletion('summary:"#{words}"', { label: 'summary:', type: 'keyword' }),
  snippetCompletion('re:"#{pattern}"', { label: 're:', type: 'keyword', detail: 'RE2' }),
];

/** For a search, which has a query and nothing else. */
export function queryCompletion(names: () => Names) {
  return (context: CompletionContext): CompletionResult | null =>
    listsBefore(context, names()) ?? operators(context);
}

/** For a document. */
export function documentCompletion(names: () => Names, keys: () => KeyTree | null) {
  return (context: CompletionContext): CompletionResult | null => {
    const lists = listsBefore(context, names());
    if (lists !== null) return lists;
    const { doc } = context.state;
    const line = doc.lineAt(context.pos);
    const place = placeAt((at) => doc.line(at + 1).text, line.number - 1, context.pos - line.from);
    if (place.path.at(-1) === 'query') return operators(context);
    const word = context.matchBefore(/[\p{L}\p{N}_.-]*/u);
    if (word === null || (word.from === word.to && !context.explicit)) return null;
    const options = optionsAt(place.path, place.kind, names(), keys());
    return options.length === 0 ? null : { from: word.from, options, validFor: /^[\p{L}\p{N}_.-]*$/u };
  };
}

function listsBefore(context: CompletionContext, { lists }: Names): CompletionResult | null {
  const word = context.matchBefore(/@[\p{L}\p{N}_-]*/u);
  if (word === null) return null;
  const options = lists.map(({ id, title, from }) => ({
    label: `@${id}`,
    detail: `${title}, ${from}`,
    type: 'variable',
  }));
  return { from: word.from, options, validFor: /^@[\p{L}\p{N}_-]*$/u };
}

function operators(context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/[A-Za-z]+/u);
  if (word === null && !context.explicit) return null;
  return { from: word?.from ?? context.pos, options: OPERATORS };
}

function optionsAt(
  path: readonly string[],
  kind: 'key' | 'value',
  names: Names,
  keys: KeyTree | null,
): Completion[] {
  const end = path
    .filter((part) => part !== '[]')
    .slice(-2)
    .join('.');
  const values = (all: readonly string[], detail: string): Completion[] =>
    all.map((label) => ({ label, detail, type: 'constant' }));
  if (kind === 'value' || path.at(-1) === '[]') {
    if (end === 'notify.to' || end === 'ops') return values(names.channels, 'channel');
    if (end === 'notify.on') return values(KINDS, 'development');
    if (end.endsWith('.include'))
      return names.lists.map(({ id, title }) => ({ label: id, detail: title, type: 'variable' }));
  }
  const tree = keys === null ? null : treeAt(keys, path);
  if (tree === null) return [];
  if (kind === 'value') return values(tree.values, '');
  return Object.keys(tree.keys)
    .filter((key) => key !== '*')
    .map((key) => ({ label: key, apply: `${key}: `, type: 'property' }));
}

function treeAt(tree: KeyTree, path: readonly string[]): KeyTree | null {
  let at: KeyTree | null = tree;
  for (const part of path) {
    if (at === null) return null;
    at = part === '[]' ? at.items : (at.keys[part] ?? at.keys['*'] ?? null);
  }
  return at;
}
