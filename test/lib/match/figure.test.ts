import { expect, test } from 'vitest';
import { readFigures } from '../../../lib/match/figure/figure.ts';
import fc from '../../property.ts';

/** Text, its language, the figures in it; `~` marks an approximate one. */
const CASES: readonly (readonly [string, string | null, string])[] = [
  ['1,500 troops', 'en', '1500'],
  ['1 500 soldats', 'fr', '1500'],
  ['12.000 Soldaten', 'de', '12000'],
  ['3.500 soldiers', 'en', '3.5'],
  ['10-12 thousand men', 'en', '10000 12000'],
  ['tens of thousands of soldiers', 'en', '20000~'],
  ['북한군 1만2천명', 'ko', '12000'],
  ['1万2千人', 'ja', '12000'],
  ['1.2万', 'zh', '12000'],
  ['약 만 2천명', 'ko', '12000'],
  ['一万两千名士兵', 'zh', '12000'],
  ['수천 명', 'ko', ''],
  ['십만 명', 'ko', '100000'],
  ['10 тыс. солдат', 'ru', '10000'],
  ['12 тисяч', 'uk', '12000'],
  ['12 bin asker', 'tr', '12000'],
  ['10 آلاف جندي', 'ar', '10000'],
  ['١٢٠٠٠ جندي', 'ar', '12000'],
  ['10,000 חיילים', 'he', '10000'],
  ['50% of troops', 'en', ''],
  ['In 2024 North Korean soldiers', 'en', ''],
  ['2000 soldiers', 'en', '2000'],
  ['$10 million', 'en', ''],
  ['12 October', 'en', ''],
  ['14:30', 'en', ''],
  ['T-72 tanks', 'en', ''],
  ['38th parallel', 'en', ''],
  ['1.2 million', 'en', '1200000'],
  ['12 000 військових', 'uk', '12000'],
  ['полторы тысячи спецназовцев', 'ru', '1500'],
  ['ten thousand troops', 'en', '10000'],
  ['1,234.5', 'en', '1234.5'],
  ['12.10.2024', 'de', ''],
  ['1万人超', 'ja', '10000'],
  ['12,000 นาย', 'th', '12000'],
  ['1.2 หมื่นนาย', 'th', '12000'],
  ['10 हजार सैनिक', 'hi', '10000'],
  ['1,00,000', 'hi', '100000'],
  ['10.000 binh sĩ', 'vi', '10000'],
  ['mười nghìn binh sĩ', 'vi', '10000'],
  ['hai triệu người', 'vi', '2000000'],
  ['Triều Tiên đưa binh sĩ sang Nga', 'vi', ''],
  ['binh sĩ Việt Nam', 'vi', ''],
  ['三十八度線', 'ja', ''],
  ['10月12日', 'ja', ''],
  ['12.000', null, '12000~'],
  ['3000多名', 'zh', '3000'],
  ['３０００人', 'ja', '3000'],
  ['1만 2,000명', 'ko', '12000'],
  ['1万1000人', 'zh', '11000'],
  ['8천명', 'ko', '8000'],
  ['10k troops', 'en', '10000'],
  ['600 killed', 'en', '600'],
  ['10 to 12 thousand', 'en', '10000 12000'],
  ['Su-35 and M23', 'en', ''],
  ['제1군단', 'ko', ''],
  ['第3旅团', 'zh', ''],
  ['数万兵士', 'ja', '20000~'],
  ['ages 18-27', 'en', '18 27'],
  ['30%', 'ko', ''],
  ['1,500명', 'ko', '1500'],
  ['de 10 à 12 mille hommes', 'fr', '10000 12000'],
  ['einige Zehntausende Soldaten', 'de', '20000~'],
  ['1’500 Soldaten', 'de', '1500'],
];

test.each(CASES)('%s (%s): %s', (text, lang, figures) => {
  const found = readFigures(text, lang).map(({ value, approximate }) => `${value}${approximate ? '~' : ''}`);
  expect(found.join(' ')).toBe(figures);
});

test('a figure is where it says, and figures do not overlap', () => {
  const parts = [
    '1',
    '2,5',
    '000',
    ' ',
    '.',
    ',',
    '万',
    '千',
    '만',
    'thousand',
    'тыс',
    '-',
    '%',
    '年',
    '٣',
    'ten ',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 20 }), (words) => {
      const text = words.join('');
      let last = 0;
      for (const { start, end, value } of readFigures(text, null)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(Number.isFinite(value)).toBe(true);
        last = end;
      }
    }),
  );
});
