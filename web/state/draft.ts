/**
 * A document that is being written, kept in this browser until it is saved: through a reload, a lost line, a slip of a key.
 * Only what differs from the version it was made of is kept, so that a large document costs no more than a small one.
 */

export interface Draft {
  /** Of the version it was made of; null: there was none. */
  readonly hash: string | null;
  readonly from: number;
  /** Units at the end that are as they were. */
  readonly tail: number;
  readonly middle: string;
  /** ms since 1970. */
  readonly at: number;
}

const KEY = 'vigie.draft';

export function draftOf(
  base: { readonly source: string; readonly hash: string } | null,
  text: string,
  at: number,
): Draft {
  const source = base?.source ?? '';
  const shortest = Math.min(source.length, text.length);
  let from = 0;
  while (from < shortest && source.charCodeAt(from) === text.charCodeAt(from)) from++;
  let tail = 0;
  while (
    tail < shortest - from &&
    source.charCodeAt(source.length - 1 - tail) === text.charCodeAt(text.length - 1 - tail)
  )
    tail++;
  return { hash: base?.hash ?? null, from, tail, middle: text.slice(from, text.length - tail), at };
}

/** @param source the version that the draft was made of */
export function textOf({ from, tail, middle }: Draft, source: string): string {
  return source.slice(0, from) + middle + source.slice(source.length - tail);
}

/** @returns false: this browser keeps nothing */
export function keepDraft(draft: Draft | null): boolean {
  try {
    if (draft === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(draft));
    return true;
  } catch {
    // Outcome: storage is off, or full.
    return false;
  }
}

export function keptDraft(): Draft | null {
  try {
    const value = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<Draft> | null;
    if (value === null || typeof value.middle !== 'string') return null;
    const { hash = null, from = 0, tail = 0, middle, at = 0 } = value;
    return { hash, from, tail, middle, at };
  } catch {
    // Outcome: no storage, or something else wrote there.
    return null;
  }
}
