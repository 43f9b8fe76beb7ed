/** Calls the API from a page of the same origin. When a session has ended, the listener shows the sign-in page. */

/** An error answer of the API: a problem of RFC 9457. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly detail: string | null;
  /** Members beyond those of every problem, as they came. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    title: string,
    detail: string | null,
    members: Readonly<Record<string, unknown>> = {},
  ) {
    super(title);
    this.status = status;
    this.detail = detail;
    this.members = members;
  }
}

/** The service did not answer. */
export class LostConnection extends Error {
  override readonly name = 'LostConnection';
}

let signedOut: () => void = () => {};

/** @param listener called when the API answers 401: the session has ended */
export function whenSignedOut(listener: () => void): void {
  signedOut = listener;
}

export type Query = Readonly<Record<string, string | undefined>>;

/** Throws ApiProblem, LostConnection. */
export async function get<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  const answer = await call('GET', withQuery(path, query), { ...(signal === undefined ? {} : { signal }) });
  return (await answer.json()) as T;
}

/** @returns the answer's JSON; null where it has none */
export async function send<T = null>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> {
  const answer = await call(method, path, {
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (answer.status === 204 ? null : await answer.json()) as T;
}

/** The raw answer, for streams and text. Throws ApiProblem, LostConnection. */
export async function call(method: string, path: string, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(path, { ...init, method, credentials: 'same-origin' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new LostConnection('the connection was lost');
  }
  if (answer.ok) return answer;
  const problem = await problemOf(answer);
  if (answer.status === 401 && path !== '/api/session') signedOut();
  throw problem;
}

async function problemOf(answer: Response): Promise<ApiProblem> {
  const body: unknown = await answer.json().catch(() => null);
  const { title, detail } = (body ?? {}) as { title?: unknown; detail?: unknown };
  return new ApiProblem(
    answer.status,
    typeof title === 'string' ? title : `the service answered with error ${answer.status}`,
    typeof detail === 'string' ? detail : null,
    { ...(body as object | null), retryAfter: answer.headers.get('retry-after') },
  );
}

function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => (pair[1] ?? '') !== '');
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
