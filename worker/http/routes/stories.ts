/** `/api/stories`, `/api/developments` and `/api/mutes`: stories with and without alerts, acknowledging, muting. */
import { Hono } from 'hono';
import * as z from 'zod';
import type { StoryFilter } from '../../desk/rpc/stories.ts';
import { deskOf } from '../../env.ts';
import type { Caller } from '../middleware/auth.ts';
import { misshapen, readJson } from '../middleware/body.ts';
import { cursorOf, placeOf } from '../middleware/cursor.ts';
import { problem } from '../middleware/problem.ts';
import { readQuery } from '../middleware/query.ts';

/** Query parameters of `GET /api/stories`. */
export const storyQuery = z.object({
  rule: z.string().optional(),
  severity: z.enum(['info', 'low', 'medium', 'high', 'critical']).optional(),
  lang: z.string().optional(),
  state: z.enum(['open', 'closed', 'acknowledged', 'muted', 'silent']).optional(),
  text: z.string().max(200).optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** Query parameters of `GET /api/developments`. */
export const developmentQuery = z.object({
  rule: z.string().optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** Body of `POST /api/stories/:id/acknowledge`. */
export const acknowledgement = z.strictObject({ inHand: z.boolean() });
const muteFields = z.strictObject({
  scope: z.enum(['rule', 'story', 'publisher']),
  target: z.string().min(1).max(200),
  until: z.iso.datetime().optional(),
  endsOn: z.enum(['figure']).nullable().default(null),
  reason: z.string().max(300).nullable().default(null),
});
/** Body of `POST /api/mutes`. */
export const newMute = muteFields
  .refine(({ scope, endsOn }) => endsOn === null || scope === 'story', {
    path: ['endsOn'],
    error: 'only a mute of a story can end on a development: remove endsOn, or set scope to story',
  })
  .refine(({ until, endsOn }) => until !== undefined || endsOn !== null, {
    path: ['until'],
    error: 'is missing: give a time such as 2030-01-31T08:00:00Z',
  });
/** Body of `DELETE /api/mutes`. */
export const muteTarget = muteFields.pick({ scope: true, target: true });

const place = z.object({ seen: z.number(), id: z.string() });

const note = z.object({ seq: z.number() });

export const storyRoutes = new Hono<Caller>()
  .get('/', async (c) => {
    const query = readQuery(c, storyQuery);
    if (query instanceof Response) return query;
    const { cursor, ...filter } = query;
    const before = placeOf(cursor, place);
    if (before === 'bad') return problem(c, { status: 400, title: 'Invalid cursor' });
    const page = await deskOf(c.env)
      .stories()
      .list({ ...filter, before: before ?? undefined } satisfies StoryFilter);
    return c.json({ ...page, next: page.next === null ? null : cursorOf(page.next) });
  })
  .get('/:id', async (c) => {
    const story = await deskOf(c.env).stories().get(c.req.param('id'));
    return story === null ? problem(c, { status: 404, title: 'Story not found' }) : c.json(story);
  })
  .post('/:id/acknowledge', async (c) => {
    const asked = await readJson(c, acknowledgement);
    if (asked instanceof Response) return asked;
    const known = await deskOf(c.env).stories().acknowledge(c.req.param('id'), asked.inHand);
    return known ? c.body(null, 204) : problem(c, { status: 404, title: 'Story not found' });
  });

export const developmentRoutes = new Hono<Caller>().get('/', async (c) => {
  const query = readQuery(c, developmentQuery);
  if (query instanceof Response) return query;
  const { cursor, ...filter } = query;
  const before = placeOf(cursor, note);
  if (before === 'bad') return problem(c, { status: 400, title: 'Invalid cursor' });
  const page = await deskOf(c.env)
    .stories()
    .developments({ ...filter, before: before?.seq });
  const next = page.next === null ? null : cursorOf({ seq: page.next });
  return c.json({ developments: page.developments, next });
});

export const muteRoutes = new Hono<Caller>()
  .get('/', async (c) => {
    const mutes = await deskOf(c.env).stories().mutes();
    return c.json({ mutes: mutes.map((mute) => ({ ...mute, until: new Date(mute.until).toISOString() })) });
  })
  .post('/', async (c) => {
    const asked = await readJson(c, newMute);
    if (asked instanceof Response) return asked;
    const until = asked.until === undefined ? null : Date.parse(asked.until);
    const became = await deskOf(c.env)
      .stories()
      .mute({ ...asked, until });
    if (became === 'past')
      return misshapen(c, [{ path: ['until'], message: 'is in the past: give a later time' }]);
    return became === 'muted'
      ? c.body(null, 204)
      : problem(c, { status: 409, title: 'Conflict: too many mutes, remove one first' });
  })
  .delete('/', async (c) => {
    const asked = await readJson(c, muteTarget);
    if (asked instanceof Response) return asked;
    const removed = await deskOf(c.env).stories().unmute(asked);
    return removed ? c.body(null, 204) : problem(c, { status: 404, title: 'Mute not found' });
  });
