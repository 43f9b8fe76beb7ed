/** A cron tick: binds the platform to `pollShard` and logs the result in one line. */

import type { FeedConfig, RunningConfig } from '../../lib/model/config.ts';
import type { EpochMs } from '../../lib/model/flavor.ts';
import { userAgent } from '../../lib/poll/request.ts';
import { hash53 } from '../../lib/text/hash.ts';
import { deskOf, type Env } from '../env.ts';
import { log } from '../log.ts';
import { expand } from '../net/expand.ts';
import { fetchFeed } from '../net/fetch-feed.ts';
import { fetchRobots } from '../net/fetch-robots.ts';
import { pingHeartbeat } from '../net/heartbeat.ts';
import { HostSlots } from '../net/host-slots.ts';
import { settingsOf, variableOf } from '../settings.ts';
import { kvSeenStore } from '../store/seen.ts';
import { VERSION } from '../version.ts';
import { bundleOf } from './open-config.ts';
import { pollShard } from './poll-shard.ts';
import type { PollPorts } from './ports.ts';

/** @param at scheduled time. @throws what the desk throws, after the watchdog was informed */
export async function tick(at: EpochMs, env: Env): Promise<void> {
  try {
    const isGood = await pollRound(at, env);
    if (isGood !== null) await beat(at, env, isGood);
  } catch (error) {
    await beat(at, env, false);
    throw error;
  }
}

/** @returns false when every feed failed, which means that our connection is down; null: no poll round took place */
async function pollRound(at: EpochMs, env: Env): Promise<boolean | null> {
  const outcome = await pollShard(at, portsOf(env));
  if ('kind' in outcome) log('warn', 'tick', `did not poll: ${outcome.reason}`);
  else if (outcome.polled > 0) {
    const { polled, fresh, unchanged, failed } = outcome;
    log('info', 'tick', `polled ${polled} feeds: ${fresh} changed, ${unchanged} unchanged, ${failed} failed`);
  }
  if ('kind' in outcome) return null;
  return outcome.polled < LINE_POLLS_MIN || outcome.failed < outcome.polled;
}

/** Below this number of polls, failures say nothing about our own connection. */
const LINE_POLLS_MIN = 3;

/** Pings the external watchdog once a tick. A failed ping does not fail the tick. */
async function beat(at: EpochMs, env: Env, isGood: boolean): Promise<void> {
  try {
    const heartbeat = await deskOf(env).takeHeartbeat(at);
    if (heartbeat === null) return;
    const settings = settingsOf(env);
    const fault = await pingHeartbeat(heartbeat.url, isGood, {
      variable: (name) => variableOf(env, name),
      policy: { allowLoopback: settings.allowLoopback, allowHosts: heartbeat.allowHosts },
      userAgent: userAgent(settings.agent, 'heartbeat', VERSION),
    });
    if (fault !== null) log('warn', 'heartbeat', `failed: ${fault}`);
  } catch {
    log('warn', 'heartbeat', 'failed: the desk did not answer');
  }
}

/** The platform's implementation of PollPorts, with host slots of its own for one tick. */
export function portsOf(env: Env): PollPorts {
  const desk = deskOf(env);
  const settings = settingsOf(env);
  const clock = { wait: (ms: number) => scheduler.wait(ms), now: Date.now };
  const slots = new HostSlots(clock);
  const request = (feed: FeedConfig, config: RunningConfig) => ({
    agent: userAgent(settings.agent, hash53(feed.id).toString(36), VERSION),
    policy: { allowLoopback: settings.allowLoopback, allowHosts: config.allowHosts },
    slots,
  });
  return {
    claim: (at) => desk.claim(at),
    accept: (batch) => desk.accept(batch),
    reconcile: ({ desk: id, epoch, deliveredIds }) => desk.reconcile({ desk: id, epoch, deliveredIds }),
    bundle: (config) => bundleOf(config, env),
    fetchFeed: ({ url, feed, config, validators }) =>
      fetchFeed(
        {
          url,
          validators,
          ownHeaders: ownHeaders(feed, url, (name) => variableOf(env, name)),
          ...request(feed, config),
        },
        Date.now,
      ),
    fetchRobots: (origin, feed, config) => fetchRobots(origin, request(feed, config)),
    seen: kvSeenStore(env.SEEN),
    ...clock,
  };
}

/** Only for the configured origin: credentials are not sent to an address that the feed moved to. */
function ownHeaders(
  feed: FeedConfig,
  url: string,
  variable: (name: string) => string | null,
): [string, string][] {
  if (!sameOrigin(feed.url, url)) return [];
  const headers = Object.entries(feed.headers).map(([name, value]): [string, string] => [
    name,
    expand(value, variable),
  ]);
  if (feed.auth === null) return headers;
  const value =
    'bearer' in feed.auth
      ? `Bearer ${expand(feed.auth.bearer, variable)}`
      : `Basic ${base64(`${expand(feed.auth.user, variable)}:${expand(feed.auth.password, variable)}`)}`;
  return [...headers, ['Authorization', value]];
}

function sameOrigin(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
