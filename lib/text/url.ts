/** Resolves addresses, and normalises them so that two addresses of one page are equal. */

/** An absolute address that URL would not change: plain characters, no dot segments. */
const CLEAN =
  /^https?:\/\/[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?(?:[/?#](?!\.)(?:[\w~!$&'()*+,;=:@%?#-]|\.|\/(?!\.))*)?$/;

/**
 * Resolves an address (WHATWG URL); tabs and line breaks within it are removed.
 *
 * @returns an absolute http(s) address, unchanged if it is one already; null for other schemes, for invalid addresses, and
 *   for relative ones without a base
 */
export function resolveUrl(href: string, base: string | null): string | null {
  const trimmed = href.trim();
  if (CLEAN.test(trimmed)) return trimmed;
  if (trimmed === '') return null;
  const url =
    parseUrl(trimmed, base) ?? (trimmed.startsWith('//') ? parseUrl(`https:${trimmed}`, null) : null);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') ? url.href : null;
}

function parseUrl(href: string, base: string | null): URL | null {
  return base === null ? URL.parse(href) : URL.parse(href, base);
}

/** Parameters, in lower case, that say where a reader came from, not which page it is. */
const TRACKING = new Set(
  (
    'fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh mc_cid mc_eid mkt_tok ' +
    'oly_anon_id oly_enc_id vero_id _hsenc _hsmi __hssc __hstc hsctatracking wickedid s_cid _openstat _ga _gl ' +
    'ref_src ref_url cmpid xtor ns_mchannel ns_source ns_campaign ns_linkname ns_fee at_medium at_campaign ' +
    'at_custom1 at_custom2 at_custom3 at_custom4 ito ocid srnd guccounter guce_referrer guce_referrer_sig'
  ).split(' '),
);

/**
 * Identity of a page: without scheme (http and https are equal), with the host in lower case (`www.` stays), without default
 * port, tracking parameters and, unless kept, fragment. Order and case of the rest stay, because they may matter. The
 * trailing slash of a path stays, except for the root. Never throws: an invalid address is its own identity.
 *
 * @param keepFragment for feeds whose entries differ only in the fragment, such as live blogs
 */
export function canonicalUrl(url: string, keepFragment: boolean): string {
  const parsed = URL.parse(url.trim());
  if (parsed === null || parsed.host === '') return url.trim();
  const port = parsed.port === '80' || parsed.port === '443' ? '' : parsed.port;
  const host = port === '' ? parsed.hostname : `${parsed.hostname}:${port}`;
  const path = parsed.pathname === '/' ? '' : parsed.pathname;
  return host + path + withoutTracking(parsed.search) + (keepFragment ? parsed.hash : '');
}

/** The query without tracking parameters, with its `?`. */
function withoutTracking(search: string): string {
  if (search === '') return '';
  const kept = search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !isTracking(pair));
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}

function isTracking(pair: string): boolean {
  const equals = pair.indexOf('=');
  const name = (equals === -1 ? pair : pair.slice(0, equals)).toLowerCase();
  return name.startsWith('utm_') || TRACKING.has(name);
}
