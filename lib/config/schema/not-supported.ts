/** Keys and values that are reserved for planned features: refused by name, never ignored. */

const KEYS: readonly { readonly path: RegExp; readonly keys: ReadonlySet<string> }[] = [];
/** Kinds that other tools offer; until they have a kind here, a `webhook` with a template can reach them. */
const CHANNEL_KINDS = new Set(['pushover', 'gotify', 'rocketchat', 'zulip', 'opsgenie', 'signal', 'sms']);

/** Whether the key is reserved for a planned feature in the mapping at this path. */
export function isPlannedKey(parentPath: string, key: string): boolean {
  return KEYS.some((entry) => entry.path.test(parentPath) && entry.keys.has(key));
}

/** Whether the kind is one that other tools offer and that is not built yet. */
export function isPlannedChannelKind(kind: unknown): boolean {
  return typeof kind === 'string' && CHANNEL_KINDS.has(kind);
}
