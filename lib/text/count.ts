/** Numbers in English sentences. */

const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });

/** `12,000`: English digits and separators, at most two decimals. */
export function numberOf(value: number): string {
  return numbers.format(value);
}

/** `2 publishers`, `1 publisher`, `0 entries`. */
export function counted(count: number, noun: string, nouns = `${noun}s`): string {
  return `${numberOf(count)} ${count === 1 ? noun : nouns}`;
}
