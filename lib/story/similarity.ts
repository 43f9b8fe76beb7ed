/** Estimates whether two reports of one rule are about the same event, from ids, names, figures, words and time. */

import type { Report } from '../model/story.ts';
import { HOUR_MS } from '../model/time.ts';
import { isElsewhere } from './elsewhere.ts';
import { nameThing, type Rarity } from './rarity.ts';
import { isNearCopy } from './words.ts';

/** Names of the features, in the order of WEIGHTS. */
export const FEATURES = [
  'bias',
  'entities',
  'entitiesBoth',
  'concepts',
  'conceptsBoth',
  'names',
  'namesBoth',
  'figuresAgree',
  'figuresDiffer',
  'sameLanguage',
  'wordsBoth',
  'words',
  'days',
  'hoursNear',
] as const;

/**
 * Logistic regression over pairs of reports at most 72 h apart, fitted by test/eval/fit-stories.ts on the open part of
 * test/cases/story.
 */
const WEIGHTS: readonly number[] = [
  -4.68, 3.59, 1.49, 2.33, 1.61, 0.63, 0, 1.34, -1.26, -1.49, 0.08, 0.14, -4.6, 4.31,
];

/** Values in the order of FEATURES. Words are compared only within one language. */
export function featuresOf(a: Report, b: Report, rarity: Rarity): number[] {
  const entities = rarity.shared(a.facts.entities, b.facts.entities);
  const concepts = rarity.shared(a.facts.concepts, b.facts.concepts);
  const names = rarity.shared(a.facts.names.map(nameThing), b.facts.names.map(nameThing));
  const same = isSameLanguage(a, b);
  const words = same ? rarity.shared(a.facts.words, b.facts.words) : { both: 0, share: 0 };
  const figures = figureAgreement(a, b);
  const hours = Math.abs(a.at - b.at) / HOUR_MS;
  return [
    1,
    entities.share,
    Math.min(entities.both, 3),
    concepts.share,
    Math.min(concepts.both, 3),
    names.share,
    Math.min(names.both, 3),
    Math.max(figures, 0),
    figures < 0 ? 1 : 0,
    same ? 1 : 0,
    same ? Math.min(words.both / 4, 3) : 0,
    same ? words.share * 5 : 0,
    Math.min(hours, 72) / 24,
    Math.exp(-hours / 6),
  ];
}

/** @returns log-odds that both are about one event; ±CERTAIN for near copies and for different events */
export function similarity(a: Report, b: Report, rarity: Rarity): number {
  if (isSameLanguage(a, b) && isElsewhere(a.facts, b.facts)) return -CERTAIN;
  if (isNearCopy(a.facts, b.facts)) return CERTAIN;
  return dot(WEIGHTS, featuresOf(a, b, rarity));
}

/** Log-odds that decide alone. */
const CERTAIN = 10;

/** Scalar product. */
function dot(weights: readonly number[], values: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i]! * values[i]!;
  return sum;
}

/** zh-Hans and zh-Hant use different characters and count as different languages here. */
function isSameLanguage(a: Report, b: Report): boolean {
  return a.lang !== null && b.lang !== null && base(a.lang) === base(b.lang);
}

const base = (lang: string): string => (lang.startsWith('zh-Han') ? lang : (lang.split('-')[0] ?? lang));

/** Figures that differ by at most this share count as equal: publishers round. */
const FIGURE_TOLERANCE = 0.05;

/** Number of figures above ten that both name (at most 2); -1: both count the same thing with different figures. */
function figureAgreement(a: Report, b: Report): number {
  let agree = 0;
  let comparable = false;
  for (const x of a.facts.figures) {
    if (x.value < SMALL_FIGURE) continue;
    for (const y of b.facts.figures) {
      if (y.value < SMALL_FIGURE) continue;
      if (Math.abs(x.value - y.value) <= FIGURE_TOLERANCE * Math.max(x.value, y.value)) agree++;
      else if (x.of === y.of) comparable = true;
    }
  }
  return agree > 0 ? Math.min(agree, 2) : comparable ? -1 : 0;
}

/** Smaller figures are too common. */
const SMALL_FIGURE = 10;
