/** The desk under test: wiped, looked into, copied and restored. */
import { runInDurableObject } from 'cloudflare:test';
import { desk } from './newsroom.ts';

export type Row = Record<string, SqlStorageValue>;
export type Copy = readonly (readonly [table: string, rows: readonly Row[]])[];

const TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'";

export async function query<T extends Row>(sql: string, ...bindings: SqlStorageValue[]): Promise<T[]> {
  return await runInDurableObject(desk(), (_, state) =>
    state.storage.sql.exec<T>(sql, ...bindings).toArray(),
  );
}

/** As new, whatever the test before left: a run of the alarm that still sends would note its answers on rows of the next test. */
export async function wipeDesk(): Promise<void> {
  await runInDurableObject(desk(), async (instance, state) => {
    await state.storage.deleteAlarm();
    const { busy } = (instance as unknown as { sending: { busy: Set<string> } }).sending;
    while (busy.size > 0) await scheduler.wait(10);
    const { sql } = state.storage;
    for (const { name } of sql.exec<{ name: string }>(`${TABLES} AND name <> 'migration'`).toArray())
      sql.exec(`DELETE FROM ${name}`);
    sql.exec("INSERT INTO fact (name, value) VALUES ('desk', ?)", crypto.randomUUID());
    await state.storage.deleteAlarm();
  });
}

/** Every row of every table, as a backup has them. */
export async function copyOfDesk(): Promise<Copy> {
  return await runInDurableObject(desk(), (_, state) => {
    const { sql } = state.storage;
    const names = sql.exec<{ name: string }>(TABLES).toArray();
    return names.map(({ name }) => [name, sql.exec(`SELECT * FROM ${name}`).toArray()] as const);
  });
}

export async function restoreDesk(copy: Copy): Promise<void> {
  await runInDurableObject(desk(), (_, state) => {
    const { sql } = state.storage;
    for (const [name, rows] of copy) {
      sql.exec(`DELETE FROM ${name}`);
      for (const row of rows) {
        const columns = Object.keys(row);
        sql.exec(
          `INSERT INTO ${name} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`,
          ...Object.values(row),
        );
      }
    }
  });
}
