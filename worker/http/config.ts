/** `/api/config`: the configuration document, as YAML text. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { CONFIG_BYTES_MAX } from '../../lib/model/limits.ts';
import { deskOf, type Env } from '../env.ts';
import { publishConfig } from '../steps/publish-config.ts';
import { problem } from './problem.ts';

export const configRoutes = new Hono<{ Bindings: Env }>()
  .get('/', async (c) => {
    const config = await deskOf(c.env).configuration();
    if (config === null) return problem(c, { status: 404, title: 'no configuration yet' });
    return c.body(config.source, 200, {
      'content-type': 'application/yaml; charset=utf-8',
      etag: `"${config.hash}"`,
    });
  })
  .put(
    '/',
    bodyLimit({
      maxSize: CONFIG_BYTES_MAX,
      onError: (c) =>
        problem(c, { status: 413, title: `a configuration has at most ${CONFIG_BYTES_MAX} bytes` }),
    }),
    async (c) => {
      const published = await publishConfig(await c.req.text(), c.env);
      const { problems } = published;
      if (published.kind === 'published') return c.json({ hash: published.hash, problems });
      return problem(c, { status: 422, title: 'the configuration has errors', problems });
    },
  );
