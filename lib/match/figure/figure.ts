/**
 * Reads figures from plain text in any script: 1,500 · 12 000 · 10-12 thousand · 1만2천 · 一万两千. Excludes numbers that
 * count nothing: shares, money, years, dates, times, ages, distances, and names such as T-72. Rules: docs/rules.md,
 * “Quantities”.
 */
import { foldText } from '../../text/fold.ts';
import { readEastAsian, readThai } from './east-asian.ts';
import { readSpelled, type SpelledNumber } from './spelled.ts';
import { atLeastFigures, isCounter, isMeasure, isMonth, multiplierOf } from './words.ts';

/**
 * A figure of a text.
 *
 * All readers work on the same text; where their results overlap, the one that begins first, or else the longer one, is
 * kept. Then ranges and sums are combined.
 */
export interface Figure {
  readonly value: number;
  /** The notation is ambiguous or rounded: `12.000` in an unknown language, "tens of thousands". */
  readonly approximate: boolean;
  /** Offsets in UTF-16 units, end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** A figure with its multiplier, which ranges need. */
interface Draft extends Figure {
  readonly multiplied: number;
}

/** Figures read from one text. */
const FIGURES_MAX = 200;
/** Dates written with digits and hyphens. */
const ISO_DATE =
  /(?<!\p{Nd})(?:\p{Nd}{4}-\p{Nd}{1,2}-\p{Nd}{1,2}|\p{Nd}{1,2}-\p{Nd}{1,2}-\p{Nd}{4})(?!\p{Nd})/u;
/** Groups of three after a space or apostrophe, or digits with separators. */
const DIGITS = /\p{Nd}{1,3}(?:[ \u00a0\u2009\u202f'’]\p{Nd}{3})+(?!\p{Nd})|\p{Nd}+(?:[.,٬٫，．]\p{Nd}+)*/gu;
/** Thai words are not separated: its multipliers are cut from the front. */
const WORD_BEHIND = /^[\s\u00a0\u202f-]{0,2}(หมื่น|แสน|ล้าน|พัน|[\p{L}\p{M}]+)/u;
/** The word before a figure, such as the name of a month. */
const WORD_BEFORE = /([\p{L}\p{M}]+)[\s.\u00a0]{0,2}$/u;
/** The word after a figure, also after a preposition: dollars, d'euros, de dólares, US dollars. */
const MEASURED =
  /^[\s\u00a0\u202f-]{0,2}(?:(?:de|of|di|des|US|U\.S\.|американск\p{L}+|amerikansk\p{L}*|amerykańsk\p{L}+|amerikanisch\p{L}+)\s|d['’])?([\p{L}\p{M}²º״"]+)/iu;
/** Languages that share number words or are labelled as one another. */
const RELATED: Readonly<Record<string, string>> = {
  nb: 'no',
  nn: 'no',
  sr: 'hr',
  hr: 'sr',
  bs: 'hr sr',
  sh: 'hr sr',
  ms: 'id',
  be: 'ru',
  mk: 'bg',
};
/** What stands between the two ends of a range. */
const RANGE = /^\s?(?:[-–—~〜～]|to|à|a|bis|до|al?|do|tot|til|ile|إلى|och|или|or|ou|oder)\s?$/u;
/** Languages that write 3.5; all others write 3,5. */
const POINT_DECIMAL = /^(?:en|zh|ja|ko|th|he|hi|ms|ta|bn|ur)\b/u;

/**
 * @param lang language of the text; decides what a single `.` or `,` before three digits means
 * @returns figures in order of their position, without overlaps, at most FIGURES_MAX
 */
export function readFigures(text: string, lang: string | null): Figure[] {
  const drafts: Draft[] = [
    ...named(text),
    ...spelledOut(text, lang),
    ...eastAsian(text),
    ...inDigits(text, lang),
  ];
  const ordered = drafts.sort((a, b) => a.start - b.start || b.end - a.end);
  const apart = ordered
    .filter((draft, at) => !ordered.slice(0, at).some((other) => other.end > draft.start))
    .filter(({ value }) => !Number.isNaN(value));
  return summed(withRanges(apart.slice(0, FIGURES_MAX), text), text).map(
    ({ value, approximate, start, end }) => ({
      value,
      approximate,
      start,
      end,
    }),
  );
}

/** Expressions such as "tens of thousands" are approximate. */
function named(text: string): Draft[] {
  return [...atLeastFigures(text)]
    .slice(0, FIGURES_MAX)
    .map((figure) => ({ ...figure, approximate: true, multiplied: 1 }));
}

/** Figures in words, such as ten thousand. Small numbers and bare multipliers count only if something counted follows. */
function spelledOut(text: string, lang: string | null): Draft[] {
  return readSpelled(text, lang)
    .filter((number) => !isCounted(text, number.end) && isMeant(text, number, lang))
    .map(({ value, multiplied, start, end }) => ({ value, approximate: false, start, end, multiplied }));
}

/** Whether a number in words is a figure: a large one, or one before something that is counted. */
function isMeant(text: string, number: SpelledNumber, lang: string | null): boolean {
  if (number.multiplied >= 100 && !number.isBare) return true;
  if (number.value < 2 || !isOfLanguage(number.language, lang)) return false;
  const behind = [...text.slice(number.end, number.end + 60).matchAll(/[\p{L}\p{M}]+|[.!?,;:()]/gu)].slice(
    0,
    3,
  );
  const stop = behind.findIndex(([word]) => /^[.!?,;:()]$/u.test(word));
  return behind.slice(0, stop < 0 ? 3 : stop).some(([word]) => isCounter(word));
}

/** Figures with East Asian or Thai number words. */
function eastAsian(text: string): Draft[] {
  return [...readEastAsian(text), ...readThai(text)].map((figure) => ({ ...figure, multiplied: 1 }));
}

/** Figures written with digits of any script (Unicode, General_Category=Nd). */
function inDigits(text: string, lang: string | null): Draft[] {
  const drafts: Draft[] = [];
  for (const found of text.matchAll(DIGITS)) {
    if (drafts.length === FIGURES_MAX) break;
    const draft = readDigits(text, found[0], found.index, lang);
    if (draft !== null) drafts.push(draft);
  }
  return drafts;
}

/** null: a name, a time, a date, money or a share. */
function readDigits(text: string, raw: string, start: number, lang: string | null): Draft | null {
  if (isName(text, start) || isPartOfTime(text, start, start + raw.length) || isShare(text, start))
    return null;
  const digitsEnd = start + raw.length;
  const behind = WORD_BEHIND.exec(text.slice(digitsEnd, digitsEnd + 40));
  const multiplier = behind === null ? null : multiplierOf(behind[1] ?? '');
  const read = readSeparated(asciiDigits(raw), lang, multiplier !== null);
  if (read === null) return null;
  const end = multiplier === null || behind === null ? digitsEnd : digitsEnd + behind[0].length;
  if (isMoney(text, start) || isCounted(text, end)) return null;
  if (multiplier === null && (isGlued(text, end) || isDate(text, raw, start, end))) return null;
  return {
    value: read.value * (multiplier ?? 1),
    approximate: read.approximate,
    start,
    end,
    multiplied: multiplier ?? 1,
  };
}

/** Part of a name or an ordinal: T-72, Su-35, M23, 제1군단, 第3. */
function isName(text: string, start: number): boolean {
  return /(?:[\p{L}&&[^\p{sc=Hangul}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Arabic}\p{sc=Hebrew}]]-?|[제第#№]\s?)$/v.test(
    text.slice(Math.max(0, start - 2), start),
  );
}

/** Whether the number word belongs to the language of the text: `to` is a number only in Danish and Norwegian. */
function isOfLanguage(language: string, lang: string | null): boolean {
  const own = lang?.slice(0, 2).toLowerCase() ?? language;
  return own === language || (RELATED[own] ?? '').split(' ').includes(language);
}

/** Part of a time or a date: 14:30, 12/10, 2024-10-18. */
function isPartOfTime(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 2), start);
  const behind = text.slice(end, end + 2);
  if (/Uhr\s$/u.test(text.slice(Math.max(0, start - 4), start))) return true;
  if (/\p{Nd}[:/]$/u.test(before) || /^[:/]\p{Nd}/u.test(behind)) return true;
  return ISO_DATE.test(text.slice(Math.max(0, start - 8), end + 6));
}

/** Percentages of languages that put the word first: yüzde 12. */
function isShare(text: string, start: number): boolean {
  return /(?:yüzde|ร้อยละ|百分之|per cento del)\s?$/iu.test(text.slice(Math.max(0, start - 16), start));
}

/** A currency sign or code before the figure. */
function isMoney(text: string, start: number): boolean {
  return /(?:[$€£¥₩₽₴₹₺]|(?<!\p{L})(?:USD|EUR|GBP|Rs\.?|Rp\.?|RM|CHF|Fr\.))\s?$/u.test(
    text.slice(Math.max(0, start - 5), start),
  );
}

/** Whether a share, money or a measure follows instead of things. */
function isCounted(text: string, end: number): boolean {
  const behind = text.slice(end, end + 40);
  if (/^\s?[%٪％‰$€£¥₩₽₴°]/u.test(behind)) return true;
  if (
    /^\s?(?:年|년|月|월|日|일|時|시|点|點|分|분|円|元|원|달러|ドル|ウォン|ユーロ|美元|欧元|歐元|人民币|유로|위안|엔(?![가-힣])|루블|ルーブル|卢布|度|号|號|호|歳|岁|歲|세|퍼센트|パーセント|公里|キロ|킬로|周|週|주(?:간|년)|个月|個月|か月|개월|ปี|บาท|กม|กิโลเมตร|เปอร์เซ็นต์|วัน|ชั่วโมง|เดือน|ดอลลาร์)/u.test(
      behind,
    )
  ) {
    return true;
  }
  const word = MEASURED.exec(behind)?.[1];
  return word !== undefined && isMeasure(word);
}

/** Letters of a spaced script directly after the digits: 38th, 5G, 3D. */
function isGlued(text: string, end: number): boolean {
  return /^[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}]/u.test(text.slice(end, end + 1));
}

/** A day with its month, or a bare year. */
function isDate(text: string, raw: string, start: number, end: number): boolean {
  const behind =
    WORD_BEHIND.exec(text.slice(end, end + 40).replace(/^(?:\.|º|er|e)?\s(?:de |of |di )?/u, ' '))?.[1] ?? '';
  const before = WORD_BEFORE.exec(text.slice(Math.max(0, start - 20), start))?.[1] ?? '';
  const value = Number(asciiDigits(raw));
  if (value <= 31 && (isMonth(behind) || isMonth(before))) return true;
  // Years of other calendars, too: 18 ตุลาคม 2567.
  if (value >= 1_300 && value <= 2_700 && isMonth(before)) return true;
  const isYear = /^\p{Nd}{4}$/u.test(raw) && value >= 1900 && value <= 2100;
  return isYear && !isCounter(behind) && !/^\s?(?:여\s?)?(?:명|人|名|多|余)/u.test(text.slice(end, end + 4));
}

/** Digits of any script as ASCII. */
function asciiDigits(raw: string): string {
  return raw.replace(/\p{Nd}/gu, (digit) => foldText(digit));
}

/** @returns null if it is not a number (12.10.2024). Rules 1 to 3 of docs/rules.md, “Quantities” */
function readSeparated(
  raw: string,
  lang: string | null,
  beforeMultiplier: boolean,
): { value: number; approximate: boolean } | null {
  const marks = raw.replace(/[0-9]/gu, '');
  const groups = raw.split(/[^0-9]/u);
  if (groups.some((group) => group.length > 15)) return null;
  const whole = { value: Number(groups.join('')), approximate: false };
  if (marks === '') return whole;
  const thousands = groups.slice(1).every((group) => group.length === 3) && (groups[0] ?? '').length <= 3;
  if (/^[ \u00a0\u2009\u202f'’٬]+$/u.test(marks)) return thousands ? whole : null;
  if (new Set(marks).size > 1) return lastIsDecimal(groups, marks);
  const isIndian = /^\d{1,2}(?:,\d{2})+,\d{3}$/u.test(raw);
  if (marks.length > 1) return thousands || isIndian ? whole : null;
  const decimal = { value: Number(groups.join('.')), approximate: false };
  if (!thousands || marks === '٫' || beforeMultiplier) return decimal;
  if (lang === null) return { ...whole, approximate: true };
  const isDecimalMark = /[.．]/u.test(marks) === POINT_DECIMAL.test(lang);
  return isDecimalMark ? decimal : whole;
}

/** Mixed separators, of which the last is the decimal mark: 1.234,5 and 1,234.5. */
function lastIsDecimal(
  groups: readonly string[],
  marks: string,
): { value: number; approximate: boolean } | null {
  const last = marks.length;
  if (new Set(marks.slice(0, -1)).size > 1) return null;
  if (!groups.slice(1, last).every((group) => group.length === 3)) return null;
  return { value: Number(`${groups.slice(0, last).join('')}.${groups[last] ?? '0'}`), approximate: false };
}

/** `10-12 thousand`: the multiplier applies to both ends. */
function withRanges(drafts: readonly Draft[], text: string): Draft[] {
  return drafts.map((draft, at) => {
    const next = drafts[at + 1];
    if (next === undefined || draft.multiplied > 1 || next.multiplied === 1) return draft;
    const joined =
      RANGE.test(text.slice(draft.end, next.start)) && draft.value * next.multiplied < next.value;
    return joined ? { ...draft, value: draft.value * next.multiplied, multiplied: next.multiplied } : draft;
  });
}

/** `3 million 500 thousand`, `2 тысячи 500`: parts of one figure, each smaller than the multiplier before it. */
function summed(drafts: readonly Draft[], text: string): Draft[] {
  const sums: Draft[] = [];
  for (const draft of drafts) {
    const last = sums.at(-1);
    const follows =
      last !== undefined &&
      last.multiplied >= 1_000 &&
      draft.value < last.multiplied &&
      draft.value >= last.multiplied / 10 &&
      /^[\s\u00a0]$/u.test(text.slice(last.end, draft.start));
    if (follows) {
      sums[sums.length - 1] = {
        ...last,
        value: last.value + draft.value,
        end: draft.end,
        multiplied: draft.multiplied,
      };
    } else sums.push(draft);
  }
  return sums;
}
