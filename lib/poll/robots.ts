/**
 * The rules of robots.txt that apply to us (RFC 9309 §2.2). Users list feeds and read them as with a feed reader, so groups
 * for `*`, which address crawlers, do not apply; a group that names Vigie does. Pure.
 */
import { ROBOTS_PATTERN_UNITS_MAX, ROBOTS_RULES_MAX } from '../model/limits.ts';

/** One Allow or Disallow line of a group that names us. */
export interface RobotsRule {
  readonly allow: boolean;
  /** Matches from the start of the path; `*` matches anything, a final `$` matches the end. */
  readonly pattern: string;
}

/** Order does not matter: the longest pattern that matches decides (RFC 9309 §2.2.2). */
export type RobotsRules = readonly RobotsRule[];

/** Our product token (RFC 9309 §2.2.1), in lower case. */
const PRODUCT = 'vigie';

/** Never throws; a text that is not a robots.txt has no rules. At most ROBOTS_RULES_MAX rules are read. */
export function robotsRules(text: string): RobotsRules {
  const rules: RobotsRule[] = [];
  let ours = false;
  let namesAgents = false;
  for (const [, name = '', value = ''] of text.matchAll(/^[^\S\r\n]*([a-z-]+)[^\S\r\n]*:([^#\r\n]*)/gim)) {
    const key = name.toLowerCase();
    if (key === 'user-agent') {
      const named = /^\s*([a-z_-]+)/i.exec(value)?.[1]?.toLowerCase() === PRODUCT;
      // Consecutive User-agent lines share the rules below them.
      ours = namesAgents ? ours || named : named;
      namesAgents = true;
    } else if (key === 'allow' || key === 'disallow') {
      namesAgents = false;
      const pattern = value.trim();
      if (!ours || pattern === '' || pattern.length > ROBOTS_PATTERN_UNITS_MAX) continue;
      rules.push({ allow: key === 'allow', pattern });
      if (rules.length >= ROBOTS_RULES_MAX) break;
    }
  }
  return rules;
}

/** @param path path and query as they would be requested */
export function isAllowed(rules: RobotsRules, path: string): boolean {
  const asked = comparable(path);
  let decisive: RobotsRule = { allow: true, pattern: '' };
  for (const rule of rules) {
    if (!fits(comparable(rule.pattern), asked)) continue;
    const longer = rule.pattern.length - decisive.pattern.length;
    if (longer > 0 || (longer === 0 && rule.allow)) decisive = rule;
  }
  return decisive.allow;
}

/** Matches piece by piece, each at its first position, in linear time for any pattern. */
function fits(pattern: string, path: string): boolean {
  const anchored = pattern.endsWith('$');
  const pieces = (anchored ? pattern.slice(0, -1) : pattern).split('*');
  const first = pieces.shift() ?? '';
  if (!path.startsWith(first)) return false;
  const last = anchored ? pieces.pop() : undefined;
  if (anchored && last === undefined) return path === first;
  let at = first.length;
  for (const piece of pieces) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return last === undefined || (path.length - last.length >= at && path.endsWith(last));
}

/** Normalises percent-encoding: `/a b` equals `/a%20b`, `%7e` equals `~` (RFC 9309 §2.2.2). */
function comparable(path: string): string {
  return path
    .replace(/[^!-~]+/g, (other) => encodeURI(other.toWellFormed()))
    .replace(/%[0-9a-f]{2}/gi, (escaped) => {
      const letter = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
      return /[A-Za-z0-9._~-]/.test(letter) ? letter : escaped.toUpperCase();
    });
}
