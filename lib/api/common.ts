/** What the schemas of the API share: their names in the description, times, problems, and the types of what is sent. */
import * as z from 'zod';

/**
 * `T` as it is sent: JSON that its receiver does not change. Pages and commands import types only, so that no schema gets
 * into their scripts.
 */
export type Wire<T> = T extends object ? { readonly [K in keyof T]: Wire<T[K]> } : T;

interface Name {
  /** Key in `components/schemas`. */
  readonly id: string;
}

/** Schemas of answers by name: the description refers to them. */
export const ANSWERS = z.registry<Name>();
/** Schemas of request bodies by name. They differ from answers where a member has a default. */
export const REQUESTS = z.registry<Name>();

export function answer<T extends z.ZodType>(id: string, schema: T): T {
  ANSWERS.add(schema, { id });
  return schema;
}

export function request<T extends z.ZodType>(id: string, schema: T): T {
  REQUESTS.add(schema, { id });
  return schema;
}

/** ISO 8601 in UTC, such as `2030-01-31T08:00:00.000Z`. */
export const time = request('Time', answer('Time', z.iso.datetime()));
/** null: there is none. */
export const timeOrNull = time.nullable();
/** A number of things. */
export const count = z.int().min(0);
/** Cursor of the next page; null: this is the last page. */
export const next = z.string().nullable();
/** BCP 47 tag; null: unknown. */
export const language = z.string().nullable();
export const textOrNull = z.string().nullable();

/** A member or a parameter that does not fit its schema. */
const fault = answer(
  'Fault',
  z.object({
    /** `until`, `tests.0`; empty: the whole body. */
    path: z.string(),
    /** JSON pointer (RFC 6901) as URI fragment, in problems of bodies. */
    pointer: z.string().optional(),
    message: z.string(),
  }),
);

const members = {
  type: z.literal('about:blank'),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
};

/** An error (RFC 9457). */
export const problem = answer('Problem', z.object({ ...members, problems: z.array(fault).optional() }));
/** An error. */
export type Problem = Wire<z.output<typeof problem>>;

/** A mistake or warning of a configuration or an expression, with its place. */
export const configProblem = answer(
  'ConfigProblem',
  z.object({
    level: z.enum(['error', 'warning']),
    code: z.string(),
    message: z.string(),
    hint: textOrNull,
    /** `rules[3].query` */
    path: z.string(),
    /** 1-based. */
    line: z.int(),
    /** 1-based, in UTF-16 units. */
    column: z.int(),
    /** UTF-16 offset into the document. */
    offset: z.int(),
    length: z.int(),
  }),
);

/** A document or an expression was refused: with all its mistakes. */
export const mistakes = answer('Mistakes', z.object({ ...members, problems: z.array(configProblem) }));
/** Answer to a document or expression with mistakes. */
export type Mistakes = Wire<z.output<typeof mistakes>>;

/** Another version was saved in the meantime: with that version. */
export const conflict = answer(
  'ConfigConflict',
  z.object({ ...members, current: z.string(), source: z.string() }),
);
/** Answer to a save that would have undone another one. */
export type ConfigConflict = Wire<z.output<typeof conflict>>;
