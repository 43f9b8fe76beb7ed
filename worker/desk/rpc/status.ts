/** The state of the service for worker/http: readiness, ticks, queues and quota use. */
import { RpcTarget } from 'cloudflare:workers';
import type { Readiness, StatusNumbers } from '../../../lib/api/status.ts';
import { DESK_ROWS_WRITTEN_PER_DAY_MAX, KV_WRITES_PER_DAY_MAX } from '../../../lib/model/limits.ts';
import { DAY_MS, isoTime } from '../../../lib/model/time.ts';
import type { DeskContext } from '../operation/context.ts';
import { readinessOf } from '../operation/readiness.ts';
import { queuedCount } from '../table/alert-queue.ts';
import { redRulesInForce } from '../table/configs.ts';
import { readFact, readNumber } from '../table/facts.ts';
import { feedStatuses } from '../table/pace.ts';

/** RPC target for the state of the service. */
export class StatusRpc extends RpcTarget {
  readonly #desk: DeskContext;
  readonly #rowsWritten: number;

  constructor(desk: DeskContext, rowsWritten: number) {
    super();
    this.#desk = desk;
    this.#rowsWritten = rowsWritten;
  }

  /** Facts for `/readyz`; worker/http/routes/health.ts decides whether they mean "ready". */
  readiness(): Readiness {
    const { sql, config } = this.#desk;
    const inForce = config();
    return readinessOf(sql, inForce === null ? [] : feedStatuses(sql, inForce.value), Date.now());
  }

  numbers(): StatusNumbers {
    const { sql } = this.#desk;
    const wall = readFact(sql, 'last-tick-wall');
    const [day, writes] = (readFact(sql, 'kv-writes') ?? '0 0').split(' ').map(Number);
    const at = readNumber(sql, 'last-tick-at');
    const one = <T extends Record<string, SqlStorageValue>>(query: string) => sql.exec<T>(query).one();
    return {
      tick: wall === null ? null : { at: isoTime(at), wall: isoTime(Number(wall)) },
      kvWrites: {
        today: day === Math.floor(at / DAY_MS) ? (writes ?? 0) : 0,
        max: KV_WRITES_PER_DAY_MAX,
      },
      rowsWritten: { today: this.#rowsWritten, max: DESK_ROWS_WRITTEN_PER_DAY_MAX },
      archive: one<{ entries: number; pages: number; oldestPage: number | null }>(
        'SELECT coalesce(sum(entries), 0) AS entries, count(*) AS pages, min(id) AS oldestPage FROM page',
      ),
      stories: one<{ open: number; closed: number }>(
        'SELECT count(*) FILTER (WHERE open = 1) AS open, count(*) FILTER (WHERE open = 0) AS closed FROM story',
      ),
      redRules: redRulesInForce(sql),
      queued: queuedCount(sql),
      deliveries: one<{ pending: number; delivered: number; dead: number }>(
        `SELECT count(*) FILTER (WHERE state = 'pending') AS pending,
                count(*) FILTER (WHERE state = 'delivered') AS delivered,
                count(*) FILTER (WHERE state = 'dead') AS dead FROM outbox`,
      ),
      bytes: sql.databaseSize,
    };
  }
}
