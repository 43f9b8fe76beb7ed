/** What the schema says of its keys: their description, their default in words, and which keys a mapping may have. */
import type * as z from 'zod';

/** Kept beside a key's schema. */
interface KeyMeta {
  /** For editors and docs/configuration.md; Markdown. */
  readonly description: string;
  /** The default in words; undefined: the schema's own default, or none. */
  readonly standard: string | undefined;
}

/** A key of the document. */
export function key<T extends z.ZodType>(schema: T, description: string, standard?: string): T {
  return schema.meta({ description, ...(standard === undefined ? {} : { standard }) });
}

/** @returns null for a schema that was not made by `key` */
export function metaOf(schema: z.ZodType): KeyMeta | null {
  const meta = schema.meta();
  if (meta?.description === undefined) return null;
  const { standard } = meta as { standard?: string };
  return { description: meta.description, standard };
}

/** A step of a path: a key of a mapping or an index of a list. */
export type Part = string | number;

/**
 * Keys that a mapping of the document may have.
 *
 * @param path from the document to the mapping, such as `['rules', 0, 'notify']`
 * @returns in the order of the schema; those of all alternatives of a union; empty where any key may stand
 */
export function keysAt(schema: z.ZodType, path: readonly Part[]): readonly string[] {
  const shapes = schemasAt(schema, path).flatMap((one) => (isObject(one) ? Object.keys(one.shape) : []));
  return [...new Set(shapes)];
}

/** Whether the value at the path is made with one of these schemas. */
export function isMadeWith(
  schema: z.ZodType,
  path: readonly Part[],
  wanted: ReadonlySet<z.ZodType>,
): boolean {
  return schemasAt(schema, path).some((one) => wanted.has(one));
}

/** All schemas of the value at the path, with what they wrap. */
function schemasAt(schema: z.ZodType, path: readonly Part[]): readonly z.ZodType[] {
  return path.reduce<readonly z.ZodType[]>(
    (schemas, part) => schemas.flatMap((one) => childOf(one, part)).flatMap(withInner),
    withInner(schema),
  );
}

function childOf(schema: z.ZodType, part: Part): readonly z.ZodType[] {
  const { type, element, valueType } = defOf(schema);
  if (isObject(schema)) return Object.hasOwn(schema.shape, part) ? [schema.shape[part]!] : [];
  if (type === 'array' && typeof part === 'number') return [element!];
  return type === 'record' ? [valueType!] : [];
}

/** The schema and what it wraps: what is optional, has a default, or is converted. */
function withInner(schema: z.ZodType): readonly z.ZodType[] {
  const { innerType, in: input, options = [] } = defOf(schema);
  const inner = innerType ?? input;
  return [schema, ...[...options, ...(inner === undefined ? [] : [inner])].flatMap(withInner)];
}

/** The members of zod 4's definitions that are read here (`zod/v4/core`, `$ZodTypeDef`). */
interface Def {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
}

function defOf(schema: z.ZodType): Def {
  return (schema as unknown as { readonly def: Def }).def;
}

function isObject(schema: z.ZodType): schema is z.ZodObject<Record<string, z.ZodType>> {
  return defOf(schema).type === 'object';
}
