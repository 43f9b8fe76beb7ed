import { expect, test } from 'vitest';
import { RulesFormatError } from '../../../lib/match/format.ts';
import { FOLD_HASH, loadRules, ruleIds } from '../../../lib/match/run/load.ts';
import { matchEntry } from '../../../lib/match/run/match.ts';
import { compiled, documentOf, textEntry } from './rules.ts';

const binary = compiled(documentOf('word OR *other')).binary!;

/** @returns the reason for which the bytes are refused */
function refusal(bytes: Uint8Array): string {
  try {
    loadRules(bytes);
  } catch (error) {
    if (error instanceof RulesFormatError) return error.reason;
    throw error;
  }
  return 'none';
}

function changed(offset: number, value: number): Uint8Array {
  const bytes = binary.slice();
  bytes[offset] = value;
  return bytes;
}

test('another magic, a short buffer and a section outside are corrupt', () => {
  expect(refusal(changed(0, 0))).toBe('corrupt');
  expect(refusal(binary.slice(0, 20))).toBe('corrupt');
  expect(refusal(binary.slice(0, binary.length - 64))).toBe('corrupt');
});

test('another version and another folding table are stale', () => {
  expect(refusal(changed(4, 99))).toBe('stale');
  expect(refusal(changed(8, binary[8]! ^ 1))).toBe('stale');
});

test('rules load from any offset of a larger buffer', () => {
  for (const offset of [0, 1, 4, 8]) {
    const whole = new Uint8Array(binary.length + 16);
    whole.set(binary, offset);
    const rules = loadRules(whole.subarray(offset, offset + binary.length));
    expect(ruleIds(rules)).toEqual(['r']);
    expect(matchEntry(rules, textEntry('words and others'))).toHaveLength(0);
    expect(matchEntry(rules, textEntry('a word'))).toHaveLength(1);
    expect(matchEntry(rules, textEntry('another'))).toHaveLength(1);
  }
});

test('the fold hash names 64 bits', () => {
  expect(FOLD_HASH).toMatch(/^[0-9a-f]{16}$/u);
});
