/** Keys and values of the language whose feature is not built yet: refused by name, never ignored. */

const KEYS: readonly { readonly path: RegExp; readonly keys: ReadonlySet<string> }[] = [];
const CHANNEL_KINDS = new Set([
  'email',
  'telegram',
  'teams',
  'ntfy',
  'matrix',
  'pushover',
  'mattermost',
  'gotify',
]);

export function isPlannedKey(parentPath: string, key: string): boolean {
  return KEYS.some((entry) => entry.path.test(parentPath) && entry.keys.has(key));
}

export function isPlannedChannelKind(kind: unknown): boolean {
  return typeof kind === 'string' && CHANNEL_KINDS.has(kind);
}
