/** Two events of one kind, hours apart, are two stories; one event in other words, with other details, stays one. */
import { expect, test } from 'vitest';
import { replayStories } from '../../../lib/story/replay.ts';
import { bundleOf, entryOf } from '../../eval/cases.ts';

const bundle = await bundleOf('test/eval/pairs.yaml');
const AT = Date.UTC(2025, 2, 4, 9);

/** How many stories two reports ten minutes apart become; `copies` beside it. */
function storiesOf(a: string, b: string, lang = 'en'): number {
  const entries = [a, b].map((text, n) => {
    const [title = '', summary = ''] = text.split(' | ');
    return entryOf(
      { id: `e${n}`, lang, title, summary },
      { publisher: `Paper ${n}`, published: AT + n * 600_000 },
    );
  });
  const told = replayStories(bundle, entries).filter(({ story }) => story.count > 0);
  const [rule] = told.map(({ story }) => story.rule);
  return told.filter(({ story }) => story.rule === rule).length;
}

test.each([
  [
    'other ports, other tolls',
    '12 dead as ferry capsizes near Cebu | The Philippine coast guard searched for survivors after a ferry capsized near Cebu.',
    'Ferry capsizes off Batangas, 34 dead | A passenger ferry capsized off Batangas in the Philippines on Wednesday; 34 people are dead, the coast guard said.',
    2,
  ],
  [
    'one form of words, tolls in words',
    'Air strike on Kharkiv kills seven | A Russian air strike on Kharkiv killed seven people overnight, the regional governor said.',
    'Air strike on Poltava kills three | A Russian air strike on Poltava killed three people overnight, the regional governor said.',
    2,
  ],
  [
    'one port in other words, with other numbers beside the toll',
    'Ferry capsizes off Batangas, 34 dead | A passenger ferry capsized off Batangas on Wednesday; 34 people are dead, the coast guard said.',
    'Batangas ferry accident kills 34 | The ferry with 120 on board capsized off Batangas in high waves, the coast guard said.',
    1,
  ],
  [
    'one headline with a desk before it and a paper behind it',
    'Ferry capsizes off Batangas, 34 dead',
    'LIVE: Ferry capsizes off Batangas, 34 dead - Manila Courier',
    1,
  ],
])('%s', (_, a, b, stories) => {
  expect(storiesOf(a, b)).toBe(stories);
  expect(storiesOf(b, a)).toBe(stories);
});

test.each(['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'])(
  'both on a %s: a day is no place',
  (day) => {
    const form = (city: string, toll: string) =>
      `Air strike on ${city} kills ${toll} | An air strike on ${city} killed ${toll} people on ${day} in March, the governor said.`;
    expect(storiesOf(form('Kharkiv', 'seven'), form('Poltava', 'three'))).toBe(2);
  },
);

test('inflection does not hide a name', () => {
  expect(
    storiesOf(
      'Обстрел Белгорода: погибли пять человек | В городе горят дома, 12 человек ранены.',
      'Взрывы в Белгороде: погибших семь | Губернатор объявил траур в среду, ранены 15 человек.',
      'ru',
    ),
  ).toBe(1);
});
