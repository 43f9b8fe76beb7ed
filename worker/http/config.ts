/** `/api/config`: the configuration document, as YAML text. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { CONFIG_BYTES_MAX } from '../../lib/model/limits.ts';
import { deskOf, type Env } from '../env.ts';
import { publishConfig, type SentDocument } from '../steps/publish-config.ts';
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
      const document = await documentOf(c.req.raw);
      if (document === null)
        return problem(c, {
          status: 400,
          title: 'send the document as YAML, or a form with `source` and `bundle`',
        });
      const published = await publishConfig(document, c.env);
      const { problems } = published;
      if (published.kind === 'published') return c.json({ hash: published.hash, problems });
      return problem(c, { status: 422, title: 'the configuration has errors', problems });
    },
  );

/** The document alone, or in a form together with what its sender compiled of it. */
async function documentOf(request: Request): Promise<SentDocument | null> {
  if (!request.headers.get('content-type')?.startsWith('multipart/form-data')) {
    return { source: await request.text(), bundle: null };
  }
  const form = await request.formData();
  const [source, bundle] = [form.get('source'), form.get('bundle')];
  if (source === null || bundle === null || typeof bundle === 'string') return null;
  const text = typeof source === 'string' ? source : await source.text();
  return { source: text, bundle: new Uint8Array(await bundle.arrayBuffer()) };
}
