/**
 * Consonant skeletons of names, equal in all phonetic scripts: Zelensky, Зеленского, 젤렌스키, ゼレンスキー and زيلينسكي all
 * become `srns`. Voiced and unvoiced consonants, l and r, and all sibilants are merged, as transliterations do. Han, Thai
 * and Indic scripts yield none: their words are not separated, or their syllables are not read.
 */

/** Consonants kept: inflected endings follow them. */
const CONSONANTS_MAX = 4;
/** Fewer consonants are not distinctive. */
const CONSONANTS_MIN = 3;

/** Group and its letters. Latin letters are compared without accents. Waw and vav are left out, because they are often vowels. */
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

/** Initial and final consonants of a Hangul syllable, in the order of Unicode (chapter 3.12); '' is silent. */
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

/** Latin spellings of one sound. */
const DIGRAPHS = /sch|tsch|tch|sh|ch|cz|sz|zh|kh|gh|ph|th|ck|ts|tz|dz|dj|ks|x/g;
const DIGRAPH_SOUND: Readonly<Record<string, string>> = {
  kh: 'k',
  gh: 'k',
  ck: 'k',
  ph: 'f',
  th: 't',
};

/** Accents, harakat and niqqud. Voice marks of kana stay, because they make other consonants. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g;

/** @returns 3 or 4 consonants; null: too few, or a script that is not read */
export function skeletonOf(word: string): string | null {
  let out = '';
  let last = '';
  const plain = word.normalize('NFD').replace(ACCENTS, '').normalize('NFC').toLowerCase();
  const spelled = plain.replace(DIGRAPHS, (digraph) => DIGRAPH_SOUND[digraph] ?? 's');
  for (const letter of spelled) {
    for (const sound of soundsOf(letter)) {
      // Doubled consonants count once; so do two that only a vowel separates.
      if (sound !== last) out += sound;
      last = sound;
      if (out.length === CONSONANTS_MAX) return out;
    }
  }
  return out.length >= CONSONANTS_MIN ? out : null;
}

/** Consonant groups of a letter or a Hangul syllable. */
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
 * Skeletons of words that may be names: capitalised words in scripts with case, runs of katakana, and all words in Hangul,
 * Arabic and Hebrew.
 *
 * @param max number of skeletons at most
 * @returns skeletons without duplicates, in order
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
