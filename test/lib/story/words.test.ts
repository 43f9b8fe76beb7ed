/** When one text is a copy of another, and when it only looks like it. */

import { describe, expect, test } from 'vitest';
import { isNearCopy, jaccard, sharedCount, wordsOf } from '../../../lib/story/words.ts';
import { nameSkeletons } from '../../../lib/text/skeleton.ts';
import fc from '../../property.ts';

const words = (text: string) => ({ ...wordsOf(text, 96), names: nameSkeletons(text, 32) });

describe('a near copy', () => {
  test.each([
    {
      name: 'the same wire, cut and with another headline',
      a: "Seoul: North sent 1,500 special troops. South Korea's spy agency said on Friday that 1,500 North Korean special forces were shipped to Vladivostok aboard Russian landing ships.",
      b: "North Korean special forces in Vladivostok. South Korea's spy agency said on Friday that 1,500 North Korean special forces were shipped to Vladivostok.",
      copy: true,
    },
    {
      name: 'two reports of one event',
      a: 'Zelensky says ten thousand North Koreans are being readied. Speaking in Brussels the president cited his own intelligence services.',
      b: 'Kyiv warns of Pyongyang contingent. In remarks after the summit the Ukrainian leader put their number at ten thousand.',
      copy: false,
    },
    {
      name: 'a form filled in twice',
      a: 'Storm 17 reaches the coast of the northern district',
      b: 'Storm 18 reaches the coast of the northern district',
      copy: false,
    },
    {
      name: 'a form filled in twice, with places',
      a: "Cyberattaque à la mairie de Vannes : les services d'état civil à l'arrêt. Les serveurs ont été coupés par précaution.",
      b: "Cyberattaque à la mairie de Saint-Nazaire : les services d'état civil à l'arrêt. Plusieurs milliers de fichiers seraient chiffrés, l'Anssi est saisie.",
      copy: false,
    },
    {
      name: 'the same in Cyrillic',
      a: 'В Югре загорелся газопровод: факел виден за десятки километров. Подача газа прекращена.',
      b: 'На Ямале загорелся газопровод: факел виден за десятки километров. Авария случилась в Пуровском районе.',
      copy: false,
    },
    {
      name: 'a wire with other names at its head and its end',
      a: 'Seoul, Kim Ji-ho. Special forces were shipped to Vladivostok aboard Russian landing ships last week, the spy service told a committee of parliament on Friday.',
      b: 'Special forces were shipped to Vladivostok aboard Russian landing ships last week, the spy service told a committee of parliament on Friday. By Marta Lind',
      copy: true,
    },
    {
      name: 'a short headline, word for word',
      a: 'Troops land in Vladivostok',
      b: 'TROOPS LAND IN VLADIVOSTOK',
      copy: true,
    },
    {
      name: 'a short headline, one word apart',
      a: 'Troops land in Vladivostok',
      b: 'Troops land in Murmansk',
      copy: false,
    },
    {
      name: 'Chinese, one word apart',
      a: '韩国情报机构称，约一千五百名朝鲜特种兵已乘俄罗斯军舰抵达符拉迪沃斯托克',
      b: '韩国情报部门称，约一千五百名朝鲜特种兵已乘俄罗斯军舰抵达符拉迪沃斯托克',
      copy: true,
    },
    { name: 'nothing and nothing', a: '', b: '', copy: false },
  ])('$name: $copy', ({ a, b, copy }) => {
    expect(isNearCopy(words(a), words(b))).toBe(copy);
    expect(isNearCopy(words(b), words(a))).toBe(copy);
  });

  test('a longer update with a new figure beside the old one still is one', () => {
    const a =
      'Three dead as storm hits the port of Riga on Friday evening, the rescue service of the city says';
    const b = `${a} and 40 hurt`;
    expect(isNearCopy(words(a), words(b))).toBe(true);
  });
});

test('sets are sorted, without doubles, and within the cap', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc.integer({ min: 1, max: 96 }),
      (text, max) => {
        const { words: found } = wordsOf(text, max);
        expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
        // Pairs of one run may come after the cap was looked at: never more than that run.
        expect(found.length).toBeLessThanOrEqual(max);
      },
    ),
  );
});

test('what is shared is what two sets have in common', () => {
  const list = fc.uniqueArray(fc.integer({ min: 0, max: 40 })).map((all) => all.sort((a, b) => a - b));
  fc.assert(
    fc.property(list, list, (a, b) => {
      const both = a.filter((one) => b.includes(one)).length;
      expect(sharedCount(a, b)).toBe(both);
      expect(jaccard(a, b)).toBe(a.length + b.length === 0 ? 0 : both / (a.length + b.length - both));
    }),
  );
});
