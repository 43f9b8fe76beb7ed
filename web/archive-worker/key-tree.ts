/** Keys and values that a configuration document may have at each place, from its schema: for completion. */
import * as z from 'zod';
import { document } from '../../lib/config/schema/schema.ts';
import { PACK_IDS } from '../../lib/packs/packs.ts';
import type { KeyTree } from './protocol.ts';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly type?: string;
}

export function keyTree(): KeyTree {
  const tree = treeOf(z.toJSONSchema(document, { io: 'input', unrepresentable: 'any' }) as Schema);
  const packs = { keys: {}, items: null, values: PACK_IDS };
  return { ...tree, keys: { ...tree.keys, use: { keys: {}, items: packs, values: [] } } };
}

function treeOf(schema: Schema): KeyTree {
  const arms = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map(treeOf);
  const any =
    typeof schema.additionalProperties === 'object' ? { '*': treeOf(schema.additionalProperties) } : {};
  const own = Object.entries(schema.properties ?? {}).map(([key, of]) => [key, treeOf(of)] as const);
  return arms.reduce(merged, {
    keys: { ...Object.fromEntries(own), ...any },
    items: schema.items === undefined ? null : treeOf(schema.items),
    values: valuesOf(schema),
  });
}

function valuesOf(schema: Schema): string[] {
  if (schema.type === 'boolean') return ['true', 'false'];
  const constant = schema.const === undefined ? [] : [schema.const];
  return [...(schema.enum ?? []), ...constant].map(String);
}

/** Keys of both: those of a channel are the keys of all kinds. */
function merged(a: KeyTree, b: KeyTree): KeyTree {
  const keys: Record<string, KeyTree> = { ...a.keys };
  for (const [key, tree] of Object.entries(b.keys))
    keys[key] = keys[key] === undefined ? tree : merged(keys[key], tree);
  const items = a.items !== null && b.items !== null ? merged(a.items, b.items) : (a.items ?? b.items);
  return { keys, items, values: [...new Set([...a.values, ...b.values])] };
}
