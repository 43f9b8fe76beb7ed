/** Why a clause does not hold: of its alternatives the one that comes nearest, and the part of it that is missing. */
import { printQuery } from '../../rule/print.ts';
import { operandsOf, type Query } from '../../rule/query.ts';

export interface Shortfall {
  /** The alternative that comes nearest to holding, as an expression; null where the clause has none. */
  readonly branch: string | null;
  /** The part of it that fails. */
  readonly fails: string;
  /** In words: `not found`, `both are there, but not within 8 words` … */
  readonly why: string;
}

interface Node {
  readonly query: Query;
  readonly holds: boolean;
  readonly of: readonly Node[];
}

/** @param results of a clause's instructions, in their order: one for each node of its tree but `title:` and `summary:` */
export function shortfallOf(query: Query, results: Uint8Array): Shortfall {
  let next = 0;
  const read = (query: Query): Node => {
    const of = operandsOf(query).map(read);
    const holds = query.kind === 'in' ? of[0]!.holds : results[next++] === 1;
    return { query, holds, of };
  };
  return missing(read(query), null);
}

function missing(node: Node, branch: string | null): Shortfall {
  const { query, of } = node;
  const failing = of.filter((operand) => !operand.holds);
  switch (query.kind) {
    case 'or': {
      const nearest = of.toSorted((a, b) => closeness(b) - closeness(a))[0]!;
      // Of plain words none is nearer than another.
      if (closeness(nearest) === 0)
        return { branch, fails: printQuery(query), why: 'none of them was found' };
      return missing(nearest, branch ?? printQuery(nearest.query));
    }
    case 'and':
      return missing(failing[0]!, branch);
    case 'in':
      return { ...missing(of[0]!, branch), fails: printQuery(query), why: `not found in the ${query.field}` };
    case 'near':
      return failing[0] === undefined
        ? { branch, fails: printQuery(query), why: farApart(query) }
        : missing(failing[0], branch);
    default:
      return { branch, fails: printQuery(query), why: whyOf(query, failing.length) };
  }
}

function farApart({ within, order }: Extract<Query, { kind: 'near' }>): string {
  if (within === 'sentence') return 'both are there, but not in one sentence';
  const words = `${within} word${within === 1 ? '' : 's'}`;
  return order === 'given'
    ? `both are there, but not in this order within ${words}`
    : `both are there, but not within ${words}`;
}

function whyOf(query: Query, failing: number): string {
  switch (query.kind) {
    case 'not':
      return 'this is there, and must not be';
    case 'meta':
      return `the entry has another ${query.key}, or none`;
    case 'count':
      return failing > 0 ? 'what is counted was not found' : 'no figure near it compares so';
    case 'qty':
      return 'no figure compares so';
    case 'any':
      return `${query.of.length - failing} of ${query.of.length} hold, ${query.count} are wanted`;
    case 'atleast':
      return failing > 0 ? 'not found' : `found fewer than ${query.count} times`;
    default:
      return 'not found';
  }
}

/** From 0, nothing of it is there, to 1, it holds. */
function closeness({ query, holds, of }: Node): number {
  if (holds) return 1;
  const parts = of.map(closeness);
  switch (query.kind) {
    case 'or':
      return Math.max(...parts);
    case 'and':
    case 'near':
    case 'count':
    case 'atleast':
      // NOT says nothing about nearness: an entry about something else satisfies it too.
      return 0.95 * mean(of.filter((operand) => operand.query.kind !== 'not').map(closeness));
    case 'any':
      return 0.95 * mean(parts.toSorted((a, b) => b - a).slice(0, query.count));
    case 'in':
      return parts[0]!;
    default:
      return 0;
  }
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
