/** The desk's database: statements, transactions, and how many rows they write per day (UTC), which the plan limits. */
import type { EpochMs } from '../../../lib/model/flavor.ts';
import { DAY_MS } from '../../../lib/model/time.ts';
import { readFact, writeFact } from './facts.ts';
import type { Sql } from './sql.ts';

/** One desk's database. */
export class Ledger {
  /** Counts the rows of each statement; workerd includes index rows in `rowsWritten`. */
  readonly sql: Sql;
  readonly #storage: DurableObjectStorage;
  /** Rows written since the sum was last stored: those outside of transactions, until the next transaction. */
  #unstored = 0;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    const { sql } = storage;
    this.sql = {
      exec: <T extends Record<string, SqlStorageValue>>(query: string, ...bindings: unknown[]) => {
        const cursor = sql.exec<T>(query, ...bindings);
        this.#unstored += cursor.rowsWritten;
        return cursor;
      },
      get databaseSize() {
        return sql.databaseSize;
      },
    };
  }

  /**
   * Runs `change` in one transaction and stores the day's sum with it: an evicted object loses no count, at the cost of one
   * row for each transaction that writes. Rethrows what `change` throws; then nothing is written or counted.
   */
  transact<T>(change: () => T): T {
    const before = this.#unstored;
    try {
      const result = this.#storage.transactionSync(() => {
        const changed = change();
        if (this.#unstored > 0) this.#store(Date.now());
        return changed;
      });
      this.#unstored = 0;
      return result;
    } catch (error) {
      this.#unstored = before;
      throw error;
    }
  }

  /** Rows written since midnight UTC. */
  rowsToday(wall: EpochMs): number {
    return this.#stored(wall) + this.#unstored;
  }

  #stored(wall: EpochMs): number {
    const [day, sum = 0] = (readFact(this.sql, 'rows-written') ?? '0 0').split(' ').map(Number);
    return day === Math.floor(wall / DAY_MS) ? sum : 0;
  }

  /** The row that holds the sum is counted, too. */
  #store(wall: EpochMs): void {
    writeFact(this.sql, 'rows-written', `${Math.floor(wall / DAY_MS)} ${this.rowsToday(wall) + 1}`);
  }
}
