/** One line an event. Feed text and addresses of channels never come here; control characters are cut. */

type Level = 'info' | 'warn' | 'error';

/** `feed www.example.org/rss: failed (timeout)`: what it is about, then what happened. */
export function log(level: Level, subject: string, message: string): void {
  const line = `${subject}: ${message}`.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').slice(0, 500);
  console[level](line);
}
