/** Live pages: each is notified that something changed and fetches it. No content is sent over this stream. */

import type { Change } from '../../lib/model/change.ts';
import { LIVE_BEAT_MS, LIVE_LISTENERS_MAX } from '../../lib/model/limits.ts';

/** The open event streams of the pages. */
export class Live {
  readonly #listeners = new Set<WritableStreamDefaultWriter<Uint8Array>>();
  #beat: ReturnType<typeof setInterval> | null = null;

  /** A stream of server-sent events (WHATWG HTML, "Server-sent events"): `change` with the kind as data. */
  stream(): ReadableStream<Uint8Array> {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const [oldest] = this.#listeners;
    if (this.#listeners.size >= LIVE_LISTENERS_MAX && oldest !== undefined) this.#drop(oldest);
    this.#listeners.add(writer);
    this.#send(writer, 'retry: 2000\n: hello\n\n');
    this.#beat ??= setInterval(() => this.#all(`event: beat\ndata: ${LIVE_BEAT_MS} ms\n\n`), LIVE_BEAT_MS);
    return readable;
  }

  changed(kind: Change): void {
    this.#all(`event: change\ndata: ${kind}\n\n`);
  }

  #all(text: string): void {
    for (const listener of this.#listeners) this.#send(listener, text);
  }

  /** A listener whose connection is closed is removed. */
  #send(listener: WritableStreamDefaultWriter<Uint8Array>, text: string): void {
    listener.write(new TextEncoder().encode(text)).catch(() => this.#drop(listener));
  }

  #drop(listener: WritableStreamDefaultWriter<Uint8Array>): void {
    this.#listeners.delete(listener);
    listener.close().catch(() => {});
    if (this.#listeners.size > 0 || this.#beat === null) return;
    clearInterval(this.#beat);
    this.#beat = null;
  }
}
