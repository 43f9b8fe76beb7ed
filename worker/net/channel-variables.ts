/** Fills in the placeholders of a channel for one request. Feed text is added later, so its `${…}` stays as it is. */
import type { ChannelConfig } from '../../lib/model/config.ts';
import type { Expander } from './expand.ts';

/** Members with fixed values, which never contain placeholders. */
const OWN_WORDS = ['id', 'kind', 'format', 'via', 'contentType'];

/** @throws MissingVariable */
export function expandedChannel(channel: ChannelConfig, expander: Expander): ChannelConfig {
  return expanded(channel, expander) as ChannelConfig;
}

function expanded(value: unknown, expander: Expander): unknown {
  if (typeof value === 'string') return expander.expand(value);
  if (Array.isArray(value)) return value.map((one: unknown) => expanded(one, expander));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]: [string, unknown]) => [
      key,
      OWN_WORDS.includes(key) ? one : expanded(one, expander),
    ]),
  );
}
