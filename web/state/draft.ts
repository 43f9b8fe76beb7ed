/**
 * An unsaved document, stored in this browser: it survives a reload, a lost connection and a closed tab. Only the part
 * that differs from the edited version is stored, so that a large document takes no more space than a small one.
 */

export interface Draft {
  /** Of the version that was edited; null: a first document. */
  readonly hash: string | null;
  /** UTF-16 units at the beginning that are unchanged. */
  readonly from: number;
  /** UTF-16 units at the end that are unchanged. */
  readonly tail: number;
  readonly middle: string;
  /** ms since 1970. */
  readonly at: number;
}

const KEY = 'vigie.draft';

/** @param at ms since 1970 */
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

/** @param source the version that the draft was begun on */
export function textOf({ from, tail, middle }: Draft, source: string): string {
  return source.slice(0, from) + middle + source.slice(source.length - tail);
}

/** Stores the draft, or removes it (null). @returns false: this browser stores nothing */
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

/** The stored draft; null: none, or storage is off. */
export function keptDraft(): Draft | null {
  try {
    const value = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Partial<Draft> | null;
    if (value === null || typeof value.middle !== 'string') return null;
    const { hash = null, from = 0, tail = 0, middle, at = 0 } = value;
    return { hash, from, tail, middle, at };
  } catch {
    // Outcome: no storage, or another program wrote there.
    return null;
  }
}
