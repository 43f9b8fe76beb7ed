/** Addresses: relative → absolute, and the form in which two addresses of one page are equal. */

/** An absolute address that needs no work: plain characters, no dot segments, so URL would change nothing that matters. */
const CLEAN =
  /^https?:\/\/[A-Za-z0-9][A-Za-z0-9.-]*(?::\d+)?(?:[/?#](?!\.)(?:[\w~!$&'()*+,;=:@%?#-]|\.|\/(?!\.))*)?$/;

/**
 * @returns an absolute http(s) address, as given where it is already one; null for any other scheme, for what is no
 * address, and for a relative one without a base. Tabs and line breaks inside are dropped (WHATWG URL).
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

/** Names, in lower case, that tell how a reader came, never what is read.  */
const TRACKING = new Set(
  (
    'fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh mc_cid mc_eid mkt_tok ' +
    'oly_anon_id oly_enc_id vero_id _hsenc _hsmi __hssc __hstc hsctatracking wickedid s_cid _openstat _ga _gl ' +
    'ref_src ref_url cmpid xtor ns_mchannel ns_source ns_campaign ns_linkname ns_fee at_medium at_campaign ' +
    'at_custom1 at_custom2 at_custom3 at_custom4 ito ocid srnd guccounter guce_referrer guce_referrer_sig'
  ).split(' '),
);

/**
 * The identity of a page: without scheme (http and https are one), host in lower case (`www.` stays), without
 * default port, without tracking parameters and, unless kept, without fragment. Order and case of the rest stay: they
 * may matter. A path's trailing slash stays but for the root's, which an address may leave out. Never throws: what is no
 * address is its own identity.
 *
 * @param keepFragment for feeds whose entries differ in nothing else, such as live blogs
 */
export function canonicalUrl(url: string, keepFragment: boolean): string {
  const parsed = URL.parse(url.trim());
  if (parsed === null || parsed.host === '') return url.trim();
  const port = parsed.port === '80' || parsed.port === '443' ? '' : parsed.port;
  const host = port === '' ? parsed.hostname : `${parsed.hostname}:${port}`;
  const path = parsed.pathname === '/' ? '' : parsed.pathname;
  return host + path + withoutTracking(parsed.search) + (keepFragment ? parsed.hash : '');
}

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
