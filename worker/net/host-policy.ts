/** Which addresses may be asked. Pure: works on the parsed URL, after the platform has normalised its host. */
import ipaddr from 'ipaddr.js';

export interface HostPolicy {
  /** The one local opt-in: loopback addresses and any port. */
  readonly allowLoopback: boolean;
  /** Private hosts that the configuration names: exact host names or addresses. */
  readonly allowHosts: readonly string[];
  /** Plain http only where the other two let it: what is sent to channels is signed and secret. Not given: both. */
  readonly httpsOnly?: boolean;
}

export type Refusal = { readonly kind: 'refused'; readonly reason: string };

/** Names that never lead to the public internet (RFC 6761, RFC 6762, RFC 8375, RFC 9476, seen in the wild). */
const PRIVATE_SUFFIXES = [
  'localhost',
  'local',
  'internal',
  'intranet',
  'lan',
  'home',
  'corp',
  'home.arpa',
  'test',
  'invalid',
  'example',
  'onion',
  'alt',
];

/** @returns the URL to ask, or why it is not asked */
export function checkedUrl(address: string, policy: HostPolicy): URL | Refusal {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return refused('not an address');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return refused(`scheme ${url.protocol} is not http(s)`);
  if (url.username !== '' || url.password !== '') return refused('user name or password in the address');
  const host = bareHost(url.hostname);
  if (policy.allowHosts.includes(host)) return url;
  const kind = hostKind(host);
  if (kind === 'loopback' && policy.allowLoopback) return url;
  if (kind === 'loopback') return refused('host is loopback: --allow-loopback lets it pass');
  if (kind !== 'public') return refused(`host is ${kind}: allow_hosts can name it`);
  if (policy.httpsOnly === true && url.protocol === 'http:') return refused('https is needed');
  // Ports of other services are no place for feeds; a redirect must not knock at them.
  if (!['', '80', '443', '8080', '8443'].includes(url.port)) return refused(`port ${url.port}`);
  return url;
}

type HostKind = 'public' | 'loopback' | 'private' | 'reserved' | 'special';

/** @param host lower case, without brackets and trailing dot */
function hostKind(host: string): HostKind {
  if (ipaddr.isValid(host)) return addressKind(ipaddr.process(host));
  if (host === 'localhost' || host.endsWith('.localhost')) return 'loopback';
  if (!host.includes('.')) return 'private';
  if (host.split('.').includes('')) return 'special';
  return PRIVATE_SUFFIXES.some((suffix) => host.endsWith(`.${suffix}`)) ? 'reserved' : 'public';
}

function addressKind(address: ipaddr.IPv4 | ipaddr.IPv6): HostKind {
  const range = address.range();
  // Of IPv6 only 2000::/3 is handed out; the library calls the rest unicast too, IPv4-compatible addresses among it.
  if (range === 'unicast') return address.kind() === 'ipv4' || isGlobal(address) ? 'public' : 'special';
  if (range === 'loopback') return 'loopback';
  return range === 'private' || range === 'uniqueLocal' || range === 'linkLocal' ? 'private' : 'special';
}

function isGlobal(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return ((address.toByteArray()[0] ?? 0) & 0xe0) === 0x20;
}

function bareHost(hostname: string): string {
  return hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

function refused(reason: string): Refusal {
  return { kind: 'refused', reason };
}
