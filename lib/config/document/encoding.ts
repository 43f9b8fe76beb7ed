/** A configuration document is UTF-8: its bytes as text, or the place of the first byte that is none. */
import type { ConfigProblem } from '../../model/config.ts';
import { lineStartsOf, problemAt } from '../../rule/problem.ts';

export interface DecodedDocument {
  /** Without a byte order mark; what is no UTF-8 is U+FFFD. */
  readonly source: string;
  /** null: all of it is UTF-8. */
  readonly problem: ConfigProblem | null;
}

export function decodeDocument(bytes: Uint8Array): DecodedDocument {
  const source = new TextDecoder().decode(bytes);
  if (isUtf8(bytes)) return { source, problem: null };
  const good = textBeforeFault(bytes);
  const at = new TextEncoder().encode(good).length;
  const byte = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  const offset = good.replace(/^\ufeff/u, '').length;
  const problem = problemAt(
    { lineStarts: lineStartsOf(source), byPath: {} },
    '',
    { offset, length: 1 },
    {
      code: 'E_ENCODING',
      message: `the byte 0x${byte} here is not UTF-8`,
      hint: 'save the file as UTF-8',
    },
  );
  return { source, problem };
}

/** Decoders tell that there is a fault, not where: the longest opening without one is looked for by halves. */
function textBeforeFault(bytes: Uint8Array): string {
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isUtf8(bytes.subarray(0, middle), true)) good = middle;
    else bad = middle;
  }
  // A character that is cut off by the end of this is left out.
  return decoder().decode(bytes.subarray(0, good), { stream: true });
}

/** @param cut whether it may end within a character */
function isUtf8(bytes: Uint8Array, cut = false): boolean {
  try {
    decoder().decode(bytes, { stream: cut });
    return true;
  } catch {
    // Outcome: a byte that is no UTF-8.
    return false;
  }
}

const decoder = (): TextDecoder => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
