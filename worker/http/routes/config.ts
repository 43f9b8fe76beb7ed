/** `/api/config`: the configuration as YAML, its versions, and saving a version without overwriting another user's. */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as z from 'zod';
import { BUNDLE_BYTES_MAX, CONFIG_BYTES_MAX } from '../../../lib/model/limits.ts';
import { deskOf } from '../../env.ts';
import { readBody } from '../../net/body.ts';
import { publishConfig, type SentDocument } from '../../store/publish-config.ts';
import type { Caller } from '../middleware/auth.ts';
import { readJson } from '../middleware/body.ts';
import { problem } from '../middleware/problem.ts';

/** Why a watched file was never sent: deleted, unreadable or too large. null: the file is in force. */
export const watchedFile = z.strictObject({ problem: z.string().min(1).max(500).nullable() });

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

export const configRoutes = new Hono<Caller>()
  .get('/', async (c) => {
    const config = await deskOf(c.env).config().current();
    if (config === null)
      return problem(c, { status: 404, title: 'Not found: no configuration has been saved' });
    const etag = `"${config.hash}"`;
    if (tagsOf(c.req.header('if-none-match'))?.includes(config.hash)) return c.body(null, 304, { etag });
    return c.body(config.source, 200, { 'content-type': YAML, etag });
  })
  .put('/', (c, next) => (isForm(c.req.raw) ? formLimit : documentLimit)(c, next), save)
  .put('/watched', async (c) => {
    const body = await readJson(c, watchedFile);
    if (body instanceof Response) return body;
    await deskOf(c.env).config().reject(body.problem);
    return c.body(null, 204);
  })
  .get('/versions', async (c) => {
    const versions = await deskOf(c.env).config().versions();
    return c.json({
      versions: versions.map(({ at, ...rest }) => ({ ...rest, at: new Date(at).toISOString() })),
    });
  })
  .get('/versions/:hash', async (c) => {
    const hash = c.req.param('hash');
    const source = await deskOf(c.env).config().version(hash);
    if (source === null)
      return problem(c, {
        status: 404,
        title: 'Version not found',
      });
    return c.body(source, 200, { 'content-type': YAML, etag: `"${hash}"` });
  });

/** `If-Match` names the version that was edited; if another one is in force, the 412 response contains that one. */
async function save(c: Context<Caller>): Promise<Response> {
  const document = await documentOf(c.req.raw);
  if (document === null) {
    const title = 'Bad request: send the document as YAML, or a form with `source` and `bundle`';
    return problem(c, { status: 400, title });
  }
  const published = await publishConfig(
    {
      ...document,
      author: c.get('grant').who,
      reason: c.req.query('reason')?.slice(0, 300) ?? null,
      expected: tagsOf(c.req.header('if-match')),
      watched: c.req.query('watched') === 'true',
    },
    c.env,
  );
  const { problems } = published;
  switch (published.kind) {
    case 'published':
      return c.json({ hash: published.hash, problems }, 200, { etag: `"${published.hash}"` });
    case 'rejected':
      return problem(c, { status: 422, title: 'Invalid configuration', problems });
    case 'conflict': {
      const current = await deskOf(c.env).config().current();
      const detail = 'another version was saved in the meantime: apply your changes to it';
      return problem(c, {
        status: 412,
        title: 'Precondition failed',
        detail,
        current: current?.hash,
        source: current?.source,
      });
    }
  }
}

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
