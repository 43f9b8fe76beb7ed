/** Reads a body while it streams, counting decoded bytes: a bomb is stopped at the cap, not after it. */
import { BODY_RATIO_BYTES_MIN, BODY_RATIO_MAX } from '../../lib/model/limits.ts';

/** The body cannot be taken. The message holds no address. */
export class BodyProblem extends Error {
  override readonly name = 'BodyProblem';
  readonly reason: 'network' | 'too-large';

  constructor(reason: 'network' | 'too-large', message: string) {
    super(message);
    this.reason = reason;
  }
}

export interface BodyLimits {
  readonly bodyBytesMax: number;
  /** `fail`: a longer body is a failure; `cut`: its opening is enough. */
  readonly longBody: 'fail' | 'cut';
}

/** What the platform decodes by itself, and gzip by its old name; of anything else only garbage would come. */
const ENCODINGS = ['', 'identity', 'gzip', 'x-gzip', 'br'];

/** Throws BodyProblem, and what the platform throws when the connection breaks. */
export async function readBody(response: Response, limits: BodyLimits): Promise<Uint8Array> {
  const encoding = response.headers.get('content-encoding')?.trim().toLowerCase() ?? '';
  if (!ENCODINGS.includes(encoding)) {
    await response.body?.cancel();
    throw new BodyProblem('network', 'unknown content encoding');
  }
  const ratioMax =
    encoding === '' || encoding === 'identity' ? Number.POSITIVE_INFINITY : ratioBytesMax(response);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const decoded: ReadableStream<Uint8Array> | undefined =
    encoding === 'x-gzip'
      ? response.body?.pipeThrough(new DecompressionStream('gzip'))
      : (response.body ?? undefined);
  const reader = decoded?.getReader();
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    chunks.push(value);
    if (bytes > limits.bodyBytesMax || bytes > ratioMax) {
      await reader.cancel();
      if (limits.longBody === 'cut') break;
      throw new BodyProblem(
        'too-large',
        bytes > ratioMax ? 'a compression bomb' : `more than ${limits.bodyBytesMax} bytes`,
      );
    }
  }
  return joined(chunks, Math.min(bytes, limits.bodyBytesMax));
}

/** Text shrinks to a tenth, never to a hundredth. Without a length nobody knows: the cap alone counts. */
function ratioBytesMax(response: Response): number {
  const length = Number(response.headers.get('content-length') ?? 'NaN');
  return Number.isNaN(length)
    ? Number.POSITIVE_INFINITY
    : Math.max(BODY_RATIO_BYTES_MIN, length * BODY_RATIO_MAX);
}

function joined(chunks: readonly Uint8Array[], bytes: number): Uint8Array {
  const body = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk.subarray(0, bytes - at), at);
    at += Math.min(chunk.byteLength, bytes - at);
  }
  return body;
}
