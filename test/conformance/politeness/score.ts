/** From judgements to lines and a score. Pure. */

export interface Verdict {
  readonly id: string;
  readonly title: string;
  readonly hard: boolean;
  /** null: as it should be. */
  readonly reason: string | null;
}

/** What politeness has checks for here: P01 to P38. */
export const CHECKS = 38;

export function lineOf({ id, title, hard, reason }: Verdict): string {
  const name = `${id}${hard ? ' (hard)' : ''}`;
  return reason === null ? `${name} ok ${title}` : `${name} FAIL ${title}: ${reason}`;
}

/** A check without a scenario counts as failed. One hard failure caps the score at half. */
export function scoreOf(verdicts: readonly Verdict[]): { passed: number; percent: number; line: string } {
  const failed = verdicts.filter(({ reason }) => reason !== null);
  const passed = new Set(verdicts.map(({ id }) => id)).size - new Set(failed.map(({ id }) => id)).size;
  const full = (100 * passed) / CHECKS;
  const capped = failed.some(({ hard }) => hard);
  const percent = Math.round(capped ? Math.min(full, 50) : full);
  const note = capped ? `, capped at 50 % by ${failed.filter(({ hard }) => hard).map(({ id }) => id)}` : '';
  return { passed, percent, line: `${passed}/${CHECKS} (${percent} %${note})` };
}
