/** Rows written, counted in the transaction that writes them. */
import { runInDurableObject } from 'cloudflare:test';
import { beforeEach, expect, test } from 'vitest';
import { Ledger } from '../../worker/desk/table/ledger.ts';
import { wipeDesk } from './desk.ts';
import { desk } from './newsroom.ts';

const INSERT = 'INSERT INTO mute (scope, target, until, at) VALUES (?, ?, 1, 1)';
const now = (): number => Date.now();

beforeEach(wipeDesk);

async function onLedger<T>(use: (ledger: Ledger, again: () => Ledger) => T): Promise<T> {
  return await runInDurableObject(desk(), (_, { storage }) => {
    const ledger = new Ledger(storage);
    const before = ledger.rowsToday(now());
    ledger.transact(() => {});
    expect(ledger.rowsToday(now()), 'a transaction that writes nothing costs nothing').toBe(before);
    storage.sql.exec("DELETE FROM fact WHERE name = 'rows-written'");
    return use(ledger, () => new Ledger(storage));
  });
}

test('an object that is evicted after a transaction loses no count', async () => {
  const rows = await onLedger((ledger, again) => {
    ledger.transact(() => {
      ledger.sql.exec(INSERT, 'rule', 'a');
      ledger.sql.exec(INSERT, 'rule', 'b');
    });
    return [ledger.rowsToday(now()), again().rowsToday(now())];
  });
  // Two rows, and the one that holds the sum.
  expect(rows).toEqual([3, 3]);
});

test('a transaction that fails writes nothing and counts nothing', async () => {
  const rows = await onLedger((ledger) => {
    const fail = () =>
      ledger.transact(() => {
        ledger.sql.exec(INSERT, 'rule', 'a');
        throw new Error('full disk');
      });
    expect(fail).toThrow('full disk');
    return [ledger.rowsToday(now()), ledger.sql.exec('SELECT count(*) AS n FROM mute').one()['n']];
  });
  expect(rows).toEqual([0, 0]);
});

test('a statement outside of a transaction is counted, and stored with the next one', async () => {
  const rows = await onLedger((ledger, again) => {
    ledger.sql.exec(INSERT, 'rule', 'a');
    const alone = ledger.rowsToday(now());
    ledger.transact(() => ledger.sql.exec(INSERT, 'rule', 'b'));
    return [alone, again().rowsToday(now())];
  });
  expect(rows).toEqual([1, 3]);
});
