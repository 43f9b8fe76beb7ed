/** What a reader of a message sees: text, links, and what is called. Strict: what a platform could read otherwise is refused. */

export interface Piece {
  readonly text: string;
  readonly strong: boolean;
  readonly href: string | null;
}

/** The message is not what its author meant: markup broke out of feed text, or something is not well formed. */
export class SyntaxFault extends Error {
  override readonly name = 'SyntaxFault';
}

export function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}

/** Neighbours in one style are one piece. */
export function joined(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    if (piece.text === '') continue;
    if (last !== undefined && last.strong === piece.strong && last.href === piece.href)
      out[out.length - 1] = { ...last, text: last.text + piece.text };
    else out.push(piece);
  }
  return out;
}
