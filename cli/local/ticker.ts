/** Fires the cron on this machine as Cloudflare does: at multiples of the interval, even if the last tick is not done. */

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

/** One tick at `time`, ms since 1970. A failed tick is logged and does not stop the next. */
async function fireTick(url: string, time: number): Promise<void> {
  try {
    const answer = await fetch(`${url}/cdn-cgi/local/scheduled?time=${time}`);
    await answer.arrayBuffer();
    if (!answer.ok) process.stderr.write(`tick failed: HTTP ${answer.status}\n`);
  } catch {
    process.stderr.write('tick failed: the Worker could not be reached\n');
  }
}
