/** kind of channel → the fake of its platform. */

import type { PostedChannel } from '../fixtures/channels.ts';
import { alertmanager } from './alertmanager.ts';
import { apprise } from './apprise.ts';
import { discord } from './discord.ts';
import { mailgun, postmark, resend } from './email.ts';
import type { Fake } from './fake.ts';
import { googlechat } from './googlechat.ts';
import { matrixServer } from './matrix.ts';
import { mattermost } from './mattermost.ts';
import { ntfy } from './ntfy.ts';
import { pagerduty } from './pagerduty.ts';
import { slack } from './slack.ts';
import { teams } from './teams.ts';
import { telegram } from './telegram.ts';
import { webhook } from './webhook.ts';

export function fakeOf(channel: PostedChannel): Fake {
  if (channel.kind === 'email') return { resend, postmark, mailgun, cloudflare: resend }[channel.via];
  return {
    webhook,
    slack,
    discord,
    teams,
    telegram,
    ntfy,
    mattermost,
    googlechat,
    matrix: matrixServer(),
    pagerduty,
    alertmanager,
    apprise,
  }[channel.kind];
}
