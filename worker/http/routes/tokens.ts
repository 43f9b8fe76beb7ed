/** `/api/tokens`: tokens with a scope and an expiry. The value of a token is shown once. */
import { Hono } from 'hono';
import * as z from 'zod';
import { DAY_MS } from '../../../lib/model/time.ts';
import { deskOf } from '../../env.ts';
import { type Caller, requireAdmin } from '../middleware/auth.ts';
import { readJson } from '../middleware/body.ts';
import { problem } from '../middleware/problem.ts';
import { newSecret, secretHash } from '../middleware/secret.ts';

/** Body of `POST /api/tokens`; `days` null: no expiry. */
export const newToken = z.strictObject({
  name: z.string().regex(/^[\w .@-]{1,60}$/u),
  scope: z.enum(['read', 'write']).default('read'),
  days: z.number().int().min(1).max(3_650).nullable().default(90),
});

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

export const tokenRoutes = new Hono<Caller>()
  .get('/', async (c) => {
    const tokens = await deskOf(c.env).access().tokens();
    return c.json({
      tokens: tokens.map(({ name, scope, created, expires, lastUsed }) => ({
        name,
        scope,
        created: iso(created),
        expires: iso(expires),
        lastUsed: iso(lastUsed),
      })),
    });
  })
  .post('/', requireAdmin, async (c) => {
    const asked = await readJson(c, newToken);
    if (asked instanceof Response) return asked;
    const secret = `vigie_${newSecret()}`;
    const now = Date.now();
    const expires = asked.days === null ? null : now + asked.days * DAY_MS;
    const { name, scope } = asked;
    const added = await deskOf(c.env)
      .access()
      .addToken({
        name,
        scope,
        created: now,
        expires,
        hash: await secretHash(secret),
      });
    if (!added)
      return problem(c, {
        status: 409,
        title: 'Conflict: the name is taken or there are too many tokens',
      });
    return c.json({ name, scope, expires: iso(expires), token: secret }, 201);
  })
  .delete('/:name', requireAdmin, async (c) => {
    const removed = await deskOf(c.env).access().removeToken(c.req.param('name'));
    return removed ? c.body(null, 204) : problem(c, { status: 404, title: 'Token not found' });
  });
