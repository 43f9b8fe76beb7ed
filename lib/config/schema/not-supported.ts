/** Keys and values of the language whose feature is not built yet: refused by name, never ignored. */

const KEYS: readonly { readonly path: RegExp; readonly keys: ReadonlySet<string> }[] = [];
/** Asked for elsewhere; until they have a kind of their own, a `webhook` with a template reaches them. */
const CHANNEL_KINDS = new Set(['pushover', 'gotify', 'rocketchat', 'zulip', 'opsgenie', 'signal', 'sms']);

export function isPlannedKey(parentPath: string, key: string): boolean {
  return KEYS.some((entry) => entry.path.test(parentPath) && entry.keys.has(key));
}

export function isPlannedChannelKind(kind: unknown): boolean {
  return typeof kind === 'string' && CHANNEL_KINDS.has(kind);
}
