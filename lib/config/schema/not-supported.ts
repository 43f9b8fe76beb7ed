/** Kinds of channels that are not built yet: refused by name, with a way to reach them. */

/** Kinds that other tools offer; until they have a kind here, a `webhook` with a template can reach them. */
const CHANNEL_KINDS = new Set(['pushover', 'gotify', 'rocketchat', 'zulip', 'opsgenie', 'signal', 'sms']);

/** Whether the kind is one that other tools offer and that is not built yet. */
export function isPlannedChannelKind(kind: unknown): boolean {
  return typeof kind === 'string' && CHANNEL_KINDS.has(kind);
}
