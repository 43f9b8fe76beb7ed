/** An operation of the HTTP API: one method at one path, with what it takes and what it answers. */
import type * as z from 'zod';

/**
 * Schemas by media type. A JSON body that is not listed this way is checked before the handler runs; these bodies are read
 * by the handler itself. With `application/x-ndjson` the schema is that of one line.
 */
export type Content = Readonly<Record<string, z.ZodType>>;

/** One row of the table of operations. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** With hono's parameters: `/api/stories/:id`. */
  readonly path: string;
  /** One line, without a full stop. */
  readonly summary: string;
  /** Default: every grant reads, a grant of scope `write` changes. */
  readonly access?: 'public' | 'admin';
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType | Content;
  /** JSON that fits the schema; another media type; null: no body. */
  readonly answer: z.ZodType | Content | null;
  /** Default 200; 204 without a body. */
  readonly status?: 200 | 201 | 202 | 204;
  /** Other answers that are not problems; null: without a body. */
  readonly also?: { readonly [status: number]: z.ZodType | null };
  /** Problems beyond those that follow from access, query and body: what they mean, or their schema if it has more members. */
  readonly problems?: { readonly [status: number]: string | z.ZodType };
}
