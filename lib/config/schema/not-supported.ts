/** Keys and values that are reserved for planned features: refused by name, never ignored. */

const KEYS: readonly { readonly path: RegExp; readonly keys: ReadonlySet<string> }[] = [];
/** Kinds that other tools offer; until they have a kind here, a `webhook` with a template can reach them. */
const CHANNEL_KINDS = new Set(['pushover', 'gotify', 'rocketchat', 'zulip', 'opsgenie', 'signal', 'sms']);

export function isPlannedKey(parentPath: string, key: string): boolean {
  return KEYS.some((entry) => entry.path.test(parentPath) && entry.keys.has(key));
}

export function isPlannedChannelKind(kind: unknown): boolean {
  return typeof kind === 'string' && CHANNEL_KINDS.has(kind);
}
