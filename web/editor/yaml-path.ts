/**
 * Finds the path of keys to a place in a YAML document by indentation and brackets alone, because a document that is
 * being typed has mistakes and cannot be parsed. Pure.
 */

export interface YamlPlace {
  /** Keys from the top; `[]` stands for an index. */
  readonly path: readonly string[];
  /** `key`: a key may be typed here; `value`: the value of the last key of the path. */
  readonly kind: 'key' | 'value';
}

/** Lines read upwards at most: a generated document may have a list of any length. */
const LINES_MAX = 2_000;

/** @param lineAt text of a line, from 0. @param column UTF-16 units of the line before the place */
export function placeAt(lineAt: (line: number) => string, line: number, column: number): YamlPlace {
  const before = lineAt(line).slice(0, column);
  const { flow, head } = flowOf(before);
  const { keys, indent } = headOf(head);
  const above = pathAbove(lineAt, line, indent);
  const isValue = /^\s*(?:- )*[\w"'-]+:\s/u.test(head) || /^\s*(?:- )*[\w"'-]+:$/u.test(head.trimEnd());
  if (flow.length === 0) return { path: [...above, ...keys], kind: isValue ? 'value' : 'key' };
  const path = [...above, ...keys];
  let kind: YamlPlace['kind'] = 'value';
  for (const { bracket, key, text } of flow) {
    if (bracket === '[') path.push('[]');
    const own = /(?:^|[,{]\s*)([\w-]+):\s*$/u.exec(text)?.[1] ?? key;
    if (bracket === '{' && own !== null) path.push(own);
    const rest = text.slice(text.lastIndexOf(',') + 1);
    const value = /([\w-]+):\s*[^,]*$/u.exec(rest)?.[1];
    if (bracket === '{' && own === null && value !== undefined) path.push(value);
    kind = bracket === '[' || (bracket === '{' && (value !== undefined || own !== null)) ? 'value' : 'key';
  }
  return { path, kind };
}

interface Flow {
  readonly bracket: '[' | '{';
  /** Of the mapping before the next bracket opens; null: none. */
  readonly key: string | null;
  readonly text: string;
}

/** Brackets of the line that are open at its end, and the text before the first. */
function flowOf(before: string): { flow: Flow[]; head: string } {
  const open: number[] = [];
  let quote = '';
  for (let at = 0; at < before.length; at++) {
    const character = before[at] ?? '';
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '[' || character === '{') open.push(at);
    else if (character === ']' || character === '}') open.pop();
  }
  const flow = open.map((from, i): Flow => {
    const text = before.slice(from + 1, open[i + 1] ?? before.length);
    const opensMore = open[i + 1] !== undefined;
    const key = opensMore ? (/([\w-]+):\s*$/u.exec(text)?.[1] ?? null) : null;
    return { bracket: before[from] === '[' ? '[' : '{', key, text };
  });
  return { flow, head: open.length === 0 ? before : before.slice(0, open[0]) };
}

/** Keys and dashes with which a line begins. */
function headOf(head: string): { keys: string[]; indent: number } {
  const [, blanks = '', dashes = '', key] =
    /^(\s*)((?:- )*)(?:["']?([\w-]+)["']?:(?:\s|$))?/u.exec(head) ?? [];
  const keys = [...dashes.matchAll(/- /gu)].map(() => '[]');
  if (key !== undefined) keys.push(key);
  return { keys, indent: blanks.length };
}

/** Path of the enclosing lines above: each less indented than the one before. */
function pathAbove(lineAt: (line: number) => string, line: number, indent: number): string[] {
  const path: string[] = [];
  let limit = indent;
  let isItem = lineAt(line).slice(indent).startsWith('-');
  for (let at = line - 1; at >= 0 && line - at <= LINES_MAX && (limit > 0 || isItem); at--) {
    const parent = parentIn(lineAt(at), limit, isItem);
    if (parent === null) continue;
    path.unshift(...parent.parts);
    limit = parent.indent;
    isItem = parent.parts[0] === '[]';
  }
  return path;
}

/** The keys that a line above adds to the path; null: it is a sibling, a comment or blank. */
function parentIn(text: string, limit: number, isItem: boolean): { parts: string[]; indent: number } | null {
  if (text.trim() === '' || text.trimStart().startsWith('#')) return null;
  const { keys, indent } = headOf(text);
  const dashes = keys.filter((key) => key === '[]').length;
  const key = keys.at(-1);
  // A key right above a list may stand in the list's own column.
  if (dashes === 0)
    return key !== undefined && (indent < limit || (isItem && indent === limit))
      ? { parts: [key], indent }
      : null;
  if (indent >= limit) return null;
  const holds = key !== undefined && key !== '[]' && indent + 2 * dashes < limit;
  return { parts: holds ? keys : keys.slice(0, dashes), indent };
}
