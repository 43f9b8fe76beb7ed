/** Explains why a clause does not hold: its closest alternative, and the part of it that is missing. */
import { printQuery } from '../../rule/print.ts';
import { operandsOf, type Query } from '../../rule/query.ts';

/** What a clause lacks. */
export interface Shortfall {
  /** The alternative that is closest to holding, as an expression; null: the clause has no alternatives. */
  readonly branch: string | null;
  /** The part that fails, as an expression. */
  readonly fails: string;
  /** Short explanation, such as `not found` or `both were found, but not within 8 words`. */
  readonly why: string;
}

/** A node of the expression with its result. */
interface Node {
  readonly query: Query;
  readonly holds: boolean;
  readonly of: readonly Node[];
}

/** @param results of a clause's instructions in order: one for each node of the tree except `title:` and `summary:` */
export function shortfallOf(query: Query, results: Uint8Array): Shortfall {
  let next = 0;
  const read = (query: Query): Node => {
    const of = operandsOf(query).map(read);
    const holds = query.kind === 'in' ? of[0]!.holds : results[next++] === 1;
    return { query, holds, of };
  };
  return missing(read(query), null);
}

/** Descends to the part that fails. */
function missing(node: Node, branch: string | null): Shortfall {
  const { query, of } = node;
  const failing = of.filter((operand) => !operand.holds);
  switch (query.kind) {
    case 'or': {
      const nearest = of.toSorted((a, b) => closeness(b) - closeness(a))[0]!;
      // All plain words are equally far from being found.
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

/** Both operands of NEAR were found, but too far apart. */
function farApart({ within, order }: Extract<Query, { kind: 'near' }>): string {
  if (within === 'sentence') return 'both were found, but not in one sentence';
  const words = `${within} word${within === 1 ? '' : 's'}`;
  return order === 'given'
    ? `both were found, but not in this order within ${words}`
    : `both were found, but not within ${words}`;
}

/** @param failing number of operands that do not hold */
function whyOf(query: Query, failing: number): string {
  switch (query.kind) {
    case 'not':
      return 'this was found but must not occur';
    case 'meta':
      return `the entry has another ${query.key} or none`;
    case 'count':
      return failing > 0 ? 'what is counted was not found' : 'no figure near it satisfies the comparison';
    case 'qty':
      return 'no figure satisfies the comparison';
    case 'any':
      return `${query.of.length - failing} of ${query.of.length} hold, ${query.count} are required`;
    case 'atleast':
      return failing > 0 ? 'not found' : `found fewer than ${query.count} times`;
    default:
      return 'not found';
  }
}

/** From 0 (nothing found) to 1 (it holds). */
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
      // NOT is left out: an entry about something else satisfies it, too.
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
