/** `/api/tokens`: tokens with a scope and an expiry. The value of a token is shown once. */
import { Hono } from 'hono';
import { OPERATIONS } from '../../../lib/api/operations.ts';
import { DAY_MS, isoTime, isoTimeOrNull } from '../../../lib/model/time.ts';
import { deskOf } from '../../env.ts';
import type { Caller } from '../middleware/auth.ts';
import { problem } from '../middleware/problem.ts';
import { newSecret, secretHash } from '../middleware/secret.ts';
import { serve } from '../middleware/serve.ts';

export const tokenRoutes = new Hono<Caller>();

serve(tokenRoutes, OPERATIONS.listTokens, async (c) => {
  const tokens = await deskOf(c.env).access().tokens();
  return {
    tokens: tokens.map(({ name, scope, created, expires, lastUsed }) => ({
      name,
      scope,
      created: isoTime(created),
      expires: isoTimeOrNull(expires),
      lastUsed: isoTimeOrNull(lastUsed),
    })),
  };
});

serve(tokenRoutes, OPERATIONS.createToken, async (c, { body: { name, scope, days } }) => {
  const secret = `vigie_${newSecret()}`;
  const now = Date.now();
  const expires = days === null ? null : now + days * DAY_MS;
  const hash = await secretHash(secret);
  const added = await deskOf(c.env).access().addToken({ name, scope, created: now, expires, hash });
  if (!added)
    return problem(c, {
      status: 409,
      title: 'Conflict: the name is taken or there are too many tokens',
    });
  return { name, scope, expires: isoTimeOrNull(expires), token: secret };
});

serve(tokenRoutes, OPERATIONS.revokeToken, async (c) => {
  const removed = await deskOf(c.env).access().removeToken(c.req.param('name'));
  return removed ? null : problem(c, { status: 404, title: 'Token not found' });
});
