/**
 * Generates the names of all ISO 3166-1 territories that lib/packs/countries.yaml does not describe, in the languages of the
 * news: short names from the locale data of Node (Unicode CLDR), official names from i18n-iso-countries.
 */
import { readFileSync } from 'node:fs';
import iso from 'i18n-iso-countries';
import { foldText } from '../lib/text/fold.ts';
import { wordsOf } from '../lib/text/language-data.ts';

/** Languages of the feeds that we expect. */
export const NAME_LANGUAGES = (
  'en fr de es it pt nl sv da no fi pl cs sk uk ru bg sr hr sl ro hu el tr az kk ka hy et lv lt ' +
  'ar fa ur he hi bn ta te ko ja zh-Hans zh-Hant vi th id ms tl mn sw ca be mk sq mr'
).split(' ');
/** Languages that append endings to the whole name. */
const APPENDING = new Set('fi et hu tr az kk ka hy mn sq'.split(' '));
/** Endings that replace the last vowel; a longer stem gets a wildcard instead. */
const ENDINGS: Readonly<Record<string, string>> = {
  pl: 'a i y ę ą o e ie ii',
  cs: 'o a u em e y ou ě i í',
  sk: 'o a u om e y ou i',
  uk: 'я ї ю єю а и і у ою',
  ru: 'я и ю ей й а ы е у ой',
  be: 'я і ю яй а ы е у ай',
  bg: 'я а',
  mk: 'а',
  sr: 'а е и у ом a e i u om',
  hr: 'a e i u om',
  sl: 'a e i o',
  lv: 'a as ai u ā',
  lt: 'a os ai ą oje',
  el: 'α ας ο ου',
};
/** Shorter names are too common as words or syllables. */
const NAME_LETTERS_MIN = 4;
/** The same for scripts that write few vowels: مصر is Egypt. */
const NAME_LETTERS_MIN_TERSE = 3;
const TERSE = /[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Devanagari}\p{sc=Bengali}\p{sc=Tamil}\p{sc=Telugu}]/u;
const STEM_LETTERS_MIN = 5;
/** Stems that would also match a US state, a people or a first name. */
const NAMESAKES = /^(?:indi|roman|dominik|доминик|домінік)/u;
/** Longer names occur in treaties, not in headlines. */
const NAME_WORDS_MAX = 5;
const DENSE = /[\p{sc=Han}\p{sc=Hangul}\p{sc=Thai}\p{sc=Katakana}\p{sc=Khmer}\p{sc=Lao}\p{sc=Myanmar}]/u;

/** Names that are also other words: matched only as written, or in capitals. */
const WRITTEN_EXACTLY = new Set(
  'chad jordan jersey guinea peru chile togo benin monaco malta man oman laos haiti grenada dominica montenegro kosovo samoa tonga palau niue gabon'
    .split(' ')
    .concat(
      'malte jordanie tchad guinee guine perou montserrat reunion jordania malawi nauru guam fiji turkey georgia island'.split(
        ' ',
      ),
    ),
);

/** "Island" is Iceland in Germanic languages and a common word in English: replaced by the people and the capital. */
const NAMED_OTHERWISE: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  IS: {
    de: ['auf Island', 'aus Island', 'isländisch*2', 'Isländer*1'],
    sv: ['på Island', 'isländsk*2', 'Reykjavik'],
    da: ['på Island', 'islandsk*1', 'Reykjavik'],
    no: ['på Island', 'islandsk*1', 'Reykjavik'],
    cs: ['na Islandu', 'islandsk*3', 'Islanďan*4'],
    sk: ['na Islande', 'islandsk*3', 'Islanďan*4'],
    hr: ['na Islandu', 'islandsk*3'],
    sr: ['na Islandu', 'islandsk*3', 'Исланд*3'],
    lv: ['Islandē', 'Islandes', 'Islandi', 'Islandei'],
    et: ['Islandil', 'Islandi', 'islandlas*4'],
  },
};

/** @returns the names of a country in a language as headlines use them, without text in brackets */
export function namesOf(country: string, lang: string): readonly string[] {
  const styles = ['long', 'short'] as const;
  const otherwise = NAMED_OTHERWISE[country]?.[lang];
  if (otherwise !== undefined) return otherwise;
  const locales = lang === 'sr' ? ['sr', 'sr-Latn'] : [lang];
  const names = locales.flatMap((locale) =>
    styles.map((style) =>
      new Intl.DisplayNames([locale], { type: 'region', style, fallback: 'none' }).of(country),
    ),
  );
  return unique(
    [...names.filter((name) => name !== undefined), ...officialNames(country, lang)].map(bare),
  ).filter((name) => name !== '');
}

function bare(name: string): string {
  return name
    .replace(/ ?[(（].*$/u, '')
    .replaceAll(/\s[-–]\s/gu, ' ')
    .trim();
}

/** Katakana and Hangul names of two syllables are parts of other words: matched only before typical continuations. */
const AFTER_SHORT_KATAKANA = ['政府', '軍', '首相', '大統領', '国王', '人の', 'の首都', 'で開', 'との国境'];
const AFTER_AMBIGUOUS_HANGUL = [' 정부', ' 대통령', ' 총리', ' 군부', ' 외무', ' 국왕', ' 수도'];
const AMBIGUOUS_HANGUL = new Set('오만 말리 피지 가나 기니 수단 통가 몰타 나우루 니우에'.split(' '));
/**
 * @returns the name as terms: a stem with a wildcard if the language inflects (Гвине*4 finds Гвинеи and гвинейский), listed
 *   cases if the stem is short; none if the name would match too much
 */
export function nameTerms(name: string, lang: string): readonly string[] {
  if (name.includes('*')) return [name];
  if (DENSE.test(name)) return denseTerms(name);
  const lettersMin = TERSE.test(name) ? NAME_LETTERS_MIN_TERSE : NAME_LETTERS_MIN;
  if (!/\p{L}/u.test(name) || name.length < lettersMin || /[.,&]/u.test(name)) return [];
  const words = name.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
  if (words.length > NAME_WORDS_MAX) return [];
  const endings = ENDINGS[lang];
  if (endings === undefined && !APPENDING.has(lang)) return [name];
  if (words.length > 1)
    return [words.map((word) => wordTerm(word, endings === undefined ? word : stemOf(word))).join(' ')];
  const stem = endings === undefined ? name : stemOf(name);
  if (stem.length >= STEM_LETTERS_MIN) return [`${stem}*4`];
  return stem === name
    ? [name]
    : unique([name, ...(endings ?? '').split(' ').map((ending) => stem + ending)]);
}

/** A word of a longer name: the other words make a short stem specific enough. */
function wordTerm(word: string, stem: string): string {
  return stem.length >= 3 && word.length >= NAME_LETTERS_MIN ? `${stem}*4` : word;
}

/** The word without its last vowel or adjective ending, which inflection changes. */
function stemOf(word: string): string {
  const stem = word.replace(/(?:[ыиіо]й|[аяеиіїыоуює]|[aeiouyáéíýāēīū]|[αάεηήιίοόυ]ς?)$/iu, '');
  return stem.length >= 3 ? stem : word;
}

function denseTerms(name: string): readonly string[] {
  if (name.length < 2) return [];
  if (name.length === 2 && /^\p{sc=Katakana}+$/u.test(name))
    return AFTER_SHORT_KATAKANA.map((after) => name + after);
  if (AMBIGUOUS_HANGUL.has(name)) return AFTER_AMBIGUOUS_HANGUL.map((after) => name + after);
  return [name];
}

const official = new Map<string, Readonly<Record<string, string | readonly string[]>>>();

/** Official names of i18n-iso-countries, which has Chinese in simplified characters only. */
function officialNames(country: string, lang: string): readonly string[] {
  if (lang === 'zh-Hant') return [];
  const file = lang === 'zh-Hans' ? 'zh' : lang;
  let names = official.get(file);
  if (names === undefined) {
    names = readNames(file);
    official.set(file, names);
  }
  const found = names[country];
  return found === undefined ? [] : [found].flat();
}

function readNames(lang: string): Readonly<Record<string, string | readonly string[]>> {
  try {
    const path = `node_modules/i18n-iso-countries/langs/${lang}.json`;
    return (
      JSON.parse(readFileSync(path, 'utf8')) as { countries: Record<string, string | readonly string[]> }
    ).countries;
  } catch {
    return {};
  }
}

interface Territory {
  readonly code: string;
  readonly id: string;
  readonly title: string;
  /** Uninflected names by language. */
  readonly nominatives: ReadonlyMap<string, readonly string[]>;
  /** Terms by language. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  readonly exact: readonly string[];
  readonly notIn: readonly string[];
}

/** @param known codes and ids described by hand. @returns content of lib/packs/territories.gen.ts */
export function territoriesSource(known: ReadonlySet<string>): string {
  const codes = Object.keys(iso.getAlpha2Codes())
    .filter((code) => !known.has(code))
    .sort();
  const all = codes.map(territory).filter((one) => !known.has(one.id));
  const territories = all.map((one) => ({ ...one, notIn: shadows(one, all) }));
  const lines = (of: (one: Territory) => readonly string[]) =>
    territories.map((one) => of(one).join('\t')).join('\n');
  const names = Object.fromEntries(
    NAME_LANGUAGES.map((lang) => [lang, lines((one) => trimmed(one, lang, all))]),
  );
  const data = {
    codes: territories.map((one) => one.code).join(' '),
    ids: territories.map((one) => one.id).join(' '),
    titles: lines((one) => [one.title]),
    names,
    exact: lines((one) => one.exact),
    notIn: lines((one) => one.notIn),
  };
  return [
    '/** Generated by scripts/generate.ts from CLDR and i18n-iso-countries. */',
    "import type { PackedTerritories } from './packed-list.ts';",
    '',
    `export const TERRITORIES: PackedTerritories = ${JSON.stringify(data)};`,
    '',
  ].join('\n');
}

function territory(code: string): Territory {
  const title = (namesOf(code, 'en')[0] ?? code).replaceAll('’', "'").replace(' SAR China', '');
  const exact = new Set<string>();
  const nominatives = new Map<string, readonly string[]>();
  const names = new Map<string, readonly string[]>();
  for (const lang of NAME_LANGUAGES) {
    const terms: string[] = [];
    nominatives.set(lang, namesOf(code, lang));
    for (const name of namesOf(code, lang)) {
      if (!isOtherWord(name)) terms.push(...nameTerms(name, lang));
      else if (name.length >= NAME_LETTERS_MIN) exact.add(name).add(name.toLocaleUpperCase('en'));
    }
    names.set(
      lang,
      unique(terms).filter((term) => !isOtherWord(term)),
    );
  }
  return { code, id: slug(title), title, nominatives, names, exact: [...exact], notIn: [] };
}

/** Whether the name is also a common word of some language. */
export function isOtherWord(name: string): boolean {
  const folded = foldText(name).trim();
  if (WRITTEN_EXACTLY.has(folded)) return true;
  return ['Latn', 'Cyrl', 'Arab', 'Deva'].some((script) => commonWords(script).has(folded));
}

const common = new Map<string, ReadonlySet<string>>();

function commonWords(script: string): ReadonlySet<string> {
  const known = common.get(script);
  if (known !== undefined) return known;
  const words = new Set([...(wordsOf(script)?.keys() ?? [])].map((word) => foldText(word).trim()));
  common.set(script, words);
  return words;
}

/** Removes wildcards that would match the name of another territory: Niger*4 finds Nigeria. */
function trimmed(own: Territory, lang: string, all: readonly Territory[]): readonly string[] {
  const others = foldedNames(all, own);
  const nominatives = own.nominatives.get(lang) ?? [];
  return (own.names.get(lang) ?? []).map((term) => {
    const [, literal, suffix] = /^([^* ]+)\*(\d)$/u.exec(term) ?? [];
    if (literal === undefined) return term;
    const stem = foldText(literal).trim();
    const clash = others.some((name) => name.startsWith(stem) && name.length - stem.length <= Number(suffix));
    if (!clash && !NAMESAKES.test(stem)) return term;
    return nominatives.find((name) => foldText(name).trim().startsWith(stem)) ?? literal;
  });
}

/** Names of other territories that contain a term of this one: Guinea in Papua New Guinea. */
function shadows(own: Territory, all: readonly Territory[]): readonly string[] {
  const terms = [...own.names.values()]
    .flat()
    .map(pattern)
    .concat(own.exact.map((term) => pattern(term)));
  const words = new Map(
    terms.filter(({ stem }) => !stem.includes(' ')).map((term) => [term.stem.slice(0, 3), [] as Pattern[]]),
  );
  for (const term of terms) words.get(term.stem.slice(0, 3))?.push(term);
  const phrases = new Set(terms.filter(({ stem }) => stem.includes(' ')).map(({ stem }) => stem));
  const dense = terms.filter(({ stem }) => DENSE.test(stem));
  const found = all
    .filter((other) => other.code !== own.code)
    .flatMap((other) =>
      nominativesOf(other).filter((name) => holds(foldText(name).trim(), words, phrases, dense)),
    );
  return unique(found.flatMap((name) => [name, ...inflected(name)]));
}

interface Pattern {
  readonly stem: string;
  readonly suffix: number;
}

/** Folded letters of a term, and number of further letters that it allows. */
function pattern(term: string): Pattern {
  const [, literal = term, suffix = '0'] = /^(.*?)(?:\*(\d))?$/u.exec(term) ?? [];
  return { stem: foldText(literal.replaceAll(/\*\d/gu, '')).trim(), suffix: Number(suffix) };
}

function holds(
  name: string,
  words: ReadonlyMap<string, readonly Pattern[]>,
  phrases: ReadonlySet<string>,
  dense: readonly Pattern[],
): boolean {
  if (DENSE.test(name)) return dense.some(({ stem }) => stem !== name && name.includes(stem));
  const parts = name.split(' ');
  if (parts.length < 2) return false;
  const inside = parts.some((part) =>
    (words.get(part.slice(0, 3)) ?? []).some(
      ({ stem, suffix }) => part.startsWith(stem) && part.length - stem.length <= suffix,
    ),
  );
  return (
    inside ||
    parts.some((_, from) => parts.some((__, to) => phrases.has(parts.slice(from, to + 1).join(' '))))
  );
}

/** The phrase with free endings: a shadow must cover every case of the term inside it. */
function inflected(name: string): readonly string[] {
  const words = name.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word !== '');
  if (words.length < 2 || DENSE.test(name)) return [];
  return [words.map((word) => wordTerm(word, stemOf(word))).join(' ')];
}

function nominativesOf(one: Territory): readonly string[] {
  return [...one.nominatives.values()].flat();
}

const folded = new WeakMap<Territory, readonly string[]>();

function foldedNames(all: readonly Territory[], own: Territory): readonly string[] {
  return all.flatMap((one) => {
    if (one.code === own.code) return [];
    const known = folded.get(one);
    if (known !== undefined) return known;
    const names = nominativesOf(one).map((name) => foldText(name).trim());
    folded.set(one, names);
    return names;
  });
}

function slug(title: string): string {
  const plain = title.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain
    .replaceAll('&', ' and ')
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .replaceAll(/^-|-$/gu, '');
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
