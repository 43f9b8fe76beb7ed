/** The bindings of the Worker. */

import type { Desk } from './desk/desk.ts';
import type { Variables } from './settings.ts';

/** Bindings and variables of the Worker. */
export interface Env extends Variables {
  readonly SEEN: KVNamespace;
  /** The built pages: web/dist. */
  readonly ASSETS: Fetcher;
  readonly DESK: DurableObjectNamespace<Desk>;
}

/** The single desk of this installation. */
export function deskOf(env: Env): DurableObjectStub<Desk> {
  return env.DESK.get(env.DESK.idFromName('desk'));
}
