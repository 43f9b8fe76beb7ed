/** Decodes character references: those of XML as feeds use them, and those of HTML. */
import { ENTITIES, LEGACY_ENTITIES } from './entities.gen.ts';

/** Length of the longest name, CounterClockwiseContourIntegral. */
const NAME_UNITS_MAX = 31;
/** Length of the longest name that HTML accepts without a semicolon, such as Aacute. */
const LEGACY_UNITS_MAX = 6;

/** Names that feeds use, so that the full table is unpacked only for others. */
const COMMON = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: '\u00a0',
    NewLine: '\n',
    rsquo: '\u2019',
    lsquo: '\u2018',
    rdquo: '\u201d',
    ldquo: '\u201c',
    ndash: '\u2013',
    mdash: '\u2014',
    hellip: '\u2026',
    laquo: '\u00ab',
    raquo: '\u00bb',
    eacute: '\u00e9',
  }),
);

/** Characters 0x80–0x9F as windows-1252 (WHATWG HTML, "numeric character reference end state"). */
const C1 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** The windows-1252 character for a C1 control character. */
export function windows1252(control: string): string {
  return C1[control.charCodeAt(0) - 0x80] ?? control;
}

/** Lines of `name characters`. */
function unpack(lines: string): Map<string, string> {
  const table = new Map<string, string>();
  for (const line of lines.split('\n')) {
    const space = line.indexOf(' ');
    table.set(line.slice(0, space), line.slice(space + 1));
  }
  return table;
}

let legacy: Map<string, string> | null = null;
let rest: Map<string, string> | null = null;

/** The character of a name that needs no semicolon. */
function legacyNamed(name: string): string | undefined {
  legacy ??= unpack(LEGACY_ENTITIES);
  return legacy.get(name);
}

/** The characters of a name. */
function named(name: string): string | undefined {
  const common = COMMON.get(name) ?? legacyNamed(name);
  if (common !== undefined) return common;
  rest ??= unpack(ENTITIES);
  return rest.get(name);
}

/** @param digits after `&#`: decimal, or hexadecimal after an x. @returns undefined: not a number */
function numbered(digits: string): string | undefined {
  const hex = digits.charCodeAt(0) === 0x78 || digits.charCodeAt(0) === 0x58;
  if (hex ? !/^.[0-9a-f]{1,8}$/i.test(digits) : !/^[0-9]{1,9}$/.test(digits)) return;
  const code = hex ? Number.parseInt(digits.slice(1), 16) : Number(digits);
  if (code >= 0x80 && code < 0xa0) return C1[code - 0x80];
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return '\ufffd';
  return String.fromCodePoint(code);
}

/** Two names that HTML5 maps to other characters than XHTML 1.0, which XML follows. */
const XHTML = new Map([
  ['lang', '\u2329'],
  ['rang', '\u232a'],
]);

/** @param body between `&` and `;`. @returns undefined: unknown */
function reference(body: string): string | undefined {
  return body.charCodeAt(0) === 0x23 ? numbered(body.slice(1)) : (XHTML.get(body) ?? named(body));
}

/**
 * Decodes references that end with a semicolon once, with the names of HTML, which feeds use without declaring them.
 * Everything else stays: a bare `&`, an unknown name, `&copy=3`. Entities of a DOCTYPE are never expanded.
 */
export function decodeXml(text: string): string {
  let amp = text.indexOf('&');
  if (amp === -1) return text;
  let out = '';
  let done = 0;
  let semicolon = -1;
  for (; amp !== -1; amp = text.indexOf('&', Math.max(amp + 1, done))) {
    const quick = commonAt(text, amp);
    if (quick !== '') {
      if (amp > done) out += text.slice(done, amp);
      out += quick;
      done = amp + (quick === '&' ? 5 : 4);
      continue;
    }
    // Remembered, so that many ampersands without a semicolon stay linear.
    if (semicolon < amp) semicolon = text.indexOf(';', amp);
    if (semicolon === -1) break;
    if (semicolon - amp - 1 > NAME_UNITS_MAX) continue;
    const characters = reference(text.slice(amp + 1, semicolon));
    if (characters === undefined) continue;
    out += text.slice(done, amp) + characters;
    done = semicolon + 1;
  }
  return done === 0 ? text : out + text.slice(done);
}

/** The three most frequent references of escaped HTML; '' for all others. */
function commonAt(text: string, amp: number): '' | '<' | '>' | '&' {
  const unit = text.charCodeAt(amp + 1);
  if (unit === 0x61) return text.startsWith('mp;', amp + 2) ? '&' : '';
  if (unit !== 0x6c && unit !== 0x67) return '';
  if (text.charCodeAt(amp + 2) !== 0x74 || text.charCodeAt(amp + 3) !== 0x3b) return '';
  return unit === 0x6c ? '<' : '>';
}

/** Possible references; the table decides which ones are. */
const HTML_REFERENCE = /&(?:#([xX]?[0-9a-fA-F]{1,9});?|([a-zA-Z][a-zA-Z0-9]{0,30})(;?))/g;

/** Decodes references in HTML text once (WHATWG HTML, "Character reference state"): some names need no semicolon. */
export function decodeHtml(text: string): string {
  if (!mayRefer(text)) return text;
  return text.replace(HTML_REFERENCE, (whole: string, digits?: string, name?: string, semicolon?: string) => {
    if (name === undefined) return looseNumber(whole, digits ?? '');
    const full = semicolon === ';' ? named(name) : undefined;
    if (full !== undefined) return full;
    for (let units = Math.min(name.length, LEGACY_UNITS_MAX); units > 1; units--) {
      const characters = legacyNamed(name.slice(0, units));
      if (characters !== undefined) return characters + name.slice(units) + (semicolon ?? '');
    }
    return whole;
  });
}

/** Whether a letter or `#` follows some ampersand; not so in `Smith & Sons`. */
function mayRefer(text: string): boolean {
  for (let amp = text.indexOf('&'); amp !== -1; amp = text.indexOf('&', amp + 1)) {
    const unit = text.charCodeAt(amp + 1);
    if (unit === 0x23 || ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a)) return true;
  }
  return false;
}

/** `&#8217` ends after its digits; `&#12ab` is &#12 followed by "ab". */
function looseNumber(whole: string, digits: string): string {
  const decimal = /^[0-9]+/.exec(digits)?.[0];
  if (decimal === undefined || decimal.length === digits.length) return numbered(digits) ?? whole;
  return (numbered(decimal) ?? '') + whole.slice(2 + decimal.length);
}

/** Like decodeHtml, for an attribute: a name without semicolon before `=`, a letter or a digit is text (WHATWG HTML). */
export function decodeHtmlAttribute(text: string): string {
  if (!mayRefer(text)) return text;
  return text.replace(
    /&(?:#([xX]?[0-9a-fA-F]{1,9});?|([a-zA-Z][a-zA-Z0-9]{0,30})(;|(?![=a-zA-Z0-9])))/g,
    (whole: string, digits?: string, name = '', end = '') => {
      if (digits !== undefined) return looseNumber(whole, digits);
      return (end === ';' ? named(name) : legacyNamed(name)) ?? whole;
    },
  );
}
