/** Keys and values of the language whose feature is not built yet: refused by name, never ignored. */

const KEYS: readonly { readonly path: RegExp; readonly keys: ReadonlySet<string> }[] = [
  { path: /^rules\[\d+\]$/u, keys: new Set(['confirm']) },
  { path: /^rules\[\d+\]\.notify$/u, keys: new Set(['group_by', 'group_wait', 'quiet', 'digest', 'repeat']) },
];
const DEVELOPMENTS = new Set(['confirmed', 'language', 'figure', 'closed']);
/** Asked for elsewhere; until they have a kind of their own, a `webhook` with a template reaches them. */
const CHANNEL_KINDS = new Set(['pushover', 'gotify', 'rocketchat', 'zulip', 'opsgenie', 'signal', 'sms']);

export function isPlannedKey(parentPath: string, key: string): boolean {
  return KEYS.some((entry) => entry.path.test(parentPath) && entry.keys.has(key));
}

export function isPlannedDevelopment(kind: string): boolean {
  return DEVELOPMENTS.has(kind);
}

export function isPlannedChannelKind(kind: unknown): boolean {
  return typeof kind === 'string' && CHANNEL_KINDS.has(kind);
}
