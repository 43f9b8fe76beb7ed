/** Problems of a configuration with their positions, and how they are printed. */
import type { ConfigProblem, Place, Places } from '../model/config.ts';
import type { RuleError, Span } from './error.ts';

/** A problem without its position. */
export interface Fault {
  readonly level?: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  readonly hint?: string | null;
}

/** The printed line is cut to this many UTF-16 units around the caret. */
const EXCERPT_UNITS = 120;
/** A value after a key that names a secret, unless it is a `${…}` placeholder. */
const SECRET_VALUE =
  /((?:secret|password|bearer|token|authorization|api[_-]?key|cookie)["']?\s*:\s*)(?!["']?\$\{)("[^"]*"?|'[^']*'?|[^,}\]#\n]+)/giu;
/** Addresses with which anyone can post to a channel. */
const CHANNEL_ADDRESS =
  /(\/\/(?:hooks\.slack\.com|(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks|[^\s"'/]*webhook[^\s"'/]*)\/)([^\s"',}\]]+)/giu;
/** Sections whose values are all hidden. */
const PRIVATE_PATH = /^channels|^feeds\[\d+\]\.(?:auth|headers)/u;
/** A key with its value in YAML or JSON. */
const VALUE = /(["']?[\w-]+["']?\s*:\s+)("[^"]*"?|'[^']*'?|[^,{}[\]\s]+)/gu;
const TAB = /\t/gu;

/** Offset of each line's first UTF-16 unit; the first is 0. */
export function lineStartsOf(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Line and column of the result count from 1. @param place null: the start of the document */
export function problemAt(places: Places, path: string, place: Place | null, fault: Fault): ConfigProblem {
  const offset = place?.offset ?? 0;
  const line = lineAt(places.lineStarts, offset);
  return {
    level: fault.level ?? 'error',
    code: fault.code,
    message: fault.message,
    hint: fault.hint ?? null,
    path,
    line: line + 1,
    column: offset - (places.lineStarts[line] ?? 0) + 1,
    offset,
    length: place?.length ?? 0,
  };
}

/** A problem inside the text at `path`, moved to its position in the document. @param span in units of the text */
export function problemInText(places: Places, path: string, span: Span, fault: Fault): ConfigProblem {
  const place = places.byPath[path] ?? null;
  const units = place?.units;
  if (place === null || units === undefined || units.length === 0)
    return problemAt(places, path, place, fault);
  const last = units.length - 1;
  const offset = units[Math.min(span.from, last)]!;
  const end = span.to > 0 ? units[Math.min(span.to, last) - (span.to <= last ? 1 : 0)]! : offset;
  const length = Math.max(1, end - offset + (span.to <= last ? 1 : 0));
  return problemAt(places, path, { offset, length }, fault);
}

/** The problem of a rule's expression at `path`. */
export function ruleProblem(places: Places, path: string, error: RuleError): ConfigProblem {
  return problemInText(places, path, error.span, error);
}

/** Index of the line that contains the offset, by bisection. */
function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Prints `file:line:column: error CODE: message`, the line with a caret below the position, and the hint. Secrets in the
 * line are masked.
 */
export function formatProblem(problem: ConfigProblem, source: string, file: string): string {
  const head = `${file}:${problem.line}:${problem.column}: ${problem.level} ${problem.code}: ${problem.message}`;
  const starts = problem.offset - problem.column + 1;
  const ends = source.indexOf('\n', starts);
  const line = source.slice(starts, ends < 0 ? source.length : ends).replace(/\r$/u, '');
  // In a section that cannot be parsed, any text may be a secret: the line is not printed.
  if (problem.code === 'E_YAML' && isInChannels(source, problem.offset))
    return problem.hint === null ? head : `${head}\n  hint: ${problem.hint}`;
  const cut = Math.max(0, problem.column - 1 - EXCERPT_UNITS / 2);
  const isPrivate = PRIVATE_PATH.test(problem.path);
  const excerpt = masked(isPrivate ? withoutValues(line) : line).slice(cut, cut + EXCERPT_UNITS);
  const before = excerpt.slice(0, problem.column - 1 - cut);
  const marked = excerpt.slice(before.length, before.length + Math.max(1, problem.length));
  const caret = ' '.repeat(columnsOf(before)) + '^'.repeat(Math.max(1, columnsOf(marked)));
  const lines = [head, `  ${excerpt.replace(TAB, ' ')}`, `  ${caret}`];
  if (problem.hint !== null) lines.push(`  hint: ${problem.hint}`);
  return lines.join('\n');
}

/** Whether the last top-level key before the offset is `channels`, which contains addresses and secrets. */
function isInChannels(source: string, offset: number): boolean {
  const keys = [...source.slice(0, offset + 1).matchAll(/^["']?([A-Za-z_]+)["']?\s*:/gmu)];
  return keys.at(-1)?.[1] === 'channels';
}

/** Masks all values except a channel's kind and placeholders: under a misspelt key, any value may be a secret. */
function withoutValues(line: string): string {
  return line.replace(VALUE, (whole, key: string, value: string) =>
    /^["']?kind/u.test(key) || /^["']?\$\{/u.test(value) ? whole : key + '*'.repeat(value.length),
  );
}

/** Masks secrets; the length stays the same, so that the caret stays in place. */
function masked(line: string): string {
  return line
    .replace(SECRET_VALUE, (_, key: string, value: string) => key + '*'.repeat(value.length))
    .replace(CHANNEL_ADDRESS, (_, host: string, path: string) => host + '*'.repeat(path.length));
}

/** Terminal columns of a text: East Asian wide characters take two (UAX #11), combining marks none. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const char of text) {
    if (/\p{M}/u.test(char)) continue;
    columns +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
        char,
      )
        ? 2
        : 1;
  }
  return columns;
}
