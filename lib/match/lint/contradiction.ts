/** Finds expressions that can never hold, because a NOT excludes what an AND requires. */
import { printQuery } from '../../rule/print.ts';
import { operandsOf, type Query } from '../../rule/query.ts';
import type { Lists } from '../lists.ts';

/** @returns each NOT that excludes an operand of its own AND, with that operand */
export function contradictions(
  query: Query,
  lists: Lists,
): { readonly not: Query; readonly wanted: Query }[] {
  const found: { not: Query; wanted: Query }[] = [];
  const nodes: Query[] = [query];
  for (const node of nodes) {
    nodes.push(...operandsOf(node));
    if (node.kind !== 'and') continue;
    const wanted = node.of.flatMap(requiredIn);
    for (const not of node.of) {
      if (not.kind !== 'not') continue;
      const excluded = not.of.kind === 'or' ? not.of.of : [not.of];
      const both = wanted.find((one) => excluded.some((other) => takesAway(other, one, lists)));
      if (both !== undefined) found.push({ not, wanted: both });
    }
  }
  return found;
}

/** Operands that must hold, followed through AND and NEAR. */
function requiredIn(query: Query): Query[] {
  if (query.kind === 'and' || query.kind === 'near') return [query, ...operandsOf(query).flatMap(requiredIn)];
  return query.kind === 'not' ? [] : [query];
}

/** Whether every entry that contains `wanted` also contains `excluded`. */
function takesAway(excluded: Query, wanted: Query, lists: Lists): boolean {
  if (printQuery(excluded) === printQuery(wanted)) return true;
  if (excluded.kind !== 'list' || !lists.has(excluded.id)) return false;
  const terms = new Set(lists.resolve(excluded.id).terms.map(({ text }) => text));
  if (lists.resolve(excluded.id).shadows.length > 0) return false;
  if (wanted.kind === 'term') return !wanted.exact && terms.has(wanted.text);
  if (wanted.kind !== 'list' || !lists.has(wanted.id)) return false;
  const own = lists.resolve(wanted.id).terms;
  return own.length > 0 && own.every(({ text }) => terms.has(text));
}
