/** Normalises language tags, and guesses the language of a text from its script and common words. */
import type { LanguageTag } from '../model/flavor.ts';
import { SCRIPTS, wordsOf } from './language-data.ts';

/** Units of a text that are examined: a title and the start of a summary are enough. */
const GUESS_UNITS_MAX = 2_000;
/** Score that a guess needs, and its lead over the next language. A common word of a single language counts 1. */
const SCORE_MIN = 1;
/** Least lead over the next language. */
const LEAD_MIN = 0.3;

const TAG = /^([a-z]{2,3})((?:[-_][a-z0-9]{2,8})*)$/i;
/** ISO 639-1 codes that were withdrawn in 1989 and that old Java versions still write. */
const WITHDRAWN = new Map([
  ['iw', 'he'],
  ['in', 'id'],
  ['ji', 'yi'],
]);

/**
 * Normalises a language tag (BCP 47, RFC 5646): `en_us` → `en-US`, `zh-hant-tw` → `zh-Hant-TW`.
 *
 * @returns the first tag of a list; null for anything else (`English`, `und`, ``)
 */
export function languageTag(raw: string): LanguageTag | null {
  const [first = ''] = raw.trim().split(/[,;\s]/, 1);
  const match = TAG.exec(first);
  if (match === null) return null;
  const [, language = '', rest = ''] = match;
  const lower = language.toLowerCase();
  if (lower === 'und' || lower === 'zxx' || lower === 'mul') return null;
  const subtags = rest.split(/[-_]/).slice(1).map(subtagCase);
  return [WITHDRAWN.get(lower) ?? lower, ...subtags].join('-');
}

/** Script in title case, region in upper case, the rest in lower case (RFC 5646 §2.1.1). */
function subtagCase(subtag: string): string {
  const lower = subtag.toLowerCase();
  if (/^[a-z]{2}$/.test(lower)) return lower.toUpperCase();
  return /^[a-z]{4}$/.test(lower) ? lower.charAt(0).toUpperCase() + lower.slice(1) : lower;
}

/**
 * Guesses the language of a title or summary. A script that only one language uses decides alone; otherwise the language
 * with the most common words wins, if it leads clearly.
 *
 * @returns null if unsure; often for closely related languages (Norwegian and Danish, Serbian and Croatian)
 */
export function guessLanguage(text: string): LanguageTag | null {
  const sample = text.slice(0, GUESS_UNITS_MAX);
  const script = dominantScript(sample);
  if (script === null) return null;
  const candidates = wordsOf(script);
  return candidates === undefined ? script : byWords(sample, candidates);
}

/** The name of a script with word lists, else the only language that uses the script; null: no script dominates. */
function dominantScript(text: string): string | null {
  const counts = new Map<string, number>();
  let letters = 0;
  for (let i = 0; i < text.length; i++) {
    const script = scriptOf(text.charCodeAt(i));
    if (script === null) continue;
    letters += 1;
    counts.set(script, (counts.get(script) ?? 0) + 1);
  }
  // Japanese and Korean texts contain Han characters: a few of their own characters decide.
  const han = counts.get('zh') ?? 0;
  for (const own of ['ja', 'ko']) {
    const count = counts.get(own) ?? 0;
    if (count > 0 && count * 8 >= han) counts.set(own, count + han);
  }
  let best: string | null = null;
  for (const [script, count] of counts) {
    if (count * 2 > letters && (best === null || count > (counts.get(best) ?? 0))) best = script;
  }
  return letters < 4 ? null : best;
}

/** null: not a letter of a known script. */
function scriptOf(unit: number): string | null {
  if (unit < 0x41) return null;
  for (const [from, to, script] of SCRIPTS) {
    if (unit < from) return null;
    if (unit <= to) return script;
  }
  return null;
}

/** A word counts more if fewer languages share it. */
function byWords(text: string, candidates: ReadonlyMap<string, readonly string[]>): LanguageTag | null {
  const scores = new Map<string, number>();
  for (const word of text.toLowerCase().split(/[^\p{L}\p{M}]+/u)) {
    const languages = candidates.get(word) ?? [];
    for (const language of languages)
      scores.set(language, (scores.get(language) ?? 0) + 1 / languages.length);
  }
  const [first, second] = [...scores].sort(([, a], [, b]) => b - a);
  if (first === undefined || first[1] < SCORE_MIN) return null;
  return first[1] - (second?.[1] ?? 0) >= LEAD_MIN ? first[0] : null;
}
