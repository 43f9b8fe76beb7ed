/**
 * The binary format of compiled rules: a header, then sections of plain arrays, so that a Worker can use them without
 * parsing. Contains the layout; the meaning of the sections is in compile/ and run/.
 */

/** 'VGR1' */
const MAGIC = 0x31524756;
/** Increased when a section or an opcode changes its meaning. */
const FORMAT_VERSION = 2;
/** Magic number, version, hash of the folding table (8 bytes), number of sections, padding. */
const HEADER_BYTES = 24;
/** Offset and length of one section in the directory. */
const ENTRY_BYTES = 8;

/**
 * Sections in file order. The directory after the header has offset and length of each; sections are aligned to 8 bytes,
 * little endian.
 */
const LAYOUT = {
  /** Folded units that occur in patterns, most frequent first; symbol = rank + 1. */
  symbols: 'u16',
  /** Double array of the patterns that begin at a word start. */
  base: 'i32',
  check: 'i32',
  out: 'i32',
  /** Double array of the patterns that may begin inside a word. */
  freeBase: 'i32',
  freeCheck: 'i32',
  freeOut: 'i32',
  /** By pattern: next pattern at the same node; -1: last. */
  next: 'i32',
  tailAt: 'i32',
  tail: 'u16',
  /** By pattern: further letters allowed after the head; 0: none. */
  suffix: 'u16',
  /** By pattern: string that the source text must equal; -1: none. */
  exact: 'i32',
  /** By pattern: string of the term as written. */
  term: 'i32',
  /** By pattern: words after the head, each as `length, suffix, units…`. */
  restAt: 'i32',
  rest: 'u16',
  patternLeafAt: 'i32',
  patternLeaf: 'i32',
  /** By leaf: string of the id of the entity or concept; -1: a term of a query. */
  leafName: 'i32',
  /** By leaf: 1 for an entity, else 0. */
  leafIsEntity: 'u16',
  /** By leaf: leaf whose hits suppress its own; -1: none. */
  leafShadow: 'i32',
  /** By re:"…": string of the pattern; leaf of words of which one must occur, -1: none; leaf of its own hits. */
  regexText: 'i32',
  regexGate: 'i32',
  regexLeaf: 'i32',
  anchorAt: 'i32',
  anchorRule: 'i32',
  ruleId: 'i32',
  clauseAt: 'i32',
  /** By clause: string of its printed form. */
  clauseText: 'i32',
  programAt: 'i32',
  /** Postfix triples `op, a, b`. */
  program: 'i32',
  /** Values of comparisons, weights and thresholds. */
  numbers: 'f64',
  stringAt: 'i32',
  strings: 'u16',
} as const;

/** Name of a section. */
export type SectionName = keyof typeof LAYOUT;
type ArrayOf<Kind> = Kind extends 'u16' ? Uint16Array : Kind extends 'i32' ? Int32Array : Float64Array;
/** All sections as typed arrays. */
export type Sections = { readonly [Name in SectionName]: ArrayOf<(typeof LAYOUT)[Name]> };

const NAMES = Object.keys(LAYOUT) as SectionName[];
const BYTES = { u16: 2, i32: 4, f64: 8 } as const;

/** Compiled rules cannot be used. `stale`: made with another folding table or version, so they must be compiled again. */
export class RulesFormatError extends Error {
  override readonly name = 'RulesFormatError';
  readonly reason: 'stale' | 'corrupt';

  constructor(reason: 'stale' | 'corrupt', message: string) {
    super(message);
    this.reason = reason;
  }
}

/** @param foldHash 16 hex digits that identify the folding table. @returns header, directory and sections as one buffer */
export function writeSections(sections: Sections, foldHash: string): Uint8Array {
  const directory = HEADER_BYTES + NAMES.length * ENTRY_BYTES;
  const offsets: number[] = [];
  let size = aligned(directory);
  for (const name of NAMES) {
    offsets.push(size);
    size = aligned(size + sections[name].byteLength);
  }
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, FORMAT_VERSION, true);
  view.setBigUint64(8, BigInt(`0x${foldHash}`), true);
  view.setUint32(16, NAMES.length, true);
  NAMES.forEach((name, at) => {
    const section = sections[name];
    view.setUint32(HEADER_BYTES + at * ENTRY_BYTES, offsets[at]!, true);
    view.setUint32(HEADER_BYTES + at * ENTRY_BYTES + 4, section.length, true);
    bytes.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), offsets[at]!);
  });
  return bytes;
}

/** @returns views into `binary` (copied once if it is not 8-byte aligned). @throws RulesFormatError */
export function readSections(binary: Uint8Array, foldHash: string): Sections {
  const bytes = binary.byteOffset % 8 === 0 ? binary : binary.slice();
  const directory = HEADER_BYTES + NAMES.length * ENTRY_BYTES;
  if (bytes.length < directory) throw new RulesFormatError('corrupt', 'the compiled rules are truncated');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC)
    throw new RulesFormatError('corrupt', 'these bytes are not compiled rules');
  const version = view.getUint32(4, true);
  const hash = view.getBigUint64(8, true).toString(16).padStart(16, '0');
  if (version !== FORMAT_VERSION)
    throw new RulesFormatError(
      'stale',
      `the compiled rules have version ${version}, this code needs ${FORMAT_VERSION}: compile again`,
    );
  if (hash !== foldHash)
    throw new RulesFormatError('stale', `the rules were compiled with folding table ${hash}: compile again`);
  if (view.getUint32(16, true) !== NAMES.length)
    throw new RulesFormatError('corrupt', 'the compiled rules lack sections');
  const sections = NAMES.map((name, at) => {
    const offset = view.getUint32(HEADER_BYTES + at * ENTRY_BYTES, true);
    const length = view.getUint32(HEADER_BYTES + at * ENTRY_BYTES + 4, true);
    if (offset % 8 !== 0 || offset + length * BYTES[LAYOUT[name]] > bytes.length) {
      throw new RulesFormatError('corrupt', `section ${name} exceeds the compiled rules`);
    }
    return [name, viewOf(LAYOUT[name], bytes, offset, length)];
  });
  return Object.fromEntries(sections) as Sections;
}

/** @param length number of items, not bytes */
function viewOf(kind: 'u16' | 'i32' | 'f64', bytes: Uint8Array, offset: number, length: number) {
  const at = bytes.byteOffset + offset;
  if (kind === 'u16') return new Uint16Array(bytes.buffer, at, length);
  return kind === 'i32'
    ? new Int32Array(bytes.buffer, at, length)
    : new Float64Array(bytes.buffer, at, length);
}

/** Next multiple of 8. */
function aligned(bytes: number): number {
  return (bytes + 7) & ~7;
}
