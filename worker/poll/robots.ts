/**
 * Checks a host's robots.txt (RFC 9309) before its feeds, once a day. The rules are kept in the seen document: losing it
 * costs one request per host.
 */
import type { FeedConfig } from '../../lib/model/config.ts';
import type { EpochMs } from '../../lib/model/flavor.ts';
import { ROBOTS_MS_MAX } from '../../lib/model/limits.ts';
import { isAllowed } from '../../lib/poll/robots.ts';
import type { FetchedRobots } from '../net/fetch-robots.ts';
import type { SeenRobots } from '../store/seen.ts';

/** What checking robots.txt needs from outside. */
export interface RobotsPorts {
  fetchRobots(origin: string, feed: FeedConfig): Promise<FetchedRobots>;
}

/** What one tick knows of hosts. Feeds of one host are polled one after the other, so robots.txt is requested once. */
export class RobotsGate {
  /** origin → rules read in this tick */
  readonly read = new Map<string, SeenRobots>();
  readonly #seen: Readonly<Record<string, SeenRobots>>;
  readonly #at: EpochMs;
  readonly #ports: RobotsPorts;

  constructor(
    seen: Readonly<Record<string, SeenRobots>>,
    { at, ports }: { at: EpochMs; ports: RobotsPorts },
  ) {
    this.#seen = seen;
    this.#at = at;
    this.#ports = ports;
  }

  /** Whether `url` may be requested, and the number of requests made. An invalid URL is allowed here and refused later. */
  async check(
    url: string,
    feed: FeedConfig,
  ): Promise<{ readonly allowed: boolean; readonly requests: number }> {
    if (!URL.canParse(url)) return { allowed: true, requests: 0 };
    const { origin, pathname, search } = new URL(url);
    const known = this.read.get(origin) ?? this.#seen[origin];
    const path = `${pathname}${search}`;
    if (known !== undefined && Math.abs(this.#at - known.at) < ROBOTS_MS_MAX) {
      return { allowed: isAllowed(known.rules, path), requests: 0 };
    }
    const { rules, requests } = await this.#ports.fetchRobots(origin, feed);
    this.read.set(origin, { at: this.#at, rules });
    return { allowed: isAllowed(rules, path), requests };
  }

  /** Rules for the next seen document: those younger than ROBOTS_MS_MAX. */
  remembered(): Record<string, SeenRobots> {
    const young = Object.entries(this.#seen).filter(([, { at }]) => Math.abs(this.#at - at) < ROBOTS_MS_MAX);
    return Object.fromEntries([...young, ...this.read]);
  }
}
