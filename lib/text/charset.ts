/**
 * Decodes the bytes of a feed and determines their encoding, whatever their label says (WHATWG Encoding; XML 1.0 appendix
 * F).
 */
import type { FeedProblem } from '../model/feed.ts';
import { guessCharset } from './charset-guess.ts';

/** The decoded text. */
export interface Decoded {
  readonly text: string;
  /** WHATWG label such as `utf-8` or `windows-1252`; also `utf-32le` and `utf-32be`, which WHATWG does not have. */
  readonly encoding: string;
  readonly problems: FeedProblem[];
}

/** Bytes searched for an XML declaration or a `<meta charset>`. */
const DECLARATION_BYTES_MAX = 1_024;
const UTF8 = new TextDecoder('utf-8');
/** Labels in use that are not WHATWG labels. */
const ALIASES = new Map([
  ['utf8mb4', 'utf-8'],
  ['utf_8', 'utf-8'],
  ['unicode', 'utf-8'],
  ['win1251', 'windows-1251'],
  ['win-1251', 'windows-1251'],
  ['cp936', 'gbk'],
  ['ms936', 'gbk'],
  ['cp932', 'shift_jis'],
  ['ms932', 'shift_jis'],
  ['cp949', 'euc-kr'],
  ['cp950', 'big5'],
  ['hz-gb-2312', 'gbk'],
  ['koi8r', 'koi8-r'],
  ['latin-1', 'windows-1252'],
  ['iso8859-1', 'windows-1252'],
]);

/**
 * Order: byte order mark; UTF-16/32 by their zero bytes; valid UTF-8 with a multi-byte sequence, which overrides any label
 * because other encodings do not produce it by accident; Content-Type; XML declaration; UTF-8; a guess; windows-1252.
 * Never throws.
 */
export function decodeBody(bytes: Uint8Array, contentType: string | null): Decoded {
  const wide = wideEncoding(bytes);
  if (wide !== null) return decodeWide(bytes, wide);

  const charset = charsetOf(contentType);
  const declared = declaredEncoding(bytes);
  const problems = unknownLabels(charset, declared);
  const label = knownLabel(charset) ?? knownLabel(declared);
  const utf8 = strictUtf8(bytes);
  if (utf8 !== null) {
    const multibyte = utf8.length !== bytes.length;
    if (label === null || label === 'utf-8' || isWide(label))
      return { text: utf8, encoding: 'utf-8', problems };
    if (multibyte) {
      problems.push({
        code: 'wrong-charset',
        message: `the document is declared as ${label} but is utf-8`,
        offset: -1,
      });
      return { text: utf8, encoding: 'utf-8', problems };
    }
    const sevenBit = label === 'iso-2022-jp';
    return { text: sevenBit ? decodeAs(bytes, label) : utf8, encoding: label, problems };
  }
  return decodeNotUtf8(bytes, label, problems);
}

/** Decodes by label, or repairs damaged UTF-8, or guesses. */
function decodeNotUtf8(bytes: Uint8Array, label: string | null, problems: FeedProblem[]): Decoded {
  if (label !== null && label !== 'utf-8' && !isWide(label)) {
    return { text: decodeAs(bytes, label), encoding: label, problems };
  }
  const text = decodeAs(bytes, 'utf-8');
  const broken = count(text, '\ufffd');
  // A few bad bytes among valid sequences are damage; only bad bytes mean another encoding.
  if (bytes.length - text.length > broken * 4) {
    problems.push({
      code: 'bad-bytes',
      message: `${broken} bytes are not valid utf-8`,
      offset: text.indexOf('\ufffd'),
    });
    return { text, encoding: 'utf-8', problems };
  }
  const message =
    label === null
      ? 'the document declares no charset and is not utf-8'
      : 'the document is declared as utf-8 but is not';
  problems.push({ code: 'wrong-charset', message, offset: text.indexOf('\ufffd') });
  const encoding = guessCharset(bytes) ?? 'windows-1252';
  return { text: decodeAs(bytes, encoding), encoding, problems };
}

function count(text: string, part: string): number {
  let found = 0;
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + 1)) found += 1;
  return found;
}

/** Decodes UTF-8 without the byte order mark; null: not valid UTF-8. */
function strictUtf8(bytes: Uint8Array): string | null {
  const text = UTF8.decode(bytes);
  // A lenient decoder is much faster: only a replacement character requires the second, strict one.
  if (!text.includes('\ufffd')) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    // A fatal decoder throws only for invalid input.
    return null;
  }
}

function decodeAs(bytes: Uint8Array, label: string): string {
  return new TextDecoder(label).decode(bytes);
}

const isWide = (label: string) => label.startsWith('utf-16') || label.startsWith('utf-32');

/** The WHATWG name of a label; null: unknown. */
function knownLabel(label: string | null): string | null {
  if (label === null) return null;
  const lower = label.trim().toLowerCase();
  try {
    return new TextDecoder(ALIASES.get(lower) ?? lower).encoding;
  } catch {
    // An unknown label.
    return null;
  }
}

function unknownLabels(...labels: (string | null)[]): FeedProblem[] {
  return labels
    .filter((label) => label !== null && knownLabel(label) === null && !/^utf-?32/i.test(label))
    .map((label) => ({ code: 'unknown-charset', message: `'${label}' is not a known charset`, offset: -1 }));
}

/** The `charset` parameter of a Content-Type (RFC 9110 §8.3.2). */
function charsetOf(contentType: string | null): string | null {
  return /;\s*charset\s*=\s*["']?([^"';\s]+)/i.exec(contentType ?? '')?.[1] ?? null;
}

/** Encoding in the XML declaration, else in an HTML `<meta>`. */
function declaredEncoding(bytes: Uint8Array): string | null {
  const head = decodeAs(bytes.subarray(0, DECLARATION_BYTES_MAX), 'windows-1252');
  const xml = /<\?xml\b[^>]*?\bencoding\s*=\s*["']?\s*([A-Za-z][\w.:-]*)/i.exec(head);
  return (xml ?? /<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([A-Za-z][\w.:-]*)/i.exec(head))?.[1] ?? null;
}

/** First four bytes (`..` any byte) → encoding (XML 1.0, appendix F). The first match counts. */
const WIDE: readonly (readonly [RegExp, string])[] = [
  [/^fffe0000/, 'utf-32le'],
  [/^0000feff/, 'utf-32be'],
  [/^fffe/, 'utf-16le'],
  [/^feff/, 'utf-16be'],
  [/^(?!00)..000000/, 'utf-32le'],
  [/^000000(?!00)/, 'utf-32be'],
  [/^(?!00)..00(?!00)..00/, 'utf-16le'],
  [/^00(?!00)..00(?!00)../, 'utf-16be'],
];

/** By byte order mark, else by the positions of zero bytes in the first characters. */
function wideEncoding(bytes: Uint8Array): string | null {
  const [a = 1, b = 1] = bytes;
  if (a !== 0 && b !== 0 && a < 0xfe) return null;
  const hex = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return WIDE.find(([pattern]) => pattern.test(hex))?.[1] ?? null;
}

function decodeWide(bytes: Uint8Array, encoding: string): Decoded {
  const text = encoding.startsWith('utf-32')
    ? decodeUtf32(bytes, encoding === 'utf-32le')
    : decodeAs(bytes, encoding);
  return { text, encoding, problems: [] };
}

/** Invalid code points become U+FFFD. A byte order mark is dropped. */
function decodeUtf32(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  let points: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = view.getUint32(at, littleEndian);
    if (at === 0 && code === 0xfeff) continue;
    points.push(code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? 0xfffd : code);
    // As many arguments as a call can take without risking the stack.
    if (points.length === 4_096) {
      parts.push(String.fromCodePoint(...points));
      points = [];
    }
  }
  return parts.join('') + String.fromCodePoint(...points);
}
