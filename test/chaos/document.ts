/** Configurations of the rig: JSON is YAML. */
import type { Wanted } from './checker.ts';

interface FeedPart {
  readonly id: string;
  readonly url: string;
}

/** Feeds as the configuration lists them. */
export function feedsOf(feeds: readonly FeedPart[], more: object = {}): object[] {
  return feeds.map(({ id, url }) => ({ id, url, every: '5m', ...more }));
}

/** `per_hour` at its highest: budgets are a scenario of their own. */
export function ruleOf(id: string, query: string, to: readonly string[], more: object = {}): object {
  return {
    id,
    title: `Rule ${id}`,
    severity: 'high',
    query,
    notify: { to, group_by: 'none', per_hour: 1000, ...more },
  };
}

/** The usual rule: everything that says “storm”. */
export function stormRule(to: readonly string[], more: object = {}): object {
  return ruleOf('storms', 'storm*', to, more);
}

export function stormWanted(channels: readonly string[]): Wanted {
  return { rule: 'storms', channels, matches: (title) => title.startsWith('storm') };
}

/** Signed, so that the receiver sees the sender's clock. 32 bytes that anybody may know. */
export const SECRET = `whsec_${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`;

export function hooksOf(names: readonly string[], hook: (name: string) => string): object {
  return Object.fromEntries(
    names.map((name) => [name, { kind: 'webhook', url: hook(name), secret: SECRET }]),
  );
}
