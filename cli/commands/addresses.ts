/** Warns of addresses of feeds and channels that the service will not request: private hosts, unusual ports, bad names. */
import type { Config, ConfigProblem } from '../../lib/model/config.ts';
import { problemAt } from '../../lib/rule/problem.ts';
import { checkedUrl } from '../../worker/net/host-policy.ts';

/** Addresses with `${…}` are skipped: their values are unknown here. Loopback depends on how the service is started. */
export function addressProblems(config: Config): ConfigProblem[] {
  const places = config.places ?? { lineStarts: [0], byPath: {} };
  const policy = { allowLoopback: true, allowHosts: config.allowHosts };
  const addresses = [
    ...config.feeds.map(({ url }) => ({ url, path: pathOfFeed(config, url) })),
    ...config.channels.flatMap(({ id, url }) =>
      typeof url === 'string' ? [{ url, path: `channels.${id}` }] : [],
    ),
  ];
  return addresses.flatMap(({ url, path }) => {
    if (url === '' || url.includes('${')) return [];
    const checked = checkedUrl(url, policy);
    if (!('kind' in checked)) return [];
    const message = `the service will not request this address: ${checked.reason}`;
    const fault = { level: 'warning', code: 'W_REFUSED_ADDRESS', message } as const;
    return [problemAt(places, path, places.byPath[path] ?? null, fault)];
  });
}

/** The first feed with the address: feeds with the same address count as one. */
function pathOfFeed(config: Config, url: string): string {
  const at = config.feeds.findIndex((feed) => feed.url === url);
  return `feeds[${at}].url`;
}
