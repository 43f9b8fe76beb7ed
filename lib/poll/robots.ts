/**
 * Which addresses a host forbids to us by name. Feeds are listed by people and fetched as by a reader, so groups for
 * `*`, which speak to crawlers, do not count; one that names Vigie does. Pure. Source: RFC 9309 §2.2.
 */
import { ROBOTS_PATTERN_UNITS_MAX, ROBOTS_RULES_MAX } from '../model/limits.ts';

export interface RobotsRule {
  readonly allow: boolean;
  /** From the beginning of the path; `*` is anything, a `$` at the end is the end. */
  readonly pattern: string;
}

/** Those that name us, in no order: the longest that fits decides. */
export type RobotsRules = readonly RobotsRule[];

const PRODUCT = 'vigie';

/** Never throws; what is no robots.txt has no rules. */
export function robotsRules(text: string): RobotsRules {
  const rules: RobotsRule[] = [];
  let ours = false;
  let namesAgents = false;
  for (const [, name = '', value = ''] of text.matchAll(/^[^\S\r\n]*([a-z-]+)[^\S\r\n]*:([^#\r\n]*)/gim)) {
    const key = name.toLowerCase();
    if (key === 'user-agent') {
      const named = /^\s*([a-z_-]+)/i.exec(value)?.[1]?.toLowerCase() === PRODUCT;
      // Agents that follow each other share the rules below them.
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

/** @param path path and query, as they are asked for */
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

/** Piece by piece, each at its first place: no pattern makes this slow. */
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

/** `/a b`, `/a%20b` and `%7e`, `~` are the same (RFC 9309 §2.2.2). */
function comparable(path: string): string {
  return path
    .replace(/[^!-~]+/g, (other) => encodeURI(other.toWellFormed()))
    .replace(/%[0-9a-f]{2}/gi, (escaped) => {
      const letter = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
      return /[A-Za-z0-9._~-]/.test(letter) ? letter : escaped.toUpperCase();
    });
}
