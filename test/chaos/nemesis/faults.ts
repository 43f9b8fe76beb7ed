/** What the wrapper breaks: KV that is stale or refuses, SQL that fails, points at which somebody outside may kill. */

export interface Faults {
  /** Reads of KV are up to so many writes old; a value may look as if it had never been written. */
  kvStaleWrites: number;
  /** Share of writes that KV refuses, 0 to 1. */
  kvRefused: number;
  /** Statements that match fail; null: none does. */
  sql: string | null;
  /** Where points are announced; null: nowhere. */
  control: string | null;
}

export const faults: Faults = { kvStaleWrites: 0, kvRefused: 0, sql: null, control: null };

const realFetch = globalThis.fetch.bind(globalThis);

/** Whoever listens answers, or kills us. */
export async function reach(point: string): Promise<void> {
  const { control } = faults;
  if (control === null) return;
  await (await realFetch(`${control}/${point}`)).arrayBuffer();
}

/** Deliveries are announced too: they are the product's only requests with a body. */
globalThis.fetch = (async (input: RequestInfo | URL, init?: RequestInit) => {
  if (init?.method !== 'POST') return await realFetch(input, init);
  await reach('send-before');
  const response = await realFetch(input, init);
  await reach('send-answered');
  return response;
}) as typeof globalThis.fetch;

/** Whoever runs this Worker alone shares its chance: seeded by the rig, so that a run can be repeated. */
let chance = 1;
export function seedChance(seed: number): void {
  chance = seed >>> 0;
}
function random(): number {
  chance = (Math.imul(chance, 1_664_525) + 1_013_904_223) >>> 0;
  return chance / 4_294_967_296;
}

/** Newest last, what each key was; the first is what it was before. */
const history = new Map<string, (ArrayBuffer | null)[]>();

export function faultyKv(kv: KVNamespace): KVNamespace {
  const read = async (key: string, type: 'text' | 'arrayBuffer'): Promise<ArrayBuffer | string | null> => {
    const past = history.get(key);
    const age = Math.floor(random() * (faults.kvStaleWrites + 1));
    const bytes =
      age === 0 || past === undefined
        ? await kv.get(key, 'arrayBuffer')
        : (past[Math.max(0, past.length - 1 - age)] ?? null);
    return bytes === null || type === 'arrayBuffer' ? bytes : new TextDecoder().decode(bytes);
  };
  const write = async (key: string, value: string | ArrayBuffer): Promise<void> => {
    await reach('kv-before');
    if (random() < faults.kvRefused) throw new Error('KV PUT failed: 429 Too Many Requests');
    const past = history.get(key) ?? [await kv.get(key, 'arrayBuffer')];
    await kv.put(key, value);
    history.set(key, [...past, await kv.get(key, 'arrayBuffer')].slice(-4));
    await reach('kv-after');
  };
  return new Proxy(kv, {
    get: (target, name, receiver) => {
      if (name === 'get') return (key: string, type?: 'arrayBuffer') => read(key, type ?? 'text');
      if (name === 'put') return write;
      return Reflect.get(target, name, receiver);
    },
  });
}

/** Once for all desks. What fails is what SQLite says of a full disk. */
export function bendSql(sql: SqlStorage): void {
  const prototype = Object.getPrototypeOf(sql) as SqlStorage & { bent?: boolean };
  if (prototype.bent === true) return;
  const { exec } = prototype;
  prototype.bent = true;
  prototype.exec = function (this: SqlStorage, query: string, ...bindings: never[]) {
    if (faults.sql !== null && new RegExp(faults.sql, 'u').test(query))
      throw new Error('database or disk is full: SQLITE_FULL');
    return exec.call(this, query, ...bindings);
  } as typeof exec;
}
