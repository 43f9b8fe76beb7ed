/** Warns of feeds and channels that the way out will refuse to ask: private hosts, odd ports, names that lead nowhere. */
import type { Config, ConfigProblem } from '../../lib/model/config.ts';
import { problemAt } from '../../lib/rule/problem.ts';
import { checkedUrl } from '../../worker/net/host-policy.ts';

/** What is filled in from the environment cannot be told; loopback is a matter of how the service is started. */
export function addressProblems(config: Config): ConfigProblem[] {
  const places = config.places ?? { lineStarts: [0], byPath: {} };
  const policy = { allowLoopback: true, allowHosts: config.allowHosts };
  const addresses = [
    ...config.feeds.map(({ url }) => ({ url, path: pathOfFeed(config, url) })),
    ...config.channels.flatMap((channel) =>
      'url' in channel ? [{ url: channel.url, path: `channels.${channel.id}` }] : [],
    ),
  ];
  return addresses.flatMap(({ url, path }) => {
    if (url === '' || url.includes('${')) return [];
    const checked = checkedUrl(url, policy);
    if (!('kind' in checked)) return [];
    const message = `this address will not be asked: ${checked.reason}`;
    const fault = { level: 'warning', code: 'W_REFUSED_ADDRESS', message } as const;
    return [problemAt(places, path, places.byPath[path] ?? null, fault)];
  });
}

/** Feeds with one address are one: the place is that of the first. */
function pathOfFeed(config: Config, url: string): string {
  const at = config.feeds.findIndex((feed) => feed.url === url);
  return `feeds[${at}].url`;
}
