/** The Worker side of bench/workerd.ts: reads a posted document over and over and says how long that took. */

/** `POST /<milliseconds>`: at least once, until the time is over. */
export function timing(read: (bytes: Uint8Array) => unknown): ExportedHandler {
  return {
    async fetch(request) {
      const bytes = new Uint8Array(await request.arrayBuffer());
      const start = performance.now();
      const end = start + Number(new URL(request.url).pathname.slice(1));
      let runs = 0;
      let now = start;
      do {
        await read(bytes);
        runs += 1;
        now = performance.now();
      } while (now < end);
      return Response.json({ runs, ms: now - start });
    },
  };
}
