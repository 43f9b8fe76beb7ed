/** Fires the cron on this machine, as Cloudflare would: at even times, whether or not the last tick is done. */

export interface Ticker {
  stop(): void;
}

/** @param everyMs 0: never */
export function startTicker(url: string, everyMs: number): Ticker {
  if (everyMs <= 0) return { stop: () => {} };
  let timer: NodeJS.Timeout;
  const fire = (): void => {
    const now = Date.now();
    const slot = Math.floor(now / everyMs) * everyMs;
    void fireTick(url, slot);
    timer = setTimeout(fire, slot + everyMs - now);
  };
  fire();
  return { stop: () => clearTimeout(timer) };
}

/** One tick at `time`; a failed one is told, and the next comes all the same. */
async function fireTick(url: string, time: number): Promise<void> {
  try {
    const answer = await fetch(`${url}/cdn-cgi/local/scheduled?time=${time}`);
    await answer.arrayBuffer();
    if (!answer.ok) process.stderr.write(`tick: HTTP ${answer.status}\n`);
  } catch {
    process.stderr.write('tick: the worker could not be reached\n');
  }
}
