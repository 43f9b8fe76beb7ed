import { describe, expect, test } from 'vitest';
import { Folded, foldText } from '../../../lib/text/fold.ts';
import { FOLD, foldTable } from '../../../lib/text/fold-table.ts';
import fc from '../../property.ts';

interface Case {
  readonly name: string;
  readonly text: string;
  readonly folded: string;
}

const CASES: Case[] = [
  { name: 'case', text: 'TROOPS', folded: 'troops' },
  { name: 'accents', text: 'Déployés à Koursk', folded: 'deployes a koursk' },
  { name: 'accents as marks (NFD)', text: 'De\u0301ploye\u0301s', folded: 'deployes' },
  { name: 'letters that Unicode does not decompose', text: 'ß æ ø ł đ þ œ', folded: 'ss ae o l d th oe' },
  { name: 'Turkish dotted and dotless i', text: 'İstanbul ISPARTA ısı', folded: 'istanbul isparta isi' },
  { name: 'full width', text: 'ＮＡＴＯ１２', folded: 'nato12' },
  { name: 'half-width kana with voice mark', text: 'ｶﾞｰﾄﾞ', folded: 'ガード' },
  { name: 'kana with combining dakuten', text: 'か\u3099', folded: 'が' },
  { name: 'final sigma', text: 'ΣΤΡΑΤΌΣ στρατός', folded: 'στρατοσ στρατοσ' },
  { name: 'ё is е, й is its own letter', text: 'Ёлка й', folded: 'елка й' },
  { name: 'й and ї as marks (NFD)', text: 'и\u0306 і\u0308 е\u0308', folded: 'й ї е' },
  { name: 'Hangul as jamo (NFD)', text: '북한군'.normalize('NFD'), folded: '북한군' },
  { name: 'harakat and tatweel', text: 'جُنُودٌ قـــوات', folded: 'جنود قوات' },
  { name: 'alef, yeh, kaf and teh marbuta', text: 'أإآ ى ی ک ة', folded: 'ااا ي ي ك ه' },
  { name: 'niqqud', text: 'חַיָּל', folded: 'חיל' },
  { name: 'Thai vowels stay', text: 'เกาหลีเหนือ', folded: 'เกาหลีเหนือ' },
  { name: 'Hindi vowels stay', text: 'सैनिक', folded: 'सैनिक' },
  { name: 'digits of any script', text: '١٢ १२ １２', folded: '12 12 12' },
  { name: 'invisible characters', text: 'so\u00adl\u200bd\u200eier', folded: 'soldier' },
  { name: 'separators collapse', text: '  nord—coréen,  «x» ', folded: 'nord coreen x' },
  { name: 'a sentence end is another separator', text: 'One. Two! 三。四', folded: 'one\ntwo\n三\n四' },
  {
    name: 'a point inside a number or an initial ends nothing',
    text: '3.5 U.S. troops',
    folded: '3 5 u s troops',
  },
  { name: 'emoji separate', text: 'a🚀b', folded: 'a b' },
  { name: 'mathematical letters are letters', text: '𝐍𝐊', folded: 'nk' },
  { name: 'Hebrew letters with points in one character', text: '\ufb2c\ufb35', folded: 'שו' },
  { name: 'ligatures', text: 'ﬁlm', folded: 'film' },
];

test.each(CASES)('$name', ({ text, folded }) => {
  expect(foldText(text)).toBe(folded);
});

describe('for any text', () => {
  const texts = fc.string({ unit: 'binary', maxLength: 60 });

  test('folding twice is folding once', () => {
    // A sentence end is written as a newline, which in a source is a blank like others.
    const plain = (text: string) => foldText(text).replaceAll('\n', ' ');
    fc.assert(fc.property(texts, (text) => plain(plain(text)) === plain(text)));
  });
  test('every folded unit points into the source, in order', () => {
    const folded = new Folded();
    fc.assert(
      fc.property(texts, (text) => {
        folded.clear();
        const first = folded.append(text, 0);
        let last = 0;
        for (let at = first; at < folded.length; at++) {
          expect(folded.from[at]).toBeGreaterThanOrEqual(0);
          expect(folded.to[at]).toBeLessThanOrEqual(text.length);
          expect(folded.from[at]).toBeLessThanOrEqual(folded.to[at]!);
          expect(folded.from[at]).toBeGreaterThanOrEqual(last);
          last = folded.from[at]!;
        }
      }),
    );
  });
  test('a word is what its offsets cut out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
        const folded = new Folded();
        folded.clear();
        folded.append(`x ${text}`, 0);
        const end = folded.length - 1;
        const source = `x ${text}`.slice(folded.from[1]!, folded.to[end - 1]!);
        expect(foldText(source)).toBe(foldText(`x ${text}`));
      }),
    );
  });
});

test('the table has no value without meaning', () => {
  const { fold, expansions } = foldTable();
  for (let unit = 0; unit < 0x10000; unit++) {
    if (fold[unit] === FOLD.expand) expect(expansions.has(unit)).toBe(true);
  }
});
