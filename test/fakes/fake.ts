/** What every fake of a platform shares: a request in, the platform's documented answer out. */

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface FakeAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Fake = (request: Received) => FakeAnswer;

export interface Loose {
  readonly [key: string]: unknown;
}

export const json = (status: number, value: unknown): FakeAnswer => ({
  status,
  body: JSON.stringify(value),
  headers: { 'content-type': 'application/json' },
});

/** The body as a JSON object; null: it is none, or was not called so. */
export function objectOf({ headers, body }: Received): Loose | null {
  if (!headers['content-type']?.startsWith('application/json')) return null;
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

export function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null;
}

/** A text of 1 to `unitsMax` UTF-16 units, not of blanks alone, well formed. */
export function isText(value: unknown, unitsMax: number): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= unitsMax && value.isWellFormed();
}

export function isLink(value: unknown, unitsMax: number): value is string {
  if (typeof value !== 'string' || value.length > unitsMax || !URL.canParse(value)) return false;
  return /^https?:$/u.test(new URL(value).protocol);
}

export const bytesOf = (text: string): number => Buffer.byteLength(text);

/** Only these keys. */
export function hasOnly(value: Loose, keys: string): boolean {
  return Object.keys(value).every((key) => keys.split(' ').includes(key));
}
