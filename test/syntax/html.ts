/** HTML as Telegram, Google Chat, Matrix and mail read it: a closed list of tags, properly nested, every sign escaped. */
import { joined, type Piece, SyntaxFault } from './seen.ts';

const REFERENCES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

type Tags = Readonly<Record<string, readonly string[]>>;

/** @param tags allowed, with the attributes that each may have */
export function readHtml(source: string, tags: Tags): Piece[] {
  const reader = new Reader(tags);
  const token = /<(\/?)([a-z0-9]+)((?:\s+[a-z]+="[^"<>]*")*)\s*>|([^<]+)|(<)/gu;
  for (const [whole, slash, name = '', attributes = '', text] of source.matchAll(token)) {
    if (text !== undefined) reader.text(text);
    else if (name === '') throw new SyntaxFault(`a bare < at ${JSON.stringify(whole)}`);
    else if (slash === '') reader.open(name, attributes);
    else reader.close(name);
  }
  return reader.end();
}

class Reader {
  readonly #tags: Tags;
  readonly #pieces: Piece[] = [];
  readonly #open: { name: string; href: string | null }[] = [];

  constructor(tags: Tags) {
    this.#tags = tags;
  }

  text(text: string): void {
    const strong = this.#open.some(({ name }) => name === 'b' || name === 'h1');
    const href = this.#open.findLast((tag) => tag.href !== null)?.href ?? null;
    this.#pieces.push({ text: unescaped(text), strong, href });
  }

  open(name: string, attributes: string): void {
    const allowed = this.#tags[name];
    if (allowed === undefined) throw new SyntaxFault(`tag <${name}>`);
    const given = [...attributes.matchAll(/([a-z]+)="([^"]*)"/gu)];
    const stray = given.find(([, attribute = '']) => !allowed.includes(attribute));
    if (stray !== undefined) throw new SyntaxFault(`attribute ${stray[1]} of <${name}>`);
    const href = given.find(([, attribute]) => attribute === 'href')?.[2] ?? null;
    if (name === 'br') this.#break();
    else this.#open.push({ name, href: href === null ? null : unescaped(href) });
  }

  close(name: string): void {
    const last = this.#open.pop();
    if (last?.name !== name) throw new SyntaxFault(`</${name}> closes <${last?.name}>`);
    if (name === 'p' || name === 'h1') this.#break();
  }

  end(): Piece[] {
    if (this.#open.length > 0) throw new SyntaxFault(`<${this.#open.at(-1)?.name}> is not closed`);
    return joined(this.#pieces);
  }

  #break(): void {
    this.#pieces.push({ text: '\n', strong: false, href: null });
  }
}

function unescaped(text: string): string {
  return text.replace(/&([^;&\s]*;?)/gu, (whole, name: string) => {
    const char = REFERENCES[name.replace(/;$/u, '')];
    if (!name.endsWith(';') || char === undefined) throw new SyntaxFault(`a bare & at ${whole}`);
    return char;
  });
}
