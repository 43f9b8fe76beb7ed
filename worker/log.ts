/** One line for each event. Never contains feed text or addresses of channels; control characters are removed. */

type Level = 'info' | 'warn' | 'error';

/** Prints `subject event`: `feed bbc-world recovered`. The event begins in the past tense; at most 500 characters. */
export function log(level: Level, subject: string, event: string): void {
  const line = `${subject} ${event}`.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').slice(0, 500);
  console[level](line);
}
