/** Converts HTML to plain text on one line, as a reader would see it. The output is text, so it needs no sanitising. */
import { ATTRIBUTE_UNITS_MAX } from '../model/limits.ts';
import { decodeHtml, windows1252 } from './entities.ts';

/** Tags that do not separate words. All other tags become a space. */
const INLINE = new Set(
  (
    'a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q rp rt ruby s samp ' +
    'small span strike strong sub sup svg time tt u var wbr'
  ).split(' '),
);
/** Elements whose content is not shown to readers. */
const SILENT = new Set(['script', 'style', 'template', 'noembed', 'noframes']);
/** Tags that mark a title or category as HTML: names of text-level elements only, because `<Q3>` and `<canvas>` occur as words. */
const MARKUP =
  /<\/?(?:a|abbr|acronym|b|big|blockquote|br|center|cite|code|del|div|em|font|h[1-6]|i|img|ins|li|mark|nobr|ol|p|q|s|small|span|strike|strong|sub|sup|tt|u|ul|wbr)(?:\s[^<>]*)?\/?>/i;
const C1_CONTROL = /[\u0080-\u009f]/g;

/**
 * Collapses white space to single spaces and trims. C1 control characters, which occur only in windows-1252 text that was
 * read as Latin-1, become the characters they stand for.
 */
export function collapse(text: string): string {
  return isTidy(text) ? text : text.replace(C1_CONTROL, windows1252).replace(/\s+/g, ' ').trim();
}

/** False if in doubt: checking units is several times faster than a regular expression. */
function isTidy(text: string): boolean {
  let before = 0x20;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit <= 0x20 ? unit !== 0x20 || before === 0x20 : unit >= 0x80 && mayBeSpace(unit)) return false;
    before = unit;
  }
  return before !== 0x20 || text === '';
}

/** C1 controls and spaces beyond ASCII, and a few units that are neither. */
const mayBeSpace = (unit: number) =>
  unit <= 0xa0 || unit === 0x1680 || (unit >= 0x2000 && unit <= 0x205f) || unit === 0x3000 || unit === 0xfeff;

/** Whether the text contains a tag of HTML's text-level elements. */
export function looksLikeHtml(text: string): boolean {
  return text.includes('<') && MARKUP.test(text);
}

/**
 * Strips tags (a block tag becomes a space, an inline tag nothing), drops script and style, decodes references exactly once
 * and collapses white space. A `<` that starts no tag is text. Linear.
 */
export function htmlToText(html: string): string {
  if (!html.includes('<')) return collapse(decodeHtml(html));
  return collapse(decodeHtml(stripTags(html)));
}

/** Text of a title or category, which may be HTML or contain a literal `<`. */
export function lineToText(text: string): string {
  return looksLikeHtml(text) ? htmlToText(text) : collapse(decodeHtml(text));
}

/** Escapes plain text as HTML. */
export function escapeHtml(text: string): string {
  return /[&<>]/.test(text)
    ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    : text;
}

/** Replaces tags by spaces or nothing. */
function stripTags(html: string): string {
  let out = '';
  let done = 0;
  /** Names without an end tag: not searched for again, which would be quadratic. */
  const unclosed = new Set<string>();
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at)) {
    const name = tagName(html, at);
    if (name === null) {
      at += 1;
      continue;
    }
    const end = name === '!--' ? endOfComment(html, at, unclosed) : endOfTag(html, at);
    if (end === -1) {
      at += 1;
      continue;
    }
    out += html.slice(done, at);
    if (!INLINE.has(name)) out += ' ';
    at = SILENT.has(name) ? endOfSilent(html, name, end, unclosed) : end;
    done = at;
  }
  return out + html.slice(done);
}

/** Lower-case local name of the tag at `at`, without slash and prefix; null: no tag. */
function tagName(html: string, at: number): string | null {
  let from = at + 1;
  const unit = html.charCodeAt(from);
  if (unit === 0x21 || unit === 0x3f) return html.startsWith('--', from + 1) ? '!--' : '!';
  if (unit === 0x2f) from += 1;
  let to = from;
  while (isNameUnit(html.charCodeAt(to))) {
    if (html.charCodeAt(to) === 0x3a) from = to + 1;
    to += 1;
  }
  if (to === from || !isLetter(html.charCodeAt(from)) || !endsName(html.charCodeAt(to))) return null;
  const name = html.slice(from, to);
  return /[A-Z]/.test(name) ? name.toLowerCase() : name;
}

const isLetter = (unit: number) => (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a;
const isNameUnit = (unit: number) => isLetter(unit) || (unit >= 0x30 && unit <= 0x3a) || unit === 0x2d;
/** White space, `/`, `>` or the end of the text: `<sean@example.org>` is an address, not a tag. */
const endsName = (unit: number) => Number.isNaN(unit) || unit <= 0x20 || unit === 0x2f || unit === 0x3e;

/** Offset after the tag's `>` outside quotes; the end of the text if it is cut within its last tag. */
function endOfTag(html: string, at: number): number {
  for (let i = at + 1; i < html.length; i++) {
    const unit = html.charCodeAt(i);
    if (unit === 0x3e) return i + 1;
    if (unit === 0x3c) return -1;
    if ((unit !== 0x22 && unit !== 0x27) || html.charCodeAt(i - 1) !== 0x3d) continue;
    const end = html.indexOf(unit === 0x22 ? '"' : "'", i + 1);
    if (end !== -1 && end - i <= ATTRIBUTE_UNITS_MAX) i = end;
  }
  return html.length;
}

function endOfComment(html: string, at: number, unclosed: Set<string>): number {
  const end = unclosed.has('-->') ? -1 : html.indexOf('-->', at + 2);
  if (end !== -1) return end + 3;
  unclosed.add('-->');
  return -1;
}

/** Offset after the end tag of an element that is dropped; `from` if it has none. */
function endOfSilent(html: string, name: string, from: number, unclosed: Set<string>): number {
  if (unclosed.has(name)) return from;
  const close = new RegExp(`</${name}`, 'gi');
  close.lastIndex = from;
  const match = close.exec(html);
  const end = match === null ? -1 : html.indexOf('>', match.index);
  if (end !== -1) return end + 1;
  unclosed.add(name);
  return from;
}
