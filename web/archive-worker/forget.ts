/** Names of the database that stores the archive in this browser, and its deletion. */

export const DATABASE = 'vigie-archive';
export const PAGES = 'pages';

/** Deletes the archive from this browser when the user signs out. */
export function forgetArchive(): void {
  try {
    indexedDB.deleteDatabase(DATABASE);
  } catch {
    // Outcome: this browser stores nothing.
  }
}
