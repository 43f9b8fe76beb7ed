/** Keys of the configuration that have a new name: refused with it in what is saved, understood in what is stored. */

interface RenamedKey {
  /** Place of the mapping that holds the key. */
  readonly path: RegExp;
  readonly old: string;
  readonly now: string;
}

const RENAMED_KEYS: readonly RenamedKey[] = [{ path: /^rules\[\d+\]$/u, old: 'rehearsal', now: 'test_mode' }];

/** @returns the new name of a key; null: it was not renamed */
export function newNameOf(parentPath: string, key: string): string | null {
  return RENAMED_KEYS.find(({ path, old }) => old === key && path.test(parentPath))?.now ?? null;
}

/**
 * A version in force was saved by an older release: it stays in force, whatever its keys are called today.
 *
 * @param value of a document, as YAML gives it
 * @returns the same with today's names; a key that has both names keeps the new one
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
