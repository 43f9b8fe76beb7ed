/** `/api/config`: the configuration as YAML, its versions, and saving a version without overwriting another user's. */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { OPERATIONS } from '../../../lib/api/operations.ts';
import { BUNDLE_BYTES_MAX, CONFIG_BYTES_MAX } from '../../../lib/model/limits.ts';
import { deskOf } from '../../env.ts';
import { readBody } from '../../net/body.ts';
import { publishConfig, type SentDocument } from '../../store/publish-config.ts';
import type { Caller } from '../middleware/auth.ts';
import { problem } from '../middleware/problem.ts';
import { serve } from '../middleware/serve.ts';

const YAML = 'application/yaml; charset=utf-8';

const tooLarge = (c: Context): Response =>
  problem(c, {
    status: 413,
    title: `Content too large: a configuration may have ${CONFIG_BYTES_MAX} bytes, its compiled bundle ${BUNDLE_BYTES_MAX}`,
  });
const documentLimit = bodyLimit({ maxSize: CONFIG_BYTES_MAX, onError: tooLarge });
const formLimit = bodyLimit({
  // 4 kB for the multipart headers; the document inside is checked by itself.
  maxSize: CONFIG_BYTES_MAX + BUNDLE_BYTES_MAX + 4_000,
  onError: tooLarge,
});

export const configRoutes = new Hono<Caller>();

serve(configRoutes, OPERATIONS.readConfig, async (c) => {
  const config = await deskOf(c.env).config().current();
  if (config === null)
    return problem(c, { status: 404, title: 'Not found: no configuration has been saved' });
  const etag = `"${config.hash}"`;
  if (tagsOf(c.req.header('if-none-match'))?.includes(config.hash)) return c.body(null, 304, { etag });
  return c.body(config.source, 200, { 'content-type': YAML, etag });
});

configRoutes.put(OPERATIONS.saveConfig.path, (c, next) =>
  (isForm(c.req.raw) ? formLimit : documentLimit)(c, next),
);

/** `If-Match` names the version that was edited; if another one is in force, the 412 response contains that one. */
serve(configRoutes, OPERATIONS.saveConfig, async (c, { query: { reason, watched } }) => {
  const document = await documentOf(c.req.raw);
  if (document === null) {
    const title = 'Bad request: send the document as YAML, or a form with `source` and `bundle`';
    return problem(c, { status: 400, title });
  }
  const published = await publishConfig(
    {
      ...document,
      author: c.get('grant').who,
      reason: reason ?? null,
      expected: tagsOf(c.req.header('if-match')),
      watched: watched === 'true',
    },
    c.env,
  );
  const { problems } = published;
  switch (published.kind) {
    case 'published':
      c.header('etag', `"${published.hash}"`);
      return { hash: published.hash, problems };
    case 'rejected':
      return problem(c, { status: 422, title: 'Invalid configuration', problems });
    case 'conflict': {
      const current = await deskOf(c.env).config().current();
      const detail = 'another version was saved in the meantime: apply your changes to it';
      return problem(c, {
        status: 412,
        title: 'Precondition failed',
        detail,
        current: current?.hash ?? '',
        source: current?.source ?? '',
      });
    }
  }
});

serve(configRoutes, OPERATIONS.rejectWatchedFile, async (c, { body }) => {
  await deskOf(c.env).config().reject(body.problem);
  return null;
});

serve(configRoutes, OPERATIONS.listConfigVersions, async (c) => ({
  versions: await deskOf(c.env).config().versions(),
}));

serve(configRoutes, OPERATIONS.readConfigVersion, async (c) => {
  const hash = c.req.param('hash');
  const source = await deskOf(c.env).config().version(hash);
  if (source === null) return problem(c, { status: 404, title: 'Version not found' });
  return c.body(source, 200, { 'content-type': YAML, etag: `"${hash}"` });
});

/** Entity tags of a list (RFC 9110 §13.1). Weak ones count: proxies that compress weaken tags. null: any version. */
function tagsOf(list: string | undefined): string[] | null {
  if (list === undefined || list.trim() === '*') return null;
  return list.split(',').map((tag) => tag.trim().replace(/^W\//u, '').replace(/^"|"$/gu, ''));
}

function isForm(request: Request): boolean {
  return request.headers.get('content-type')?.startsWith('multipart/form-data') === true;
}

/** The document alone, or a form with the document and the gzipped bundle that the sender compiled. */
async function documentOf(request: Request): Promise<SentDocument | null> {
  if (!isForm(request)) {
    return { source: new Uint8Array(await request.arrayBuffer()), bundle: null };
  }
  // A form that is truncated or has no boundary counts as empty.
  const form = await request.formData().catch(() => new FormData());
  const [source, bundle] = [form.get('source'), form.get('bundle')];
  if (source === null || bundle === null || typeof bundle === 'string') return null;
  const text = typeof source === 'string' ? source : await source.text();
  // A document that is too large is rejected with its position, and its bundle is ignored.
  const isTooLarge = new Blob([text]).size > CONFIG_BYTES_MAX;
  return { source: text, bundle: isTooLarge ? null : await unpacked(bundle) };
}

/** @returns null for anything but a complete gzip file within the limit: then the Worker compiles the document itself */
async function unpacked(bundle: Blob): Promise<Uint8Array | null> {
  const packed = new Response(bundle.stream(), { headers: { 'content-encoding': 'x-gzip' } });
  try {
    return await readBody(packed, { bodyBytesMax: BUNDLE_BYTES_MAX, longBody: 'fail' });
  } catch {
    // Not a readable bundle.
    return null;
  }
}
