/**
 * Word boundaries of each script, documented in docs/rules.md.
 *
 * Spaced scripts: a word ends at a change of script class. Hangul: particles may follow. Han, kana and Thai: words may begin
 * and end anywhere. Arabic and Hebrew: listed prefixes and suffixes are written together with the word. The lists are
 * folded (harakat dropped, ة→ه).
 */
import { CLASS } from '../../text/fold-table.ts';

/** Arabic words written together with the following word: and, so, with, like, for, the, will. */
const ARABIC_PREFIXES = units('و ف ب ك ل س ال لل وس وب ول فب فل فس ولل وال بال كال فال وبال فلل وكال');
/** Arabic endings: indefinite accusative, his, her, their, our, plural and dual. */
const ARABIC_SUFFIXES = units('ا ه ها هم هن ك نا ي يه يين يون ات ون ين ان وا');
/** Hebrew prefixes: and, the, in, to, from, that, like; also two of them. */
const HEBREW_LETTERS = 'והבלמשכ';
const HEBREW_PREFIXES = units(
  [...HEBREW_LETTERS].flatMap((a) => [a, ...[...HEBREW_LETTERS].map((b) => a + b)]).join(' '),
);
/** All letters of both lists; no prefix mixes scripts. */
const PREFIX_LETTERS = `${HEBREW_LETTERS}وفبكلسا`;
/** Length of the longest prefix. */
const PREFIX_UNITS_MAX = 4;

/** By unit: number of a prefix letter from 1 to 15; 0: other. */
const LETTER_NUMBERS = new Uint8Array(0x10000);
/** Indexed by a prefix written as base-16 digits, most significant first. */
const PREFIXES = new Uint8Array(16 ** PREFIX_UNITS_MAX);
for (let at = 0; at < PREFIX_LETTERS.length; at++) LETTER_NUMBERS[PREFIX_LETTERS.charCodeAt(at)] = at + 1;
for (const prefix of [...ARABIC_PREFIXES, ...HEBREW_PREFIXES]) {
  PREFIXES[prefix.reduce((code, unit) => code * 16 + LETTER_NUMBERS[unit]!, 0)] = 1;
}

/** The words of a list as arrays of units. */
function units(list: string): readonly Uint16Array[] {
  return list.split(' ').map((word) => Uint16Array.from(word, (char) => char.charCodeAt(0)));
}

/** Whether the units from `from` to `to` at the start of a word are a prefix that is written together with it. */
export function isPrefix(text: Uint16Array, from: number, to: number, scriptClass: number): boolean {
  if (to - from > PREFIX_UNITS_MAX || (scriptClass !== CLASS.arabic && scriptClass !== CLASS.hebrew))
    return false;
  let code = 0;
  for (let at = from; at < to; at++) {
    const letter = LETTER_NUMBERS[text[at]!]!;
    if (letter === 0) return false;
    code = code * 16 + letter;
  }
  return PREFIXES[code] === 1;
}

/** Whether the units from `from` to `to` equal one word of the list. */
function isListed(list: readonly Uint16Array[], text: Uint16Array, from: number, to: number): boolean {
  for (const word of list) {
    if (word.length !== to - from) continue;
    let at = 0;
    while (at < word.length && word[at] === text[from + at]) at++;
    if (at === word.length) return true;
  }
  return false;
}

/** Scripts in which particles and compounds follow a word without a space, so its end is unknown. */
export function isRightFree(scriptClass: number): boolean {
  return scriptClass === CLASS.hangul || scriptClass === CLASS.han || scriptClass === CLASS.thai;
}

/** Scripts without spaces: a word may begin anywhere. */
export function isLeftFree(scriptClass: number): boolean {
  return scriptClass === CLASS.han || scriptClass === CLASS.thai;
}

/**
 * End of a word whose literal part ends at `at`; -1 if more letters follow than allowed.
 *
 * @param suffix number of further letters allowed
 * @param isLast false: the phrase continues, so the word must end here
 */
export function wordEnd(
  text: Uint16Array,
  classes: Uint8Array,
  at: number,
  suffix: number,
  isLast: boolean,
): number {
  const scriptClass = classes[at - 1]!;
  if (classes[at] !== scriptClass) return at;
  if (isRightFree(scriptClass) && isLast) return at;
  let end = at;
  if (suffix > 0) {
    const most = suffix > 30 ? Number.POSITIVE_INFINITY : at + suffix;
    while (end < most && classes[end] === scriptClass) end++;
    return classes[end] === scriptClass ? -1 : end;
  }
  if (scriptClass !== CLASS.arabic) return -1;
  while (classes[end] === scriptClass) end++;
  if (!isListed(ARABIC_SUFFIXES, text, at, end)) return -1;
  return isLast ? at : end;
}
