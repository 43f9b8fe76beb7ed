/** Where the archive is kept in this browser, and how it goes. */

export const DATABASE = 'vigie-archive';
export const PAGES = 'pages';

/** For whoever signs out: nothing that was read stays. */
export function forgetArchive(): void {
  try {
    indexedDB.deleteDatabase(DATABASE);
  } catch {
    // Outcome: this browser keeps nothing anyway.
  }
}
