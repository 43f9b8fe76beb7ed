/** `/api/openapi.json` as a foreign reader takes it: which answers it promises, judged by ajv. */
import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface Media {
  readonly schema: object;
  /** Of one line of JSON Lines. */
  readonly 'x-line'?: object;
}

interface Answer {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, Media>>;
}

interface DescribedOperation {
  readonly operationId: string;
  readonly security?: readonly object[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, Answer>>;
}

export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: object;
}

export interface Described extends DescribedOperation {
  readonly method: string;
  /** `/api/stories/{id}` */
  readonly path: string;
}

/** By operation id. */
export function operationsOf({ paths }: Document): Map<string, Described> {
  return new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, of]): [string, Described] => [
        of.operationId,
        { ...of, path, method: method.toUpperCase() },
      ]),
    ),
  );
}

/** Milliseconds since 1970 from 2001 to 2096: no other number of an answer is that large, but for the keys of the archive. */
const isTimeInMs = (value: unknown): boolean => typeof value === 'number' && value > 1e12 && value < 4e12;

export class Judge {
  readonly #ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
  readonly #components: object;
  readonly #known = new Map<object, ValidateFunction>();

  constructor({ components }: Document) {
    addFormats.default(this.#ajv);
    this.#ajv.addKeyword('components');
    this.#components = components;
  }

  /** @returns what of the answer the description does not promise; empty: nothing */
  async faults(operation: Described, answer: Response): Promise<string[]> {
    const promised = operation.responses[answer.status];
    const text = await bodyOf(answer);
    if (promised === undefined) return [`${answer.status} is not described: ${text.slice(0, 200)}`];
    if (promised.content === undefined) return text === '' ? [] : [`a body: ${text.slice(0, 200)}`];
    const [type = ''] = (answer.headers.get('content-type') ?? '').split(';');
    const media = promised.content[type];
    if (media === undefined) return [`the media type ${type} is not described for ${answer.status}`];
    const line = media['x-line'];
    if (line !== undefined)
      return text
        .trim()
        .split('\n')
        .flatMap((one) => (one === '' ? [] : this.#check(line, JSON.parse(one))));
    return this.#check(media.schema, /json$/.test(type) ? JSON.parse(text) : text);
  }

  #check(schema: object, value: unknown): string[] {
    const check = this.#known.get(schema) ?? this.#ajv.compile(this.#standalone(schema));
    this.#known.set(schema, check);
    const faults = check(value)
      ? []
      : (check.errors ?? []).map(({ instancePath, message, params }) =>
          [instancePath, message, JSON.stringify(params)].join(' '),
        );
    return [...faults, ...timesInMs(value, '')];
  }

  #standalone(schema: object): AnySchema {
    return { ...schema, components: this.#components };
  }
}

function timesInMs(value: unknown, path: string): string[] {
  if (isTimeInMs(value) && !/\/keys\/\d+$/.test(path)) return [`${path} is a time in milliseconds: ${value}`];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, of]) => timesInMs(of, `${path}/${key}`));
}

/** The first part of a stream of events, which does not end. */
async function bodyOf(answer: Response): Promise<string> {
  if (!answer.headers.get('content-type')?.startsWith('text/event-stream')) return await answer.text();
  const reader = answer.body?.getReader();
  const part = await reader?.read();
  await reader?.cancel();
  return new TextDecoder().decode(part?.value);
}
