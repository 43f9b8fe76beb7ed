/** Encodes text in legacy encodings that publishers still use; the platform can only decode them. */

/** Throws for a character that the encoding does not have. */
export function encodeText(text: string, encoding: string): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  const table = tableOf(encoding);
  const bytes: number[] = [];
  for (const character of text) {
    const code = table.get(character);
    if (code === undefined) throw new Error(`${encoding} has no ${character}`);
    bytes.push(...code);
  }
  return Uint8Array.from(bytes);
}

const tables = new Map<string, ReadonlyMap<string, readonly number[]>>();

/** Bytes of each character, found by decoding every sequence of one or two bytes. */
function tableOf(encoding: string): ReadonlyMap<string, readonly number[]> {
  const known = tables.get(encoding);
  if (known) return known;
  const table = new Map<string, readonly number[]>();
  const decoder = new TextDecoder(encoding, { fatal: true });
  const enter = (bytes: number[]): void => {
    try {
      const text = decoder.decode(Uint8Array.from(bytes));
      if ([...text].length === 1 && !table.has(text)) table.set(text, bytes);
    } catch {
      // Outcome: not a character.
    }
  };
  for (let first = 0; first < 256; first++) enter([first]);
  for (let first = 0x81; first < 256; first++)
    for (let second = 0x40; second < 256; second++) enter([first, second]);
  tables.set(encoding, table);
  return table;
}
