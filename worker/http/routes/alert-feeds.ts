/**
 * `/alerts/<secret>/<rule>.atom` and `.json`: alerts of a rule for feed readers, which cannot sign in. The address
 * contains the key; `/api/alert-feeds` lists the addresses for signed-in users.
 */
import { Hono } from 'hono';
import { atomDocument, type FeedHead, jsonFeedDocument } from '../../../lib/alert/feed-document.ts';
import { OPERATIONS } from '../../../lib/api/operations.ts';
import type { Alert } from '../../../lib/model/alert.ts';
import { deskOf, type Env } from '../../env.ts';
import { settingsOf } from '../../settings.ts';
import type { Caller } from '../middleware/auth.ts';
import { problem } from '../middleware/problem.ts';
import { isSameHash, secretHash } from '../middleware/secret.ts';
import { serve } from '../middleware/serve.ts';

/** Hex digits of the key in an address: 160 bits. */
const KEY_DIGITS = 40;

async function keyOf(env: Env, rule: string): Promise<string> {
  const hash = await secretHash(`${await deskOf(env).config().feedSecret()} ${rule}`);
  return hash.slice(0, KEY_DIGITS);
}

const homeOf = (env: Env, url: string): string => settingsOf(env).home ?? new URL(url).origin;

/** Serves one alert feed to callers that know its key. */
export const alertFeedRoutes = new Hono<Caller>();

serve(alertFeedRoutes, OPERATIONS.readAlertFeed, async (c) => {
  const [, rule = '', kind = ''] = /^(.+)\.(atom|json)$/u.exec(c.req.param('file')) ?? [];
  const wanted = await keyOf(c.env, rule);
  // Digests of equal length, compared in constant time: timing reveals nothing about the key.
  const same = isSameHash(await secretHash(c.req.param('key')), await secretHash(wanted));
  if (rule === '' || !same) return problem(c, { status: 404, title: 'Not found' });
  const notes = await deskOf(c.env).config().latestAlerts(rule);
  const alerts = notes.map(({ at, alert }) => ({ at, alert: JSON.parse(alert) as Alert }));
  const head: FeedHead = {
    title: `Vigie: ${alerts[0]?.alert.title ?? rule}`,
    self: `${homeOf(c.env, c.req.url)}/alerts/${wanted}/${rule}.${kind}`,
    alerts,
  };
  const headers = { 'cache-control': 'private, max-age=60' };
  if (kind === 'json')
    return c.body(JSON.stringify(jsonFeedDocument(head)), 200, {
      ...headers,
      'content-type': 'application/feed+json; charset=utf-8',
    });
  return c.body(atomDocument(head), 200, {
    ...headers,
    'content-type': 'application/atom+xml; charset=utf-8',
  });
});

/** Lists the addresses of all alert feeds. */
export const alertFeedList = new Hono<Caller>();

serve(alertFeedList, OPERATIONS.listAlertFeeds, async (c) => {
  const rules = await deskOf(c.env).config().ruleIds();
  const home = homeOf(c.env, c.req.url);
  const feeds = await Promise.all(
    rules.map(async (rule) => {
      const base = `${home}/alerts/${await keyOf(c.env, rule)}/${rule}`;
      return { rule, atom: `${base}.atom`, json: `${base}.json` };
    }),
  );
  return { feeds };
});
