/** The channel that stands for its kind where no configuration is given. */
import { type ChannelKind, kindOf } from '../../deliver/channel/table.ts';
import type { ChannelConfig } from '../../model/config.ts';
import { readConfig } from './config.ts';

/** The first channel in the example of a kind (docs/channels.md). */
export function exampleChannel(kind: ChannelKind): ChannelConfig {
  const { docs, example } = kindOf({ kind });
  const source = `version: 1
feeds: [{ url: "https://example.org/" }]
rules: [{ id: r, query: w }]
${docs.needs ?? ''}
channels:
${example.replaceAll(/^/gmu, '  ')}
`;
  const channel = readConfig(source, { hasVariable: null }).config?.channels[0];
  if (channel === undefined) throw new Error(`the example of ${kind} is not a valid channel`);
  return channel;
}
