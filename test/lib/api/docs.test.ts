/** docs/api.md lists every operation of the API, and no other. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Operation } from '../../../lib/api/operation.ts';
import { OPERATIONS } from '../../../lib/api/operations.ts';

/** `GET, POST /api/mutes` is two operations; `/readyz` after `GET /healthz` has its method. */
function operationsOf(cell: string): string[] {
  let methods: readonly string[] = [];
  return [...cell.matchAll(/`(?:([A-Z, ]+) )?(\/[^\s`?]*)[^`]*`/g)].flatMap(([, named, path]) => {
    methods = named?.split(', ') ?? methods;
    return methods.map((method) => `${method} ${path}`);
  });
}

test('docs/api.md lists the operations', () => {
  const rows = readFileSync('docs/api.md', 'utf8').matchAll(/^\| (`[^|]*?) \|/gm);
  const listed = [...rows].flatMap(([, cell = '']) => operationsOf(cell));
  const all = Object.values<Operation>(OPERATIONS).map(
    ({ method, path }) => `${method.toUpperCase()} ${path}`,
  );
  expect(listed.sort()).toEqual(all.sort());
});
