/** Which addresses may be requested. Pure: takes the URL after the platform has normalised its host. */
import ipaddr from 'ipaddr.js';

/** What may be requested. */
export interface HostPolicy {
  /** Local development option: allows loopback addresses and any port. */
  readonly allowLoopback: boolean;
  /** Private hosts that the configuration allows: exact host names or addresses. */
  readonly allowHosts: readonly string[];
  /** Require https except for the two options above: deliveries are signed and secret. Default false. */
  readonly httpsOnly?: boolean;
}

/** Why an address is refused; contains no secret. */
export type Refusal = { readonly kind: 'refused'; readonly reason: string };

/** Suffixes that never resolve publicly (RFC 6761, RFC 6762, RFC 7686, RFC 8375, RFC 9476, and common private ones). */
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

/** @returns the URL to request, or why it is refused */
export function checkedUrl(address: string, policy: HostPolicy): URL | Refusal {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return refused('not a valid URL');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return refused(`scheme ${url.protocol} is not http(s)`);
  if (url.username !== '' || url.password !== '')
    return refused('URL contains a user name or password: use `auth` instead');
  const host = bareHost(url.hostname);
  if (policy.allowHosts.includes(host)) return url;
  const kind = hostKind(host);
  if (kind === 'loopback' && policy.allowLoopback) return url;
  if (kind === 'loopback') return refused('host is loopback: start with --allow-loopback to allow it');
  if (kind !== 'public') return refused(`host is ${kind}: add it to allow_hosts to allow it`);
  if (policy.httpsOnly === true && url.protocol === 'http:') return refused('http is not allowed: use https');
  // Feeds do not use ports of other services, and a redirect must not reach them.
  if (!['', '80', '443', '8080', '8443'].includes(url.port))
    return refused(`port ${url.port} is not allowed: use 80, 443, 8080 or 8443`);
  return url;
}

type HostKind = 'public' | 'loopback' | 'private' | 'reserved' | 'special';

/** @param host in lower case, without brackets and trailing dot */
function hostKind(host: string): HostKind {
  if (ipaddr.isValid(host)) return addressKind(ipaddr.process(host));
  if (host === 'localhost' || host.endsWith('.localhost')) return 'loopback';
  if (!host.includes('.')) return 'private';
  if (host.split('.').includes('')) return 'special';
  return PRIVATE_SUFFIXES.some((suffix) => host.endsWith(`.${suffix}`)) ? 'reserved' : 'public';
}

function addressKind(address: ipaddr.IPv4 | ipaddr.IPv6): HostKind {
  const range = address.range();
  // Only 2000::/3 of IPv6 is assigned as global unicast (IANA); the library calls the rest unicast, too.
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
