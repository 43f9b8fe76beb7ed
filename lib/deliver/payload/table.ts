/** kind of channel → how a delivery looks there and what its answers mean. A new kind is a row and a file. */
import type { AlertEvent } from '../../model/alert.ts';
import type { ChannelConfig } from '../../model/config.ts';
import type { StatusRules } from '../retry.ts';
import { discordBody } from './discord.ts';
import { slackBody } from './slack.ts';
import { webhookBody } from './webhook.ts';

/** Kinds that are delivered by an HTTP POST of JSON. */
export type PostedKind = Exclude<ChannelConfig['kind'], 'console'>;

export interface Payload {
  readonly body: (event: AlertEvent) => string;
  readonly statuses: StatusRules;
  /** Added to the channel's address. */
  readonly query: Readonly<Record<string, string>>;
}

export const PAYLOADS: Record<PostedKind, Payload> = {
  webhook: { body: webhookBody, statuses: { rejected: [], channelGone: [410] }, query: {} },
  // Slack: 400 invalid_payload; 403 action_prohibited; 404 no_service; 410 channel_is_archived.
  slack: {
    body: slackBody,
    statuses: { rejected: [400], channelGone: [403, 404, 410] },
    query: {},
  },
  // Discord bans an address for repeated 401/403/404: stop at once. `wait=true`: without it a lost message is a 204.
  discord: {
    body: discordBody,
    statuses: { rejected: [400], channelGone: [401, 403, 404] },
    query: { wait: 'true' },
  },
};
