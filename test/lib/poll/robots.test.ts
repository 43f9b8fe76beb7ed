/** robots.txt: which groups speak to us, and which rule decides. Rows; sources: RFC 9309 §2.2, §5. */

import { describe, expect, test } from 'vitest';
import { ROBOTS_RULES_MAX } from '../../../lib/model/limits.ts';
import { isAllowed, robotsRules } from '../../../lib/poll/robots.ts';
import fc from '../../property.ts';

const GROUP = 'User-agent: Vigie\n';

describe.each([
  ['a group for all is for crawlers', 'User-agent: *\nDisallow: /', { '/feed': true }],
  ['one that names us counts', `${GROUP}Disallow: /`, { '/feed': false }],
  [
    'in any letters, with a version',
    'USER-AGENT:vigie/2 # us\ndisallow:/feed',
    { '/feed': false, '/other': true },
  ],
  ['another name is another name', 'User-agent: Vigiebot\nDisallow: /', { '/feed': true }],
  ['agents in a row share a group', 'User-agent: a\nUser-agent: Vigie\nDisallow: /', { '/feed': false }],
  [
    'a new group ends ours',
    `${GROUP}Disallow: /a\n\nUser-agent: b\nDisallow: /b`,
    { '/a': false, '/b': true },
  ],
  [
    'groups with our name add up',
    `${GROUP}Disallow: /a\nUser-agent: b\n${GROUP}Disallow: /c`,
    { '/a': false, '/c': false },
  ],
  ['the longest rule decides', `${GROUP}Disallow: /\nAllow: /rss/`, { '/rss/feed': true, '/x': false }],
  ['of equals, the one that allows', `${GROUP}Disallow: /rss\nAllow: /rss`, { '/rss': true }],
  ['an empty rule forbids nothing', `${GROUP}Disallow:`, { '/feed': true }],
  ['a star is anything', `${GROUP}Disallow: /*/feed`, { '/a/b/feed.xml': false, '/feed': true }],
  ['a dollar is the end', `${GROUP}Disallow: /*.xml$`, { '/a.xml': false, '/a.xml?x': true }],
  ['a dollar alone', `${GROUP}Disallow: /$`, { '/': false, '/feed': true }],
  ['escapes are compared decoded', `${GROUP}Disallow: /%7euser/caf%c3%a9`, { '/~user/caf%C3%A9/rss': false }],
  ['queries count', `${GROUP}Disallow: /*?format=rss`, { '/?format=rss': false, '/?format=html': true }],
  ['lines end as they like', 'User-agent: Vigie\r\nDisallow: /a\rDisallow: /b', { '/a': false, '/b': false }],
  ['a page is no robots.txt', '<html><p>User-agent: Vigie<br>Disallow: /</p>', { '/feed': true }],
] as const)('%s', (_name, text, paths) => {
  test.each(Object.entries(paths))('%s: %s', (path, allowed) => {
    expect(isAllowed(robotsRules(text), path)).toBe(allowed);
  });
});

test('no text makes it throw, keep too much or take long', () => {
  const line = fc.constantFrom(
    'User-agent: Vigie',
    'Disallow: /*a*a*a*a*$',
    'Allow: %zz',
    ':',
    'Disallow',
    '\ud800',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(line, fc.string())), fc.string(), (lines, path) => {
      expect(typeof isAllowed(robotsRules(lines.join('\n')), path)).toBe('boolean');
    }),
  );
  const many = robotsRules(`${GROUP}${'Disallow: /*a*a*a*a*a*a*b$\n'.repeat(10_000)}`);
  expect(many).toHaveLength(ROBOTS_RULES_MAX);
  expect(isAllowed(many, `/${'a'.repeat(100_000)}`)).toBe(true);
});
