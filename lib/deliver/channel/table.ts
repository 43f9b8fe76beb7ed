/** All kinds of channels, in the order of the documentation. A new kind is one file and one row here. */
import type { ChannelConfig } from '../../model/config.ts';
import type { AnyKind } from '../kind.ts';
import { alertmanager } from './alertmanager.ts';
import { apprise } from './apprise.ts';
import { consoleKind } from './console.ts';
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

const KINDS = {
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
  apprise,
  email,
  console: consoleKind,
};

/** Name of a kind, the value of `kind` in the document. */
export type ChannelKind = keyof typeof KINDS;
/** The checked configuration of one kind. */
export type ChannelOf<K extends ChannelKind> = {
  readonly [P in K]: Parameters<(typeof KINDS)[P]['rate']>[0] & { readonly kind: P };
}[K];

/** Names of all kinds. */
export const CHANNEL_KINDS = Object.keys(KINDS) as readonly ChannelKind[];

/** The definition of a channel's kind. @throws Error for an unknown kind, which the checks of the document refuse */
export function kindOf({ kind }: Pick<ChannelConfig, 'kind'>): AnyKind {
  if (!Object.hasOwn(KINDS, kind)) throw new Error(`'${kind}' is not a known kind of channel`);
  // The row takes channels of its own kind, and `kind` says that this is one.
  return KINDS[kind as ChannelKind] as unknown as AnyKind;
}
