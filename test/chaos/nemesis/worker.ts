/**
 * The Worker as it is deployed, in the hands of a nemesis: its clock, its KV, its tables and its calls to the desk are
 * reached through this wrapper, which only the rig builds. `POST /chaos` changes what is broken.
 */

import type { Env } from '../../../worker/env.ts';
// After the clock: the product's modules are evaluated with it in place.
import product, { Desk as RealDesk } from '../../../worker/index.ts';
import type { Variables } from '../../../worker/settings.ts';
import { bendAlarms, clock } from './clock.ts';
import { bendSql, type Faults, faults, faultyKv, reach, seedChance } from './faults.ts';

export class Desk extends RealDesk {
  constructor(ctx: DurableObjectState, env: Variables) {
    bendAlarms(ctx.storage);
    bendSql(ctx.storage.sql);
    super(ctx, env);
  }

  #running = 0;

  /** After the clock was moved: what is due by now is due now. */
  async wake(): Promise<void> {
    await this.ctx.storage.setAlarm(Date.now());
  }

  /** Nothing is being sent, and nothing will be. */
  async idle(): Promise<boolean> {
    return this.#running === 0 && (await this.ctx.storage.getAlarm()) === null;
  }

  override async alarm(): Promise<void> {
    this.#running++;
    await reach('alarm-before');
    await super.alarm();
    await reach('alarm-after');
    this.#running--;
  }
}

interface Order extends Partial<Faults> {
  readonly offsetMs?: number;
  readonly hurryUntil?: number | null;
  readonly timerSpeed?: number;
  readonly waitSpeed?: number;
  readonly seed?: number;
}

/** Calls of the poller to the desk, with the points before and behind them. */
function watched(namespace: Env['DESK']): Env['DESK'] {
  const stubOf: Env['DESK']['get'] = (id) => {
    const stub = namespace.get(id);
    return new Proxy(stub, {
      get: (target, name) => {
        if (name !== 'claim' && name !== 'accept') return Reflect.get(target, name);
        return async (...args: [never]) => {
          await reach(`${name}-before`);
          const answer = await target[name](...args);
          await reach(`${name}-after`);
          return answer;
        };
      },
    });
  };
  return new Proxy(namespace, {
    get: (target, name) => {
      if (name === 'get') return stubOf;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

async function obey(request: Request, env: Env): Promise<Response> {
  const { offsetMs, hurryUntil, timerSpeed, waitSpeed, seed, ...broken } = (await request.json()) as Order;
  if (offsetMs !== undefined) clock.offsetMs = offsetMs;
  if (hurryUntil !== undefined) clock.hurryUntil = hurryUntil;
  if (timerSpeed !== undefined) clock.timerSpeed = timerSpeed;
  if (waitSpeed !== undefined) clock.waitSpeed = waitSpeed;
  if (seed !== undefined) seedChance(seed);
  Object.assign(faults, broken);
  const desk = env.DESK.get(env.DESK.idFromName('desk')) as unknown as Pick<Desk, 'wake' | 'idle'>;
  if (offsetMs !== undefined || hurryUntil !== undefined) await desk.wake();
  return Response.json({ now: Date.now(), offsetMs: clock.offsetMs, idle: await desk.idle() });
}

export default {
  fetch: (request, env, context) =>
    new URL(request.url).pathname === '/chaos'
      ? obey(request, env)
      : product.fetch(request, { ...env, SEEN: faultyKv(env.SEEN), DESK: watched(env.DESK) }, context),
  scheduled: (event, env) =>
    product.scheduled(event, { ...env, SEEN: faultyKv(env.SEEN), DESK: watched(env.DESK) }),
} satisfies ExportedHandler<Env>;
