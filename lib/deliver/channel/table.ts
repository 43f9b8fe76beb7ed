/** kind of channel → how a delivery looks there and what its answers mean. A new kind is a row and a file. */
import type { ChannelConfig, ChannelKind, ChannelOf } from '../../model/config.ts';
import type { Payload } from '../payload.ts';
import { alertmanager } from './alertmanager.ts';
import { discord } from './discord.ts';
import { email } from './email.ts';
import { googlechat } from './googlechat.ts';
import { matrix } from './matrix.ts';
import { mattermost } from './mattermost.ts';
import { ntfy } from './ntfy.ts';
import { pagerduty } from './pagerduty.ts';
import { slack } from './slack.ts';
import { teams } from './teams.ts';
import { telegram } from './telegram.ts';
import { webhook } from './webhook.ts';

/** Kinds that go over the wire. */
export type PostedKind = Exclude<ChannelKind, 'console'>;
export type PostedChannel = ChannelOf<PostedKind>;

const PAYLOADS: { readonly [K in PostedKind]: Payload<ChannelOf<K>> } = {
  webhook,
  slack,
  discord,
  teams,
  telegram,
  ntfy,
  mattermost,
  googlechat,
  matrix,
  pagerduty,
  alertmanager,
  email,
};

export function payloadOf<C extends PostedChannel>(channel: C): Payload<C> {
  // The table holds for each kind what takes channels of that kind.
  return PAYLOADS[channel.kind] as unknown as Payload<C>;
}

/** The console costs nothing. */
export function rateOf(channel: ChannelConfig): { readonly everyMs: number; readonly burst: number } {
  return channel.kind === 'console' ? { everyMs: 0, burst: 1 } : payloadOf(channel).rate(channel);
}
