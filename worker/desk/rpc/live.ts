/** Live pages: each is told that something changed, and asks for what it shows. Nothing of the watch goes over this wire. */

import type { Change } from '../operation/context.ts';

/** A page that hears nothing for this long asks whether the line still stands. */
const BEAT_MS = 20_000;
/** Pages that listen at once; the oldest is dropped for a new one, and comes back by itself. */
const LISTENERS_MAX = 100;

export class Live {
  readonly #listeners = new Set<WritableStreamDefaultWriter<Uint8Array>>();
  #beat: ReturnType<typeof setInterval> | null = null;

  /** Server-sent events (WHATWG HTML §9.2): `change` with the kind as data. */
  stream(): ReadableStream<Uint8Array> {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const [oldest] = this.#listeners;
    if (this.#listeners.size >= LISTENERS_MAX && oldest !== undefined) this.#drop(oldest);
    this.#listeners.add(writer);
    this.#send(writer, 'retry: 2000\n: hello\n\n');
    this.#beat ??= setInterval(() => this.#all(': beat\n\n'), BEAT_MS);
    return readable;
  }

  changed(kind: Change): void {
    this.#all(`event: change\ndata: ${kind}\n\n`);
  }

  #all(text: string): void {
    for (const listener of this.#listeners) this.#send(listener, text);
  }

  /** Whoever went away is forgotten. */
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
