/** `/api/stories`, `/api/developments` and `/api/mutes`: stories with and without alerts, acknowledging, muting. */
import { Hono } from 'hono';
import * as z from 'zod';
import { OPERATIONS } from '../../../lib/api/operations.ts';
import { isoTime } from '../../../lib/model/time.ts';
import { deskOf } from '../../env.ts';
import type { Caller } from '../middleware/auth.ts';
import { misshapen } from '../middleware/body.ts';
import { cursorOf, placeOf } from '../middleware/cursor.ts';
import { problem } from '../middleware/problem.ts';
import { serve } from '../middleware/serve.ts';

const place = z.object({ seen: z.number(), id: z.string() });

const note = z.object({ seq: z.number() });

export const storyRoutes = new Hono<Caller>();

serve(storyRoutes, OPERATIONS.listStories, async (c, { query: { cursor, ...filter } }) => {
  const before = placeOf(cursor, place);
  if (before === 'bad') return problem(c, { status: 400, title: 'Invalid cursor' });
  const page = await deskOf(c.env)
    .stories()
    .list({ ...filter, before: before ?? undefined });
  return { ...page, next: page.next === null ? null : cursorOf(page.next) };
});

serve(storyRoutes, OPERATIONS.readStory, async (c) => {
  const story = await deskOf(c.env).stories().get(c.req.param('id'));
  return story ?? problem(c, { status: 404, title: 'Story not found' });
});

serve(storyRoutes, OPERATIONS.acknowledgeStory, async (c, { body }) => {
  const known = await deskOf(c.env).stories().acknowledge(c.req.param('id'), body.inHand);
  return known ? null : problem(c, { status: 404, title: 'Story not found' });
});

serve(storyRoutes, OPERATIONS.listDevelopments, async (c, { query: { cursor, ...filter } }) => {
  const before = placeOf(cursor, note);
  if (before === 'bad') return problem(c, { status: 400, title: 'Invalid cursor' });
  const page = await deskOf(c.env)
    .stories()
    .developments({ ...filter, before: before?.seq });
  return {
    developments: page.developments,
    next: page.next === null ? null : cursorOf({ seq: page.next }),
  };
});

serve(storyRoutes, OPERATIONS.listMutes, async (c) => {
  const mutes = await deskOf(c.env).stories().mutes();
  return { mutes: mutes.map((mute) => ({ ...mute, until: isoTime(mute.until) })) };
});

serve(storyRoutes, OPERATIONS.mute, async (c, { body }) => {
  const until = body.until === undefined ? null : Date.parse(body.until);
  const became = await deskOf(c.env)
    .stories()
    .mute({ ...body, until });
  if (became === 'past')
    return misshapen(c, [{ path: ['until'], message: 'is in the past: give a later time' }]);
  return became === 'muted'
    ? null
    : problem(c, { status: 409, title: 'Conflict: too many mutes, remove one first' });
});

serve(storyRoutes, OPERATIONS.unmute, async (c, { body }) => {
  const removed = await deskOf(c.env).stories().unmute(body);
  return removed ? null : problem(c, { status: 404, title: 'Mute not found' });
});
