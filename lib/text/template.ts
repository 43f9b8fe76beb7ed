/**
 * Logic-less templates: the subset of Mustache (mustache(5)) without partials and lambdas: `{{name}}`, `{{a.b}}`, `{{.}}`,
 * sections `{{#list}}…{{/list}}`, inverted sections `{{^list}}…{{/list}}`; plus filters for escaping: `{{title|url}}`. Only
 * own properties are looked up; nothing is called or evaluated.
 */
import { TEMPLATE_DEPTH_MAX, TEMPLATE_OUTPUT_UNITS_MAX, TEMPLATE_UNITS_MAX } from '../model/limits.ts';

/** How a value is escaped: by its filter, else by the content type. */
export type TemplateFilter = 'string' | 'json' | 'url' | 'text' | 'html';

/** Values by name. */
export interface TemplateView {
  readonly [name: string]: unknown;
}

/** A mistake of the template's author, from `from` to `to` in UTF-16 units of the template. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly from: number;
  readonly to: number;

  constructor(message: string, from: number, to: number) {
    super(message);
    this.from = from;
    this.to = to;
  }
}

/** A node of a parsed template; `from` is its offset. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string; readonly from: number }
  | {
      readonly kind: 'value';
      readonly path: readonly string[];
      readonly filter: TemplateFilter;
      readonly from: number;
    }
  | {
      readonly kind: 'section';
      readonly path: readonly string[];
      readonly inverted: boolean;
      readonly parts: readonly TemplatePart[];
      readonly from: number;
    };

const TAG = /\{\{\s*([#^/]?)\s*([^{}|]*?)\s*(?:\|\s*([a-z]*)\s*)?\}\}/gu;
const NAME = /^(?:\.|[A-Za-z_][\w-]*(?:\.[\w-]+)*)$/u;
/** All filters. */
const FILTERS: readonly TemplateFilter[] = ['json', 'url', 'text', 'html', 'string'];

/** @param contentType decides how values without a filter are escaped. @throws TemplateError */
export function parseTemplate(source: string, contentType: string): readonly TemplatePart[] {
  if (source.length > TEMPLATE_UNITS_MAX)
    throw new TemplateError(
      `a template may have at most ${TEMPLATE_UNITS_MAX} characters, this one has ${source.length}`,
      0,
      source.length,
    );
  const parser = new Parser(usualFilter(contentType));
  let at = 0;
  for (const match of source.matchAll(TAG)) {
    const [whole, sign = '', name = '', filter] = match;
    const to = match.index + whole.length;
    parser.text(source.slice(at, match.index), at);
    parser.tag({ sign, name, filter: filter ?? null, from: match.index, to });
    at = to;
  }
  parser.text(source.slice(at), at);
  return parser.end();
}

/** A tag in the text. */
interface Tag {
  readonly sign: string;
  readonly name: string;
  readonly filter: string | null;
  readonly from: number;
  readonly to: number;
}

/** Builds the tree. Invariant: new parts belong to the innermost open section. */
class Parser {
  readonly #usual: TemplateFilter;
  readonly #root: TemplatePart[] = [];
  readonly #open: { readonly tag: Tag; readonly parts: TemplatePart[] }[] = [];

  constructor(usual: TemplateFilter) {
    this.#usual = usual;
  }

  /** A stretch of literal text; `{{` in it is an unclosed tag. */
  text(text: string, from: number): void {
    const stray = text.indexOf('{{');
    if (stray >= 0)
      throw new TemplateError('this tag has no closing }} or no valid name', from + stray, from + stray + 2);
    if (text !== '') this.#here().push({ kind: 'text', text, from });
  }

  /** A value, or the start or end of a section. */
  tag(tag: Tag): void {
    const { sign, name, filter, from, to } = tag;
    if (!NAME.test(name)) throw new TemplateError(`'${name}' is not a valid name`, from, to);
    const path = name === '.' ? [] : name.split('.');
    if (sign === '') {
      this.#here().push({ kind: 'value', path, filter: this.#filter(filter, tag), from });
    } else if (sign === '/') this.#close(tag);
    else {
      if (this.#open.length >= TEMPLATE_DEPTH_MAX)
        throw new TemplateError(`sections are nested deeper than ${TEMPLATE_DEPTH_MAX}`, from, to);
      const parts: TemplatePart[] = [];
      this.#here().push({ kind: 'section', path, inverted: sign === '^', parts, from });
      this.#open.push({ tag, parts });
    }
  }

  end(): readonly TemplatePart[] {
    const tag = this.#open.at(-1)?.tag;
    if (tag !== undefined)
      throw new TemplateError(
        `the section '${tag.name}' is not closed: add {{/${tag.name}}}`,
        tag.from,
        tag.to,
      );
    return this.#root;
  }

  #here(): TemplatePart[] {
    return this.#open.at(-1)?.parts ?? this.#root;
  }

  #close({ name, from, to }: Tag): void {
    if (this.#open.pop()?.tag.name !== name)
      throw new TemplateError(`the section '${name}' is not open here`, from, to);
  }

  #filter(filter: string | null, { from, to }: Tag): TemplateFilter {
    if (filter === null) return this.#usual;
    const known = FILTERS.find((one) => one === filter);
    if (known === undefined)
      throw new TemplateError(`'${filter}' is not a known filter: use ${FILTERS.join(', ')}`, from, to);
    return known;
  }
}

/** First names of all values and sections with their offsets, to be checked against the names that exist. */
export function templateNames(
  parts: readonly TemplatePart[],
): { readonly name: string; readonly from: number }[] {
  return parts.flatMap((part) => {
    if (part.kind === 'text') return [];
    const own = part.path[0] === undefined ? [] : [{ name: part.path[0], from: part.from }];
    return part.kind === 'section' ? [...own, ...templateNames(part.parts)] : own;
  });
}

/** Escaping by content type. */
function usualFilter(contentType: string): TemplateFilter {
  if (/\bjson\b/iu.test(contentType)) return 'string';
  if (/x-www-form-urlencoded/iu.test(contentType)) return 'url';
  return /\bhtml\b|\bxml\b/iu.test(contentType) ? 'html' : 'text';
}

/** A missing name renders as an empty text. @throws TemplateError when the output exceeds TEMPLATE_OUTPUT_UNITS_MAX */
export function renderTemplate(parts: readonly TemplatePart[], view: TemplateView): string {
  const out: string[] = [];
  let units = 0;
  const add = (text: string, from: number): void => {
    units += text.length;
    if (units > TEMPLATE_OUTPUT_UNITS_MAX)
      throw new TemplateError(`the output exceeds ${TEMPLATE_OUTPUT_UNITS_MAX} characters`, from, from + 2);
    out.push(text);
  };
  const walk = (some: readonly TemplatePart[], stack: readonly unknown[]): void => {
    for (const part of some) {
      if (part.kind === 'text') add(part.text, part.from);
      else if (part.kind === 'value') add(written(lookUp(part.path, stack), part.filter), part.from);
      else for (const scope of scopesOf(part, lookUp(part.path, stack))) walk(part.parts, [...stack, scope]);
    }
  };
  walk(parts, [view]);
  return out.join('');
}

/** Scopes of a section: each element of a list with its position, the value itself, or none. */
function scopesOf({ inverted }: { readonly inverted: boolean }, value: unknown): readonly unknown[] {
  const isEmpty =
    value === undefined ||
    value === null ||
    value === false ||
    value === '' ||
    value === 0 ||
    (Array.isArray(value) && value.length === 0);
  if (inverted) return isEmpty ? [{}] : [];
  if (isEmpty) return [];
  if (!Array.isArray(value)) return [value];
  return value.map((element: unknown, at) => ({
    ...(typeof element === 'object' && element !== null ? element : {}),
    '.': element,
    first: at === 0,
    last: at === value.length - 1,
  }));
}

/** Searches from the innermost scope outwards. Own properties only, so `constructor` is a missing name. */
function lookUp(path: readonly string[], stack: readonly unknown[]): unknown {
  const top = stack.at(-1);
  if (path.length === 0) return isObject(top) && Object.hasOwn(top, '.') ? top['.'] : top;
  const [head = '', ...rest] = path;
  const scope = stack.findLast((one) => isObject(one) && Object.hasOwn(one, head));
  if (!isObject(scope)) return undefined;
  return rest.reduce<unknown>(
    (value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    scope[head],
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** A value as text, escaped by a filter. */
function written(value: unknown, filter: TemplateFilter): string {
  if (filter === 'json') return JSON.stringify(value ?? null);
  const text = textOf(value).toWellFormed();
  switch (filter) {
    case 'string':
      return JSON.stringify(text).slice(1, -1);
    case 'url':
      return encodeURIComponent(text);
    case 'html':
      return text.replace(/[&<>"']/gu, (char) => `&#${char.charCodeAt(0)};`);
    case 'text':
      return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/gu, '');
  }
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return isObject(value) ? JSON.stringify(value) : String(value);
}
