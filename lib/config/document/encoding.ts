/** Decodes a configuration document, which must be UTF-8 (RFC 3629), and locates the first invalid byte. */
import type { ConfigProblem } from '../../model/config.ts';
import { lineStartsOf, problemAt } from '../../rule/problem.ts';

/** The text of a document and, if it is not valid UTF-8, the problem. */
export interface DecodedDocument {
  /** Without byte order mark; invalid bytes are U+FFFD. */
  readonly source: string;
  /** null: the bytes are valid UTF-8. */
  readonly problem: ConfigProblem | null;
}

/** @returns the text in any case; callers refuse it when `problem` is set */
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
      message: `the byte 0x${byte} is not valid UTF-8`,
      hint: 'save the file as UTF-8',
    },
  );
  return { source, problem };
}

/** The longest valid prefix, found by bisection: decoders report that there is an invalid byte, not where. */
function textBeforeFault(bytes: Uint8Array): string {
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isUtf8(bytes.subarray(0, middle), true)) good = middle;
    else bad = middle;
  }
  // A character that the end of the prefix cuts is left out.
  return decoder().decode(bytes.subarray(0, good), { stream: true });
}

/** @param cut whether the bytes may end within a character */
function isUtf8(bytes: Uint8Array, cut = false): boolean {
  try {
    decoder().decode(bytes, { stream: cut });
    return true;
  } catch {
    // The decoder throws a TypeError for invalid bytes.
    return false;
  }
}

const decoder = (): TextDecoder => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
