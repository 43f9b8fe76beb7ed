/** Kind of channel → how it renders a delivery and interprets answers. A new kind is one file and one row here. */
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

/** Kinds that are sent as HTTP requests. */
export type PostedKind = Exclude<ChannelKind, 'console'>;
/** A channel of such a kind. */
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

/** The implementation of a channel's kind. */
export function payloadOf<C extends PostedChannel>(channel: C): Payload<C> {
  // The type of the table guarantees that the row takes channels of this kind.
  return PAYLOADS[channel.kind] as unknown as Payload<C>;
}

/** The channel's rate; the console has no limit. */
export function rateOf(channel: ChannelConfig): { readonly everyMs: number; readonly burst: number } {
  return channel.kind === 'console' ? { everyMs: 0, burst: 1 } : payloadOf(channel).rate(channel);
}
