/** Counts rows that the desk writes per day (UTC): Cloudflare's limit on "rows written" for Durable Objects. */

import type { EpochMs } from '../../../lib/model/flavor.ts';
import { DAY_MS } from '../../../lib/model/time.ts';
import { readFact, writeFact } from './facts.ts';

/** Counts the rows of one desk. */
export class WriteMeter {
  readonly #sql: SqlStorage;
  /** Rows counted since the sum was last stored; lost when the object is evicted, at most one tick's rows. */
  #unkept = 0;

  /** Wraps `sql.exec`: every statement is counted from here on. workerd includes index rows in `rowsWritten`. */
  constructor(sql: SqlStorage) {
    this.#sql = sql;
    const exec = sql.exec.bind(sql) as SqlStorage['exec'];
    sql.exec = ((...args: Parameters<SqlStorage['exec']>) => {
      const cursor = exec(...args);
      this.#unkept += cursor.rowsWritten;
      return cursor;
    }) as SqlStorage['exec'];
  }

  /** Stores the sum; call once a tick, because storing costs a row. */
  keep(wall: EpochMs): void {
    const sum = this.today(wall);
    this.#unkept = 0;
    writeFact(this.#sql, 'rows-written', `${Math.floor(wall / DAY_MS)} ${sum}`);
  }

  /** Rows written since midnight UTC. */
  today(wall: EpochMs): number {
    const [day, sum = 0] = (readFact(this.#sql, 'rows-written') ?? '0 0').split(' ').map(Number);
    return (day === Math.floor(wall / DAY_MS) ? sum : 0) + this.#unkept;
  }
}
