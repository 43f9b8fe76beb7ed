/** Reads YAML 1.2.2 (or JSON) into plain values and records the position of each. Does not interpret the values. */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { ConfigProblem, Place, Places } from '../../model/config.ts';
import {
  CONFIG_ALIAS_VALUES_MAX,
  CONFIG_BYTES_MAX,
  CONFIG_DEPTH_MAX,
  CONFIG_VALUES_MAX,
} from '../../model/limits.ts';
import { lineStartsOf, problemAt } from '../../rule/problem.ts';
import { yamlFault } from './yaml-fault.ts';

/** Keys that would change the prototype of a plain object. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);
/** Paths of texts whose problems are located inside the text. */
const LOOKED_INTO = /\.(query|template|of|exact\[\d+\]|not_in\[\d+\]|terms.*|langs.*)$/u;

/** A document as plain values, with the position of each. */
export interface ReadDocument {
  /** null: the document cannot be read; `problems` says why. */
  readonly value: unknown;
  readonly places: Places;
  /** Positions of mapping keys, by the path of their value. */
  readonly keys: ReadonlyMap<string, Place>;
  /** Every text value by path, for checks of all texts. */
  readonly texts: ReadonlyMap<string, string>;
  readonly problems: readonly ConfigProblem[];
}

/** A UTF-16 unit takes at most three bytes of UTF-8, so most documents need not be encoded to be measured. */
function isTooLarge(source: string): boolean {
  if (source.length * 3 <= CONFIG_BYTES_MAX) return false;
  return new TextEncoder().encode(source).length > CONFIG_BYTES_MAX;
}

/**
 * Reads a document within the limits on size, nesting, values and aliases. Never throws for a mistake in it.
 *
 * @returns `value` null when YAML could not be parsed, else the plain value even if there are problems
 */
export function readDocument(source: string): ReadDocument {
  const lineStarts = lineStartsOf(source);
  const empty = { value: null, keys: new Map(), texts: new Map() };
  const refuse = (code: string, message: string, place: Place | null = null): ReadDocument => {
    const places = { lineStarts, byPath: {} };
    return { ...empty, places, problems: [problemAt(places, '', place, { code, message })] };
  };
  if (isTooLarge(source))
    return refuse(
      'E_LIMIT',
      `a configuration may have at most ${CONFIG_BYTES_MAX} bytes: split it or shorten its lists`,
    );
  const depth = bracketDepth(source);
  if (depth !== null)
    return refuse('E_LIMIT', `brackets are nested deeper than ${CONFIG_DEPTH_MAX * 8}`, {
      offset: depth,
      length: 1,
    });
  let document: Document.Parsed;
  try {
    document = parseDocument(source, {
      version: '1.2',
      schema: 'core',
      uniqueKeys: false,
      prettyErrors: false,
    });
  } catch (error) {
    // The parser recurses. Only nesting that bracketDepth does not see (- - - -) causes this error.
    if (!(error instanceof RangeError)) throw error;
    return refuse('E_LIMIT', 'values are nested too deeply');
  }
  const places = { lineStarts, byPath: {} };
  const [error] = document.errors;
  if (error !== undefined) {
    const { place, ...fault } = yamlFault(error, source);
    return { ...empty, places, problems: [problemAt(places, '', place, fault)] };
  }
  return new Reader(source, document, lineStarts).read();
}

/** @returns offset (UTF-16) of the first bracket outside quotes that nests too deeply; null: none does */
function bracketDepth(source: string): number | null {
  let depth = 0;
  for (let at = 0; at < source.length; at++) {
    const char = source.charCodeAt(at);
    if (char === 0x5b || char === 0x7b) {
      if (++depth > CONFIG_DEPTH_MAX * 8) return at;
    } else if ((char === 0x5d || char === 0x7d) && depth > 0) depth--;
  }
  return null;
}

/** Walks the parsed tree: values, positions, anchors and limits. */
class Reader {
  readonly #source: string;
  readonly #document: Document.Parsed;
  readonly #lineStarts: readonly number[];
  readonly #byPath: Record<string, Place> = Object.create(null);
  readonly #keys = new Map<string, Place>();
  readonly #texts = new Map<string, string>();
  readonly #problems: ConfigProblem[] = [];
  readonly #anchors = new Map<string, Node>();
  #values = 0;
  /** Number of aliases that enclose the current value, and number of values read inside aliases. */
  #aliases = 0;
  #aliasValues = 0;

  constructor(source: string, document: Document.Parsed, lineStarts: readonly number[]) {
    this.#source = source;
    this.#document = document;
    this.#lineStarts = lineStarts;
  }

  read(): ReadDocument {
    const value = this.#value(this.#document.contents, '', 0);
    const places = { lineStarts: this.#lineStarts, byPath: this.#byPath };
    return { value, places, keys: this.#keys, texts: this.#texts, problems: this.#problems };
  }

  #fault(path: string, place: Place, code: string, message: string, hint: string | null = null): void {
    const places = { lineStarts: this.#lineStarts, byPath: this.#byPath };
    this.#problems.push(problemAt(places, path, place, { code, message, hint }));
  }

  /** Recursion depth is limited by CONFIG_DEPTH_MAX. */
  #value(node: Node | null, path: string, depth: number): unknown {
    const place = placeOf(node);
    if (this.#aliases > 0 && ++this.#aliasValues > CONFIG_ALIAS_VALUES_MAX) {
      if (this.#aliasValues === CONFIG_ALIAS_VALUES_MAX + 1)
        this.#fault(path, place, 'E_LIMIT', `aliases expand to more than ${CONFIG_ALIAS_VALUES_MAX} values`);
      return null;
    }
    if (++this.#values > CONFIG_VALUES_MAX || depth > CONFIG_DEPTH_MAX) {
      if (this.#values <= CONFIG_VALUES_MAX + 1) {
        this.#fault(
          path,
          place,
          'E_LIMIT',
          depth > CONFIG_DEPTH_MAX ? 'values are nested too deeply' : `more than ${CONFIG_VALUES_MAX} values`,
        );
        this.#values = CONFIG_VALUES_MAX + 1;
      }
      return null;
    }
    if (isAlias(node)) return this.#alias(node.source, place, path, depth);
    this.#byPath[path] ??= place;
    if (node?.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (isMap(node)) return this.#map(node, path, depth);
    if (isSeq(node)) return this.#list(node, path, depth);
    return isScalar(node) ? this.#scalar(node, path) : null;
  }

  /** Reads the anchored node again; `#value` limits how much aliases can expand to. */
  #alias(name: string, place: Place, path: string, depth: number): unknown {
    this.#byPath[path] ??= place;
    const target = this.#anchors.get(name);
    if (target !== undefined) {
      this.#aliases++;
      const value = this.#value(target, path, depth + 1);
      this.#aliases--;
      return value;
    }
    this.#fault(path, place, 'E_YAML', `'${name}' is not a known anchor`, 'quote a value that begins with *');
    return null;
  }

  /** Reads a mapping; of duplicate keys the first one counts. */
  #map(node: YAMLMap, path: string, depth: number): unknown {
    const value: Record<string, unknown> = {};
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      const key = this.#key(pair.key, path);
      if (key === null) continue;
      const inner = pathOf(path, key);
      // Checked here: the parser's own check takes quadratic time in the number of keys.
      if (Object.hasOwn(value, key)) {
        this.#fault(
          inner,
          placeOf(pair.key),
          'E_DUPLICATE_KEY',
          `the key '${key}' occurs twice`,
          'remove one of them',
        );
        continue;
      }
      this.#keys.set(inner, placeOf(pair.key));
      value[key] = this.#value(pair.value, inner, depth + 1);
    }
    return value;
  }

  /** @returns null for a node that is not a valid key, which adds a problem */
  #key(node: Node, path: string): string | null {
    const place = placeOf(node);
    if (!isScalar(node) || typeof node.value === 'object') {
      this.#fault(path, place, 'E_TYPE', 'a key must be plain text');
      return null;
    }
    const key = String(node.value);
    if (!FORBIDDEN_KEYS.has(key)) return key;
    this.#fault(pathOf(path, key), place, 'E_UNKNOWN_KEY', `'${key}' is not a valid key`);
    return null;
  }

  #list(node: YAMLSeq, path: string, depth: number): unknown[] {
    return node.items.map((item, at) => this.#value(item as Node, `${path}[${at}]`, depth + 1));
  }

  /** Records every text, and for texts with inner positions the offset of each unit. */
  #scalar(node: Scalar, path: string): unknown {
    if (typeof node.value !== 'string') return node.value;
    this.#texts.set(path, node.value);
    if (LOOKED_INTO.test(path))
      this.#byPath[path] = { ...placeOf(node), units: unitOffsets(this.#source, node, node.value) };
    return node.value;
  }
}

function placeOf(node: Node | null): Place {
  const [offset = 0, end = offset] = node?.range ?? [];
  return { offset, length: Math.max(1, end - offset) };
}

/** Appends a key to a path: `rules[0].notify.to`; keys with other characters are quoted: `concepts["my list"]`. */
export function pathOf(path: string, key: string): string {
  const name = /^[\w-]+$/u.test(key) ? key : JSON.stringify(key);
  if (path === '') return name;
  return /^[\w-]/u.test(name) ? `${path}.${name}` : `${path}[${name}]`;
}

/**
 * Source offset of each UTF-16 unit of a scalar's value, skipping quotes, indentation, escapes and folded line breaks. An
 * escape such as \u00e9 has no counterpart in the source: after it, offsets are those of the scalar's end.
 */
function unitOffsets(source: string, node: Scalar, value: string): number[] {
  const [from = 0, end = from] = node.range ?? [];
  let at = from;
  if (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED') at = source.indexOf('\n', from) + 1;
  const offsets: number[] = [];
  for (let unit = 0; unit < value.length; unit++) {
    const char = value[unit];
    const blank = char === ' ' || char === '\n';
    while (at < end - 1 && source[at] !== char && !(blank && /\s/u.test(source[at] ?? ''))) at++;
    offsets.push(at);
    at = Math.min(at + 1, end);
  }
  offsets.push(Math.min(at, end));
  return offsets;
}
