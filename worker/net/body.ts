/** Reads a body as a stream and counts decoded bytes, so that a decompression bomb stops at the limit. */
import { BODY_RATIO_BYTES_MIN, BODY_RATIO_MAX } from '../../lib/model/limits.ts';

/** The body cannot be used. The message contains no address. */
export class BodyProblem extends Error {
  override readonly name = 'BodyProblem';
  readonly reason: 'network' | 'too-large';

  constructor(reason: 'network' | 'too-large', message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Limits of one body. */
export interface BodyLimits {
  readonly bodyBytesMax: number;
  /** `fail`: a longer body is a failure; `cut`: the body is truncated to the limit. */
  readonly longBody: 'fail' | 'cut';
}

/** Encodings (RFC 9110 §8.4.1) that the platform decodes, and `x-gzip`, which we decode; others would yield garbage. */
const ENCODINGS = ['', 'identity', 'gzip', 'x-gzip', 'br'];

/** @throws BodyProblem, and the platform's error when the connection breaks */
export async function readBody(response: Response, limits: BodyLimits): Promise<Uint8Array> {
  const encoding = response.headers.get('content-encoding')?.trim().toLowerCase() ?? '';
  if (!ENCODINGS.includes(encoding)) {
    await response.body?.cancel();
    throw new BodyProblem('network', `content encoding ${encoding.slice(0, 20)} is not supported`);
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
        bytes > ratioMax ? 'a decompression bomb' : `more than ${limits.bodyBytesMax} bytes`,
      );
    }
  }
  return joined(chunks, Math.min(bytes, limits.bodyBytesMax));
}

/** Text compresses to a tenth, never to a hundredth. Without a content length only the byte limit applies. */
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
