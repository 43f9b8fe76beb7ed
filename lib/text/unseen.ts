/** Characters that are not seen but do something: pages show them by name, and what is copied from a page lacks them. */

/** Marks, embeddings, overrides and isolates of writing direction (UAX #9), and controls that are no white space. */
const UNSEEN =
  /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/gu;
const SPACES = /\s+/gu;

/**
 * A text as somebody types or pastes it: without them, and with one space wherever white space stood. Joiners stay, since
 * Persian and Hindi are written with them.
 */
export function seenText(text: string): string {
  return text.replace(UNSEEN, '').replace(SPACES, ' ').trim();
}
