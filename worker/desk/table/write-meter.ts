/** Rows that the desk writes, which the plan counts by the day (UTC): platform limits, Durable Objects, "rows written". */

import type { EpochMs } from '../../../lib/model/flavor.ts';
import { DAY_MS } from '../../../lib/model/time.ts';
import { readFact, writeFact } from './facts.ts';

export class WriteMeter {
  readonly #sql: SqlStorage;
  /** Written since the sum was last kept; lost with the object's memory, at most what one tick wrote. */
  #unkept = 0;

  /** From here on every statement is counted, whoever holds the storage. Index rows count too: workerd says so itself. */
  constructor(sql: SqlStorage) {
    this.#sql = sql;
    const exec = sql.exec.bind(sql) as SqlStorage['exec'];
    sql.exec = ((...args: Parameters<SqlStorage['exec']>) => {
      const cursor = exec(...args);
      this.#unkept += cursor.rowsWritten;
      return cursor;
    }) as SqlStorage['exec'];
  }

  /** Once a tick: keeping the sum costs a row itself. */
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
