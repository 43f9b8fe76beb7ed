/** Invisible characters that have an effect: pages show them by name, and text copied from a page lacks them. */

/** Marks, embeddings, overrides and isolates of writing direction (UAX #9), and controls other than white space. */
const UNSEEN =
  /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/gu;
const SPACES = /\s+/gu;

/**
 * A text as a user types or pastes it: without invisible characters, and with single spaces. Joiners stay, because Persian
 * and Hindi need them.
 */
export function seenText(text: string): string {
  return text.replace(UNSEEN, '').replace(SPACES, ' ').trim();
}
