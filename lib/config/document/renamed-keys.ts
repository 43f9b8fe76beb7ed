/** Renamed configuration keys: an error in a new document, accepted in a stored one. */

interface RenamedKey {
  /** Path of the mapping that contains the key. */
  readonly path: RegExp;
  readonly old: string;
  readonly now: string;
}

/** All renamed keys, oldest first. */
const RENAMED_KEYS: readonly RenamedKey[] = [{ path: /^rules\[\d+\]$/u, old: 'rehearsal', now: 'test_mode' }];

/** @returns the new name of a key; null: it was not renamed */
export function newNameOf(parentPath: string, key: string): string | null {
  return RENAMED_KEYS.find(({ path, old }) => old === key && path.test(parentPath))?.now ?? null;
}

/**
 * Renames old keys of a stored document: a version that an older release saved stays in force.
 *
 * @param value of a document, as YAML gives it
 * @returns the same value with today's names; of a key under both names, the new one is kept
 */
export function withNewNames(value: unknown, path = ''): unknown {
  if (Array.isArray(value)) return value.map((item, at) => withNewNames(item, `${path}[${at}]`));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, item]) => {
    const now = newNameOf(path, key);
    if (now !== null && now in value) return [];
    return [[now ?? key, withNewNames(item, path === '' ? key : `${path}.${key}`)]];
  });
  return Object.fromEntries(entries);
}
