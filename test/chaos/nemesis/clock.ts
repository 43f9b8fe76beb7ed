/**
 * A clock that can be moved, for the Worker and its desk alike: they share one isolate. Loaded before the product's own
 * code, which reads `Date` as ever. Alarms go by this clock too: `bendAlarms` turns their times into real ones.
 */

interface Clock {
  /** Ahead of the machine's clock, ms. */
  offsetMs: number;
  /** Until when (by this clock) the time to the next alarm passes at once; null: it takes as long as it takes. */
  hurryUntil: number | null;
  /** Timers of more than LONG_TIMER_MS run so many times as fast. */
  timerSpeed: number;
  /** The product's own waits run so many times as fast. */
  waitSpeed: number;
}

export const clock: Clock = { offsetMs: 0, hurryUntil: null, timerSpeed: 1, waitSpeed: 1 };

const LONG_TIMER_MS = 5_000;

const RealDate = Date;
const now = (): number => RealDate.now() + clock.offsetMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
});

const sped = (ms: number | undefined): number | undefined =>
  ms !== undefined && ms > LONG_TIMER_MS ? ms / clock.timerSpeed : ms;

const realSetTimeout = globalThis.setTimeout.bind(globalThis);
globalThis.setTimeout = ((handler: () => void, ms?: number) =>
  realSetTimeout(handler, sped(ms))) as typeof globalThis.setTimeout;
const realAbort = AbortSignal.timeout.bind(AbortSignal);
AbortSignal.timeout = (ms) => realAbort(sped(ms) ?? ms);

const realWait = scheduler.wait.bind(scheduler);
scheduler.wait = (ms, options) => realWait(ms / clock.waitSpeed, options);

/** Once for all desks: their storage has one prototype. */
export function bendAlarms(storage: DurableObjectStorage): void {
  const prototype = Object.getPrototypeOf(storage) as DurableObjectStorage & { bent?: boolean };
  if (prototype.bent === true) return;
  const { setAlarm, getAlarm } = prototype;
  prototype.bent = true;
  prototype.setAlarm = function (at, options) {
    const time = Number(at);
    const { hurryUntil } = clock;
    // Nobody waits: what lies between now and then is over.
    if (hurryUntil !== null && time > now())
      clock.offsetMs += Math.max(0, Math.min(time, hurryUntil) - now());
    return setAlarm.call(this, time - clock.offsetMs, options);
  };
  prototype.getAlarm = async function (options) {
    const at = await getAlarm.call(this, options);
    return at === null ? null : at + clock.offsetMs;
  };
}
