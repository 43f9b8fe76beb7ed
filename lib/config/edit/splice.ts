/**
 * Changes one value of a YAML document and leaves every other byte as it is: comments, order, quotes, line ends. Does not
 * interpret the values. The result is parsed again; if it differs from the intended value, the document is written anew
 * from its tree, which keeps comments and order, too.
 */
import {
  Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

/** The edit cannot be made; the message says why. */
export class EditError extends Error {
  override readonly name = 'EditError';
}

/** Keys and indices that lead to a value: `['rules', 0, 'query']`. */
export type Path = readonly (string | number)[];

/** Texts, numbers, booleans, lists and mappings. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** The same YAML as lib/config/document/document.ts reads. */
const OPTIONS = { version: '1.2', schema: 'core', uniqueKeys: false, prettyErrors: false } as const;
/** Alias expansions allowed when a document is compared with the intended value. */
const ALIASES_MAX = 10_000;

type Parsed = Document.Parsed;

/** Cache of the last parsed document: an edit reads it several times, and the next edit starts from its result. */
let last: { readonly source: string; readonly document: Parsed } | null = null;

/** The result is shared and must not be changed. @throws EditError when the document has a YAML error */
export function openDocument(source: string): Parsed {
  if (last?.source !== source) last = { source, document: parseDocument(source, OPTIONS) };
  if (last.document.errors.length > 0) throw new EditError('the document has a YAML error: fix it first');
  return last.document;
}

/** Sets or adds the value at a path. @throws EditError */
export function setAt(source: string, path: Path, value: Plain): string {
  const document = openDocument(source);
  return checked(source, setText(source, document, path, value), (tree) =>
    tree.setIn(path, tree.createNode(value)),
  );
}

/** Removes a key or an item; a missing one is not an error. @throws EditError */
export function deleteAt(source: string, path: Path): string {
  const document = openDocument(source);
  if (!document.hasIn(path)) return source;
  return checked(source, deleteText(source, document, path), (tree) => tree.deleteIn(path));
}

/** How a new mapping in a list is written: over several lines, or on one line. */
export type Style = 'block' | 'flow';

/** Appends items to a list, which is created if it does not exist. @throws EditError */
export function appendTo(source: string, path: Path, values: readonly Plain[], style: Style): string {
  const list = openDocument(source).getIn(path, true);
  if (!isSeq(list) || list.items.length === 0) return setAt(source, path, values);
  return checked(source, appendText(source, list, values, style), (tree) => {
    for (const value of values) tree.addIn(path, tree.createNode(value));
  });
}

/**
 * @param edited the spliced text; null: splicing is not possible
 * @param meant makes the same change in a tree
 * @returns the spliced text if it has the intended value, else the tree as text
 */
function checked(source: string, edited: string | null, meant: (tree: Parsed) => unknown): string {
  const tree = parseDocument(source, OPTIONS);
  meant(tree);
  if (edited !== null && edited !== source && isSame(edited, tree)) return edited;
  const whole = tree.toString({ lineWidth: 0 });
  if (!isSame(whole, tree))
    throw new EditError('this change cannot be made by a form: edit the text of the configuration');
  return whole;
}

/** Compares values, not their notation. */
function isSame(text: string, tree: Parsed): boolean {
  const plain = (document: Parsed) => JSON.stringify(document.toJS({ maxAliasCount: ALIASES_MAX }));
  try {
    return plain(openDocument(text)) === plain(tree);
  } catch (error) {
    if (error instanceof EditError) return false;
    throw error;
  }
}

/** Follows the path as far as it exists and inserts the rest. */
function setText(source: string, document: Parsed, path: Path, value: Plain): string | null {
  let node: Node | null = document.contents;
  for (const [at, part] of path.entries()) {
    if (isAlias(node)) throw new EditError('this value is a YAML alias: edit the text of the configuration');
    if (isSeq(node)) node = (node.items[Number(part)] as Node | undefined) ?? null;
    else if (isMap(node)) {
      const pair = pairOf(node, part);
      if (pair === null) return insertPair(source, node, String(part), wrapped(path.slice(at + 1), value));
      if (at === path.length - 1) return setValue(source, node, pair, value);
      node = pair.value;
    } else return null;
  }
  return node === null ? null : replaceNode(source, node, value);
}

/** The value within mappings for the rest of the path. */
function wrapped(path: Path, value: Plain): Plain {
  return path.reduceRight<Plain>((inner, part) => ({ [String(part)]: inner }), value);
}

type NodePair = Pair<Node, Node | null>;

/** Keys are compared as texts: `1` and `"1"` are equal. */
function pairOf(map: YAMLMap, key: string | number): NodePair | null {
  const pairs = map.items as NodePair[];
  return pairs.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key)) ?? null;
}

/** null: the value cannot be spliced, such as one without position. */
function setValue(source: string, map: YAMLMap, pair: NodePair, value: Plain): string | null {
  const old = pair.value;
  const key = pair.key.range;
  if (old === null || old.range === undefined || old.range === null || key === undefined || key === null)
    return null;
  if (map.flow === true) return replace(source, old.range[0], old.range[1], flowText(value, old));
  if (isScalar(old) && typeof value === 'string' && old.type === Scalar.BLOCK_LITERAL)
    return literal(source, old, value);
  const colon = source.indexOf(':', key[1]);
  // A comment or an anchor between key and value is kept: no splice.
  if (source.slice(colon + 1, old.range[0]).trim() !== '') return null;
  const text = blockText(value, columnOf(source, key[0]), isScalar(old) ? old : null);
  const end = old.range[1];
  const breaks = source[end - 1] === '\n' && end > old.range[0] ? '\n' : '';
  return replace(source, colon + 1, end, text + breaks);
}

/** Replaces an item of a list. */
function replaceNode(source: string, node: Node, value: Plain): string | null {
  const [from, to] = node.range ?? [];
  if (from === undefined || to === undefined || isCollection(node)) return null;
  return replace(source, from, to, flowText(value, node));
}

/** Replaces the lines of a block scalar; the line with `|` and its comment stay. */
function literal(source: string, node: Scalar, value: string): string | null {
  const [from = 0, to = 0] = node.range ?? [];
  const begin = source.indexOf('\n', from) + 1;
  if (begin === 0 || begin > to || !/^\|[+-]?(?:\s|$)/u.test(source.slice(from, begin))) return null;
  const indent = /^ *(?=\S)/mu.exec(source.slice(begin, to))?.[0];
  if (indent === undefined) return null;
  const lines = value.replace(/\n$/u, '').split('\n');
  const text = lines.map((line) => (line === '' ? '' : indent + line)).join('\n');
  return replace(source, begin, to, source[to - 1] === '\n' ? `${text}\n` : text);
}

/** Adds a pair after the last one, in the style of the mapping. */
function insertPair(source: string, map: YAMLMap, key: string, value: Plain): string | null {
  const last = (map.items as NodePair[]).at(-1);
  if (map.flow === true) {
    const text = `${flowText(key, null)}: ${flowText(value, null)}`;
    return intoFlow(source, map, last === undefined ? null : endOfPair(last), text);
  }
  const first = (map.items as NodePair[])[0];
  const end = last === undefined ? null : endOfPair(last);
  if (first?.key.range === undefined || first.key.range === null || end === null) return null;
  const column = columnOf(source, first.key.range[0]);
  const line = `${' '.repeat(column)}${flowText(key, null)}:${blockText(value, column, null)}\n`;
  return onOwnLine(source, end, line);
}

/** Adds items after the last one, in the style of the list. */
function appendText(source: string, list: YAMLSeq, values: readonly Plain[], style: Style): string | null {
  const last = (list.items as Node[]).at(-1)?.range?.[1];
  const begins = list.range?.[0];
  if (last === undefined || begins === undefined) return null;
  if (list.flow === true)
    return intoFlow(source, list, last, values.map((value) => flowText(value, null)).join(', '));
  return onOwnLine(source, last, itemLines(values, columnOf(source, begins), style));
}

/**
 * Removes the whole line in block style, and the comma in flow style. The last item leaves an empty list or mapping.
 */
function deleteText(source: string, document: Parsed, path: Path): string | null {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path.at(-1) ?? 0;
  if (!isCollection(parent) || parent.items.length < 2) {
    if (!isCollection(parent) || path.length < 2) return null;
    return setText(source, document, path.slice(0, -1), isSeq(parent) ? [] : {});
  }
  const spans = spansOf(parent);
  const at = isSeq(parent)
    ? Number(last)
    : (parent.items as NodePair[]).findIndex(
        ({ key }) => isScalar(key) && String(key.value) === String(last),
      );
  const [from, to] = spans[at] ?? [];
  if (from === undefined || to === undefined) return null;
  if (parent.flow === true) {
    const next = spans[at + 1]?.[0];
    return next === undefined
      ? replace(source, spans[at - 1]?.[1] ?? from, to, '')
      : replace(source, from, next, '');
  }
  const begin = isSeq(parent) ? source.lastIndexOf('-', from - 1) : from;
  const line = source.lastIndexOf('\n', begin - 1) + 1;
  if (source.slice(line, begin).trim() === '') return replace(source, line, endOfLine(source, to), '');
  // The first key after a dash: the next key takes its place.
  const next = spans[at + 1]?.[0];
  return next === undefined ? null : replace(source, from, next, '');
}

/** Source offsets [start, end) of each item or pair. */
function spansOf(parent: YAMLMap | YAMLSeq): (readonly [number, number])[] {
  if (isSeq(parent))
    return (parent.items as Node[]).map((node) => [node?.range?.[0] ?? 0, node?.range?.[1] ?? 0]);
  return (parent.items as NodePair[]).map((pair) => [pair.key.range?.[0] ?? 0, endOfPair(pair) ?? 0]);
}

/** Offset after the value, or after the key if the value is empty. */
function endOfPair({ key, value }: NodePair): number | null {
  return value?.range?.[1] ?? key.range?.[1] ?? null;
}

/** Inserts before the closing bracket. */
function intoFlow(source: string, node: YAMLMap | YAMLSeq, last: number | null, text: string): string | null {
  if (last !== null) return replace(source, last, last, `, ${text}`);
  const [from, to] = node.range ?? [];
  if (from === undefined || to === undefined) return null;
  return replace(source, from + 1, to - 1, isSeq(node) ? text : ` ${text} `);
}

/** Inserts whole lines after the line that contains `after`. */
function onOwnLine(source: string, after: number, lines: string): string {
  const at = endOfLine(source, after);
  const breaks = at > 0 && source[at - 1] !== '\n' ? '\n' : '';
  return replace(source, at, at, breaks + lines);
}

/** Offset after the line break; a block scalar already ends there. */
function endOfLine(source: string, at: number): number {
  if (source[at - 1] === '\n') return at;
  const end = source.indexOf('\n', at);
  return end < 0 ? source.length : end + 1;
}

/** Column of an offset, counted from 0. */
function columnOf(source: string, at: number): number {
  return at - (source.lastIndexOf('\n', at - 1) + 1);
}

function replace(source: string, from: number, to: number, text: string): string {
  return source.slice(0, from) + text + source.slice(to);
}

/** A value in flow style, on one line. @param like the node whose quotes are kept */
function flowText(value: Plain, like: Node | null): string {
  if (isList(value)) return `[${value.map((item) => flowText(item, null)).join(', ')}]`;
  if (isMapping(value)) {
    const pairs = Object.entries(value).map(([key, of]) => `${flowText(key, null)}: ${flowText(of, null)}`);
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }
  const document = new Document([scalarLike(value, like)], OPTIONS);
  (document.contents as YAMLSeq).flow = true;
  return document.toString({ lineWidth: 0, flowCollectionPadding: false }).trim().slice(1, -1);
}

/** A value after a key and its colon, in a mapping whose keys begin in `column`. */
function blockText(value: Plain, column: number, like: Scalar | null): string {
  const inner = column + 2;
  if (isList(value) && isBlock(value)) return `\n${itemLines(value, inner, 'flow').replace(/\n$/u, '')}`;
  if (isMapping(value) && isBlock(value)) return `\n${pairLines(value, inner).replace(/\n$/u, '')}`;
  if (typeof value === 'object' && value !== null) return ` ${flowText(value, null)}`;
  const document = new Document({ k: scalarLike(value, like) }, OPTIONS);
  const text = document.toString({ lineWidth: 0 }).replace(/\n$/u, '').slice('k:'.length);
  const [first = '', ...rest] = text.split('\n');
  return [first, ...rest.map((line) => (line === '' ? '' : ' '.repeat(column) + line))].join('\n');
}

/** Lines of a mapping whose keys begin in `column`. */
function pairLines(value: { readonly [key: string]: Plain }, column: number): string {
  return Object.entries(value)
    .map(([key, of]) => `${' '.repeat(column)}${flowText(key, null)}:${blockText(of, column, null)}\n`)
    .join('');
}

/** Lines of list items, each with its dash in `column`. */
function itemLines(values: readonly Plain[], column: number, style: Style): string {
  const indent = ' '.repeat(column);
  return values
    .map((value) => {
      if (isMapping(value) && style === 'block' && Object.keys(value).length > 0)
        return `${indent}- ${pairLines(value, column + 2).slice(column + 2)}`;
      return isList(value) || isMapping(value)
        ? `${indent}- ${flowText(value, null)}\n`
        : `${indent}-${blockText(value, column, null)}\n`;
    })
    .join('');
}

/** Lists of texts with spaces, and lists of mappings, are written with one item per line. */
function isBlock(value: Plain): boolean {
  if (isList(value))
    return value.some((item) => isMapping(item) || (typeof item === 'string' && /\s/u.test(item)));
  if (!isMapping(value)) return typeof value === 'string' && value.includes('\n');
  return Object.values(value).some(isBlock);
}

const isList = (value: Plain): value is readonly Plain[] => Array.isArray(value);

function isMapping(value: Plain): value is { readonly [key: string]: Plain } {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** A scalar in the style of the old one: quotes or block. */
function scalarLike(value: string | number | boolean | null, like: Node | null): unknown {
  if (typeof value !== 'string' || !isScalar(like) || like.type === undefined) return value;
  const scalar = new Scalar(value);
  // Folded scalars would break at other places.
  if (like.type !== Scalar.BLOCK_FOLDED) scalar.type = like.type as Scalar.Type;
  return scalar;
}
