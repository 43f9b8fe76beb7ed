/** Reads figures with units such as 万 and 千 or their Korean forms, with or without digits: 1万2千 · 1만 2천 · 一万两千 · 十万. */

import { foldText } from '../../text/fold.ts';

/** A figure; offsets are UTF-16 units, end exclusive. */
export interface EastAsianFigure {
  /** NaN: an amount of money or a measure; its digits must not be read again. */
  readonly value: number;
  readonly approximate: boolean;
  readonly start: number;
  readonly end: number;
}

/** Digits as numerals, also in Korean. */
const NUMERALS: Readonly<Record<string, number>> = {
  〇: 0,
  零: 0,
  一: 1,
  壱: 1,
  二: 2,
  两: 2,
  兩: 2,
  弐: 2,
  三: 3,
  参: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  일: 1,
  이: 2,
  삼: 3,
  사: 4,
  오: 5,
  육: 6,
  칠: 7,
  팔: 8,
  구: 9,
};
/** Multipliers within a section of four digits. */
const SMALL: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000, 십: 10, 백: 100, 천: 1_000 };
/** Multipliers that close a section. */
const LARGE: Readonly<Record<string, number>> = {
  万: 1e4,
  萬: 1e4,
  만: 1e4,
  億: 1e8,
  亿: 1e8,
  억: 1e8,
  兆: 1e12,
  조: 1e12,
};
/** Begins with a digit or numeral (or a bare 십 or 만), followed by units, numerals and digits. */
const CANDIDATE =
  /(?:\p{Nd}[\p{Nd},，.．]*|[〇零一壱二两兩弐三参四五六七八九일이삼사오육칠팔구십만十百千])(?:\s?(?:[十百千万萬億亿兆십백천만억조]|(?<=[十百千万萬億亿兆십백천만억조]\s?)\p{Nd}[\p{Nd},，.．]*|[〇零一壱二两兩弐三参四五六七八九일이삼사오육칠팔구](?=[十百千万萬億亿兆십백천만억조])))*/gu;
/** Splits a candidate into numbers and single characters. */
const PARTS = /\p{Nd}[\p{Nd},，.．]*|\S/gu;
/** A candidate right behind one of these is not a figure: "several tens", "the third". */
const NO_FIGURE_BEFORE = /[数數几幾수第제]\s?$/u;
/** What stands behind a figure that counts people, groups or things. */
const COUNTED_BEHIND =
  /^\s?(?:여|餘|余|多|強|强)?\s?(?:명|인|人|名|个|個|兵|士|官|大|部|의|の|軍|军|朝|北|병력|군)/u;
/** What stands behind a number that is a date, an amount of money, a share or a measure. */
const MEASURE_BEHIND =
  /^\s?(?:年|년|月|월|日|일|時|시|点|點|分|분|円|元|원|달러|ドル|ウォン|ユーロ|美元|欧元|歐元|유로|위안|루블|ルーブル|卢布|人民币|度|号|號|호|歳|岁|歲|세|%|％|퍼센트|パーセント|公里|キロ|킬로|米|吨|トン|톤|周|週|个月|個月|か月|개월)/u;
/** Figures read from one text, per kind. */
const FIGURES_MAX = 200;

/** @returns figures in order of their position, at most FIGURES_MAX */
export function readEastAsian(text: string): EastAsianFigure[] {
  const figures: EastAsianFigure[] = [];
  for (const found of text.matchAll(CANDIDATE)) {
    if (figures.length === FIGURES_MAX) break;
    const raw = found[0].trimEnd();
    const end = found.index + raw.length;
    const value = readParts(raw);
    if (value === null || NO_FIGURE_BEFORE.test(text.slice(Math.max(0, found.index - 2), found.index)))
      continue;
    const behind = text.slice(end, end + 8);
    const isMeasured = MEASURE_BEHIND.test(behind);
    // Its digits must not be read again without their unit: 100만 달러.
    if (isMeasured && /\p{Nd}/u.test(raw))
      figures.push({ value: Number.NaN, approximate: false, start: found.index, end });
    if (isMeasured || !isFigure(raw, text, found.index, behind)) continue;
    figures.push({ value, approximate: false, start: found.index, end });
  }
  return figures;
}

/** Digits are enough; numerals alone are also parts of words (一部, 천만에, 이천), unless something counted follows. */
function isFigure(raw: string, text: string, start: number, behind: string): boolean {
  if (/\p{Nd}/u.test(raw)) return true;
  if (/[가-힣]/u.test(raw))
    return /(?:^|[\s약총])$/u.test(text.slice(Math.max(0, start - 1), start)) && COUNTED_BEHIND.test(behind);
  return (raw.length > 1 && /[万萬億亿]/u.test(raw)) || COUNTED_BEHIND.test(behind);
}

/** @returns null without a unit: plain digits are read elsewhere, and a single numeral is a word */
function readParts(raw: string): number | null {
  let total = 0;
  let section = 0;
  let digit: number | null = null;
  let units = 0;
  for (const [part] of raw.matchAll(PARTS)) {
    const small = SMALL[part];
    const large = LARGE[part];
    if (small !== undefined) {
      section += (digit ?? 1) * small;
      digit = null;
      units++;
    } else if (large !== undefined) {
      total += (section + (digit ?? (section === 0 ? 1 : 0))) * large;
      section = 0;
      digit = null;
      units++;
    } else digit = NUMERALS[part] ?? decimalOf(part);
  }
  return units === 0 ? null : total + section + (digit ?? 0);
}

/** Value of `1.2` in 1.2万, or of `1,200` in 1,200万. */
function decimalOf(part: string): number {
  const ascii = part
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, (digit) => foldText(digit))
    .replace(/,(?=\p{Nd}{3}(?!\p{Nd}))/gu, '')
    .replace(/[.,]$/u, '');
  return Number.parseFloat(ascii);
}

/** Thai words for 1 to 9 with their variants in compounds. */
const THAI_DIGITS: Readonly<Record<string, number>> = {
  หนึ่ง: 1,
  เอ็ด: 1,
  สอง: 2,
  ยี่: 2,
  สาม: 3,
  สี่: 4,
  ห้า: 5,
  หก: 6,
  เจ็ด: 7,
  แปด: 8,
  เก้า: 9,
};
/** Thai words for powers of ten. */
const THAI_UNITS: Readonly<Record<string, number>> = {
  สิบ: 10,
  ร้อย: 100,
  พัน: 1_000,
  หมื่น: 10_000,
  แสน: 100_000,
  ล้าน: 1_000_000,
};
const THAI_DIGIT = Object.keys(THAI_DIGITS).join('|');
const THAI_PARTS = new RegExp(`(${THAI_DIGIT})?(${Object.keys(THAI_UNITS).join('|')})`, 'gu');
/** Begins with a digit word: a bare unit is a multiplier of digits, or part of a word. */
const THAI = new RegExp(
  `(?:${THAI_DIGIT})(?:${Object.keys(THAI_UNITS).join('|')})(?:(?:${THAI_DIGIT})?(?:${Object.keys(THAI_UNITS).join('|')}))*(?:${THAI_DIGIT})?`,
  'gu',
);

/** Reads Thai number words, which are written without spaces: หนึ่งหมื่นสองพัน. */
export function readThai(text: string): EastAsianFigure[] {
  const figures: EastAsianFigure[] = [];
  for (const found of text.matchAll(THAI)) {
    if (figures.length === FIGURES_MAX) break;
    let value = 0;
    let readTo = 0;
    for (const part of found[0].matchAll(THAI_PARTS)) {
      const unit = THAI_UNITS[part[2] ?? ''] ?? 1;
      const digit = THAI_DIGITS[part[1] ?? ''];
      // ล้าน (million) multiplies everything before it: สิบสองล้าน.
      if (unit === 1_000_000) value = (value + (digit ?? (value === 0 ? 1 : 0))) * unit;
      else value += (digit ?? 1) * unit;
      readTo = part.index + part[0].length;
    }
    value += THAI_DIGITS[found[0].slice(readTo)] ?? 0;
    const end = found.index + found[0].length;
    if (/^\s?(?:บาท|ปี|วัน|ชั่วโมง|เดือน|กิโลเมตร|กม|เปอร์เซ็นต์|ดอลลาร์)/u.test(text.slice(end, end + 16))) continue;
    figures.push({ value, approximate: false, start: found.index, end });
  }
  return figures;
}
