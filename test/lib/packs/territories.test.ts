/** Every territory of the world is found by its names, in every language of the news; none is taken for another. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { matchEntry } from '../../../lib/match/run/match.ts';
import { packLists } from '../../../lib/packs/packs.ts';
import { NAME_LANGUAGES, namesOf } from '../../../scripts/generate-territories.ts';
import { rulesOf, textEntry } from '../match/rules.ts';

const countries = packLists('countries').filter((list) => list.country !== null);
/** The two Congos share their short name in many languages, the halves of Saint Martin and of the Virgin Islands in some. */
const NAMESAKES = new Set([
  'congo-brazzaville',
  'dr-congo',
  'st-martin',
  'sint-maarten',
  'u-s-virgin-islands',
  'british-virgin-islands',
  'samoa',
]);
const byHand = new Set(
  Object.keys((parse(readFileSync('lib/packs/countries.yaml', 'utf8')) as { entities: object }).entities),
);
const rules = rulesOf(
  `version: 1\nfeeds: [{ url: https://example.org/ }]\nuse: [countries]\nrules:\n${countries
    .map(({ id }) => `  - { id: ${id}, query: "@${id}" }`)
    .join('\n')}\n`,
);
const found = (text: string) => matchEntry(rules, textEntry(text)).map(({ rule }) => rule);

test('all territories of ISO 3166-1 are there, each once', () => {
  const codes = countries.map(({ country }) => country);
  expect(codes.length).toBe(new Set(codes).size);
  // Mali and Niger are described by hand without a code.
  expect(codes.length).toBeGreaterThanOrEqual(247);
});

test('names come in 44 languages or more', () => {
  expect(NAME_LANGUAGES.length).toBeGreaterThanOrEqual(44);
});

describe.each(NAME_LANGUAGES.map((lang) => ({ lang })))('in $lang', ({ lang }) => {
  test('nine names in ten find their territory', () => {
    const missed = countries.filter(({ id, country }) => {
      const name = (namesOf(country ?? '', lang)[0] ?? '').replaceAll(/\*\d/gu, '');
      return name !== '' && !found(name).includes(id);
    });
    expect(missed.length, missed.map(({ id }) => id).join(' ')).toBeLessThanOrEqual(countries.length / 10);
  });
  test('a name finds no other territory', () => {
    const wrong = countries.flatMap(({ id, country }) => {
      const name = (namesOf(country ?? '', lang)[0] ?? '').replaceAll(/\*\d/gu, '');
      return found(name)
        .filter((other) => other !== id && !byHand.has(other) && !NAMESAKES.has(other))
        .map((other) => `${name}: ${other}`);
    });
    expect(wrong).toEqual([]);
  });
});

test.each([
  ['В Австрии выборы', 'austria'],
  ['Из Гвинеи с любовью', 'guinea'],
  ['выступил в Чехии', 'czechia'],
  ['v Rakousku', 'austria'],
  ['w Norwegii', 'norway'],
  ['у Нідерландах', 'netherlands'],
  ['Norveç’in açıklaması', 'norway'],
  ['Sveitsissä ja Norjassa', 'norway'],
  ['στην Ολλανδία', 'netherlands'],
  ['مصر تعلن', 'egypt'],
  ['泰国大选', 'thailand'],
  ['タイ政府は', 'thailand'],
  ['オランダ政府', 'netherlands'],
  ['네덜란드 정부', 'netherlands'],
  ['Misri na Kenya', 'egypt'],
])('%s: %s', (text, id) => {
  expect(found(text)).toContain(id);
});

test.each([
  ['タイトルとタイムライン', 'thailand'],
  ['오만한 태도', 'oman'],
  ['He chaired the jordan almonds and jersey shirts meeting', 'jordan'],
  ['Nigeria votes', 'niger'],
  ['Papua New Guinea votes', 'guinea'],
  ['a guinea pig', 'guinea'],
])('%s: not %s', (text, id) => {
  expect(found(text)).not.toContain(id);
});
