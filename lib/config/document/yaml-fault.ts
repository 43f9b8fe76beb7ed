/** Errors of the `yaml` package in words for authors of a configuration: what is wrong, where, and how to write it. */
import type { ErrorCode, YAMLParseError } from 'yaml';
import type { Place } from '../../model/config.ts';

export interface YamlFault {
  readonly code: 'E_LIMIT' | 'E_YAML';
  readonly message: string;
  readonly hint: string | null;
  readonly place: Place;
}

type Words = readonly [message: string, hint: string | null];

/** By the package's code. Its message would quote the document, which may contain a secret. */
const WORDS: Partial<Record<ErrorCode, Words>> = {
  BAD_DQ_ESCAPE: [
    'a backslash in double quotes begins an escape sequence, and this one does not exist',
    'put the value in single quotes',
  ],
  BAD_INDENT: [
    'this line is not indented like the others of its block',
    'give all keys of a block the same number of spaces',
  ],
  BLOCK_AS_IMPLICIT_KEY: [
    'a second key begins within this value',
    'indent it like the key above, or put a value that contains ": " in quotes',
  ],
  MISSING_CHAR: ['a ":" is missing after a key', 'write key: value'],
  MULTILINE_IMPLICIT_KEY: ['a ":" is missing on this line', 'write key: value'],
  MULTIPLE_DOCS: [
    'a second document begins here, but only one is read',
    'put everything into one document: remove the line ---',
  ],
  TAB_AS_INDENT: ['a tab is used as indentation', 'indent with spaces'],
};

const UNKNOWN: Words = ['this is not valid YAML', null];

/**
 * The first error only: those after it are nearly always its consequences.
 *
 * @param source the document; positions are UTF-16 offsets in it
 */
export function yamlFault(error: YAMLParseError, source: string): YamlFault {
  const [begin, end] = error.pos;
  // Some errors begin with the indentation of their line.
  const offset = begin + (/^ +(?=\S)/u.exec(source.slice(begin, begin + 200))?.[0].length ?? 0);
  const place = { offset, length: Math.max(1, end - offset) };
  if (error.message.startsWith('Maximum call stack'))
    return { code: 'E_LIMIT', message: 'values are nested too deeply', hint: null, place };
  const opened = isUnclosed(error) ? lastOpened(source, offset) : null;
  if (opened !== null) return unclosed(source, opened);
  const [message, hint] = wordsOf(error, source);
  return { code: 'E_YAML', message, hint, place };
}

function isUnclosed({ code, message }: YAMLParseError): boolean {
  return (code === 'BAD_INDENT' && message.startsWith('Flow')) || message.startsWith('Missing closing');
}

function unclosed(source: string, offset: number): YamlFault {
  const char = source[offset] ?? '';
  const closing = { '[': ']', '{': '}' }[char] ?? char;
  const what = closing === char ? `the quote ${char}` : `the bracket ${char}`;
  const message = `${what} that begins here is not closed`;
  return {
    code: 'E_YAML',
    message,
    hint: `add ${closing} where the value ends`,
    place: { offset, length: 1 },
  };
}

function wordsOf({ code, message, pos }: YAMLParseError, source: string): Words {
  const first = source[pos[0]] ?? '';
  if (code === 'BAD_SCALAR_START')
    return [`a value that begins with ${first} needs quotes`, `quote a value that begins with ${first}`];
  if (message.startsWith('Unexpected scalar at node end'))
    return [
      'text follows a value that has already ended',
      'put the whole value in single quotes, for example query: \'"a b" OR c\'',
    ];
  if (message.startsWith('Sequence item without')) return WORDS.BAD_INDENT ?? UNKNOWN;
  if (message.startsWith('Unexpected block-seq-ind'))
    return ['a list with - begins on the line of its key', 'begin it on the next line'];
  return WORDS[code] ?? UNKNOWN;
}

/** Comments, quoted texts and brackets. A quote or bracket inside a plain value is part of it. */
const TOKEN = /(?<=^|\s)#[^\n]*|(?<=^|[\s[{,:])(?:"(?:\\.|[^"\\])*("?)|'(?:''|[^'])*('?)|[[{])|[\]}]/gsu;

/** @returns offset of the innermost bracket or quote that is still open before `end`; null: none is */
function lastOpened(source: string, end: number): number | null {
  const open: number[] = [];
  for (const { 0: token, index, 1: double, 2: single } of source.slice(0, end).matchAll(TOKEN)) {
    if (double === '' || single === '') return index;
    if (token === '[' || token === '{') open.push(index);
    else if (token === ']' || token === '}') open.pop();
  }
  return open.at(-1) ?? null;
}
