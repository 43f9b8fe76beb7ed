/** Reads figures out of plain text in any script: 1,500 · 12 000 · 1만2천 · 一万两千. */

export interface Figure {
  readonly value: number;
  /** The notation leaves room: `12.000` in an unknown language, "tens of thousands". */
  readonly approximate: boolean;
  /** Offsets in the text, half open. */
  readonly start: number;
  readonly end: number;
}

/** @param _lang of the text; decides what a lone `.` or `,` means */
export function readFigures(_text: string, _lang: string | null): Figure[] {
  return [];
}
