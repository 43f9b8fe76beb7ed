/** Fingerprints of entries: hashes of their raw text, computed from the bytes where possible. */
import type { Hash53 } from '../../model/flavor.ts';
import { hash53, hashBytes } from '../../text/hash.ts';
import type { Stretch } from '../xml/document.ts';

interface Source {
  readonly text: string;
  readonly encoding: string;
  readonly bytes: Uint8Array;
}

/**
 * @param tag name of the entries' element as written, which occurs once in each entry; null: unknown
 * @returns a hash for each entry, in order. For UTF-8, bytes are hashed, because reading the units of a string is several
 *   times slower; if the bytes of an entry cannot be located with certainty, its units are hashed.
 */
export function fingerprintsOf(source: Source, entries: readonly Stretch[], tag: string | null): Hash53[] {
  const places = source.encoding === 'utf-8' ? bytePlaces(source, entries, tag) : null;
  if (places === null) return entries.map(({ from, to }) => hash53(source.text, from, to));
  const view = new DataView(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength);
  return places.map(({ from, to }) => hashBytes(view, from, to));
}

/** Converts ranges of units to ranges of bytes; null: not certain. */
function bytePlaces(
  source: Source,
  entries: readonly Stretch[],
  tag: string | null,
): readonly Stretch[] | null {
  const { text } = source;
  const bytes = new Uint8Array(source.bytes.buffer, source.bytes.byteOffset, source.bytes.byteLength);
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  if (text.length + mark === bytes.length) {
    return mark === 0 ? entries : entries.map(({ from, to }) => ({ from: from + mark, to: to + mark }));
  }
  if (tag === null) return null;
  const open = new TextEncoder().encode(`<${tag}`);
  const close = new TextEncoder().encode(`</${tag}`);
  const places: Stretch[] = [];
  let unit = 0;
  let byte = mark;
  for (const { from, to } of entries) {
    const closeUnit = text.lastIndexOf('<', to - 1);
    if (!text.startsWith(`</${tag}`, closeUnit)) return null;
    // A character has at least as many bytes as units: the tag is the first one at or after these offsets.
    const start = find(bytes, open, byte + from - unit);
    const end = start === -1 ? -1 : find(bytes, close, start + closeUnit - from);
    if (end === -1) return null;
    unit = to;
    byte = end + to - closeUnit;
    places.push({ from: start, to: byte });
  }
  return places;
}

/** Offset of the first tag of this name at or after `from`; -1: none. */
function find(bytes: Uint8Array, tag: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x3c, from); at !== -1; at = bytes.indexOf(0x3c, at + 1)) {
    let same = 1;
    while (same < tag.length && bytes[at + same] === tag[same]) same += 1;
    const next = bytes[at + same] ?? 0x3e;
    if (same === tag.length && (next <= 0x20 || next === 0x2f || next === 0x3e)) return at;
  }
  return -1;
}
