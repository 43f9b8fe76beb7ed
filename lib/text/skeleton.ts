/**
 * The consonants of a name, the same in every script that spells sounds: Zelensky, Зеленского, 젤렌스키, ゼレンスキー and
 * زيلينسكي all are `srns`. Voiced and unvoiced, l and r, s and its relatives fall together, as transliterations do.
 * Han, Thai and the Indic scripts give none: their words are not set apart, or spell syllables we do not read.
 */

/** Consonants kept: endings of inflection lie behind them. */
const CONSONANTS_MAX = 4;
/** Fewer say nothing. */
const CONSONANTS_MIN = 3;

/** Group → what it is written as. Latin is read after accents were taken off. Waw and vav are vowels as often as not. */
const GROUPS: readonly (readonly [string, string])[] = [
  ['k', 'kgqcкгґκγкكقکگגכקךカキクケコガギグゲゴ'],
  ['t', 'tdтдτδتدطضטדתタテトダデド'],
  ['p', 'pbпбπβبپבפףパピプペポバビブベボ'],
  ['f', 'fvwфвφفヴフ'],
  ['s', 'szxšžсзшщжцчћџσςζξسصشزظجچثזסשצץサシスセソザジズゼゾチツヂヅ'],
  ['m', 'mмμمמםマミムメモ'],
  ['n', 'nнνنנןナニヌネノン'],
  ['r', 'rlłрлљρλرلרלラリルレロ'],
];
const GROUP_OF = new Map(GROUPS.flatMap(([group, letters]) => [...letters].map((letter) => [letter, group])));

/** Initial and final consonants of a Hangul syllable, by their index in Unicode's table; '' has no sound of its own. */
const HANGUL_INITIAL = [
  'k',
  'k',
  'n',
  't',
  't',
  'r',
  'm',
  'p',
  'p',
  's',
  's',
  '',
  's',
  's',
  's',
  'k',
  't',
  'p',
  '',
];
const HANGUL_FINAL = ',k,k,k,n,n,n,t,r,r,r,r,r,r,r,r,m,p,p,t,t,n,t,t,k,t,p,'.split(',');
const HANGUL_FIRST = 0xac00;
const HANGUL_LAST = 0xd7a3;

/** Spellings of one sound in Latin letters. */
const DIGRAPHS = /sch|tsch|tch|sh|ch|cz|sz|zh|kh|gh|ph|th|ck|ts|tz|dz|dj|ks|x/g;
const DIGRAPH_SOUND: Readonly<Record<string, string>> = {
  kh: 'k',
  gh: 'k',
  ck: 'k',
  ph: 'f',
  th: 't',
};

/** Accents, harakat and niqqud; the voice marks of kana make other consonants, and stay. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g;

/** @returns 3 or 4 consonants; null: too few, or a script that is not read */
export function skeletonOf(word: string): string | null {
  let out = '';
  let last = '';
  const plain = word.normalize('NFD').replace(ACCENTS, '').normalize('NFC').toLowerCase();
  const spelled = plain.replace(DIGRAPHS, (digraph) => DIGRAPH_SOUND[digraph] ?? 's');
  for (const letter of spelled) {
    for (const sound of soundsOf(letter)) {
      // A doubled consonant is one; a vowel between two of them is not worth the difference.
      if (sound !== last) out += sound;
      last = sound;
      if (out.length === CONSONANTS_MAX) return out;
    }
  }
  return out.length >= CONSONANTS_MIN ? out : null;
}

function soundsOf(letter: string): string[] {
  const code = letter.codePointAt(0) ?? 0;
  if (code < HANGUL_FIRST || code > HANGUL_LAST) {
    const group = GROUP_OF.get(letter);
    return group === undefined ? [] : [group];
  }
  const index = code - HANGUL_FIRST;
  const initial = HANGUL_INITIAL[Math.floor(index / 588)] ?? '';
  const final = HANGUL_FINAL[index % 28] ?? '';
  return [initial, final].filter((sound) => sound !== '');
}

/**
 * Words of a text that may be names: in scripts with capitals the capitalised ones that do not open a sentence, katakana
 * runs, and every word of Hangul, Arabic and Hebrew.
 *
 * @returns skeletons, each once, in order
 */
export function nameSkeletons(text: string, max: number): string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(NAME)) {
    if (found.size >= max) break;
    const skeleton = skeletonOf(match[0]);
    if (skeleton !== null) found.add(skeleton);
  }
  return [...found];
}

const NAME =
  /\p{Lu}[\p{L}\p{M}]{2,}|[\p{sc=Katakana}ー]{3,}|\p{sc=Hangul}{3,}|[\p{sc=Arabic}\p{M}]{4,}|[\p{sc=Hebrew}]{4,}/gu;
