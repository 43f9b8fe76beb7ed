/** Keys and values that are gone: an error in a new document that names what to write, understood in a stored one. */

interface OldKey {
  /** Path of the mapping that contains the key. */
  readonly path: RegExp;
  readonly key: string;
  /** Its new name; null: it is gone. */
  readonly now: string | null;
  readonly hint: string;
}

interface OldValue extends OldKey {
  readonly value: string;
  /** What had the same effect. */
  readonly now: string;
}

const OLD_KEYS: readonly OldKey[] = [
  { path: /^rules\[\d+\]$/u, key: 'rehearsal', now: 'test_mode', hint: 'write test_mode' },
  {
    path: /^rules\[\d+\]\.confirm$/u,
    key: 'same',
    now: null,
    hint: 'remove it: the reports of one story confirm each other',
  },
];
const OLD_VALUES: readonly OldValue[] = [
  {
    path: /^rules\[\d+\]\.notify$/u,
    key: 'group_by',
    value: 'rule',
    now: 'story',
    hint: 'write group_by: story, which does the same',
  },
];

/** What became of a key; null: it is not an old one. */
export function oldKey(parentPath: string, key: string): Pick<OldKey, 'now' | 'hint'> | null {
  return OLD_KEYS.find((one) => one.key === key && one.path.test(parentPath)) ?? null;
}

/** What to write instead of an old value of a key; null: it is not an old one. */
export function hintForOldValue(parentPath: string, key: string, value: unknown): string | null {
  return oldValue(parentPath, key, value)?.hint ?? null;
}

function oldValue(parentPath: string, key: string, value: unknown): OldValue | null {
  return (
    OLD_VALUES.find((one) => one.key === key && one.value === value && one.path.test(parentPath)) ?? null
  );
}

/**
 * A version that an older release saved stays in force, whatever its keys are called today.
 *
 * @param value of a stored document, as YAML gives it
 * @returns the same with today's keys and values; of a key under both names, the new one is kept
 */
export function withoutOldKeys(value: unknown, path = ''): unknown {
  if (Array.isArray(value)) return value.map((item, at) => withoutOldKeys(item, `${path}[${at}]`));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, item]) => {
    const old = oldKey(path, key);
    if (old !== null && (old.now === null || old.now in value)) return [];
    const now = oldValue(path, key, item)?.now ?? item;
    return [[old?.now ?? key, withoutOldKeys(now, path === '' ? key : `${path}.${key}`)]];
  });
  return Object.fromEntries(entries);
}
