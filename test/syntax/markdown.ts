/** Markdown as Discord and Mattermost read it. Any sign that could begin a mark must be escaped or be one of ours. */
import { joined, type Piece, SyntaxFault } from './seen.ts';

export interface Reading {
  /** Signs that mean something and may stand bare nowhere but in our own marks. */
  readonly special: RegExp;
  /** Marks of strong and of emphasis, the longest first. */
  readonly marks: readonly { readonly sign: string; readonly strong: boolean }[];
}

export const DISCORD: Reading = {
  special: /[\\*_~`|>#[\]()<]/u,
  marks: [
    { sign: '**', strong: true },
    { sign: '__', strong: true },
    { sign: '*', strong: false },
  ],
};
export const MATTERMOST: Reading = {
  special: /[\\*_`{}[\]()<>|!&$]/u,
  marks: [
    { sign: '**', strong: true },
    { sign: '_', strong: false },
  ],
};

/** Throws SyntaxFault. */
export function readMarkdown(source: string, reading: Reading): Piece[] {
  return new Reader(source, reading).read();
}

class Reader {
  readonly #source: string;
  readonly #reading: Reading;
  readonly #pieces: Piece[] = [];
  readonly #open: string[] = [];
  #href: string | null = null;
  #at = 0;

  constructor(source: string, reading: Reading) {
    this.#source = source;
    this.#reading = reading;
  }

  read(): Piece[] {
    while (this.#at < this.#source.length) {
      if (!(this.#escape() || this.#link() || this.#mark())) this.#char();
    }
    if (this.#open.length > 0) throw new SyntaxFault(`${this.#open.at(-1)} is not closed`);
    if (this.#href !== null) throw new SyntaxFault('a link is not closed');
    return joined(this.#pieces);
  }

  get #rest(): string {
    return this.#source.slice(this.#at);
  }

  #say(text: string): void {
    const strong = this.#open.some((sign) =>
      this.#reading.marks.some((mark) => mark.sign === sign && mark.strong),
    );
    this.#pieces.push({ text, strong, href: this.#href });
  }

  #escape(): boolean {
    const sign = /^\\([!-/:-@[-`{-~])/u.exec(this.#source.slice(this.#at, this.#at + 2))?.[1];
    if (sign === undefined) return false;
    this.#say(sign);
    this.#at += 2;
    return true;
  }

  #link(): boolean {
    if (this.#href !== null && this.#source.startsWith(`](${this.#href})`, this.#at)) {
      this.#at += this.#href.length + 3;
      this.#href = null;
      return true;
    }
    const address = this.#href === null && this.#source[this.#at] === '[' ? addressAfter(this.#rest) : null;
    if (address === null) return false;
    this.#href = address;
    this.#at += 1;
    return true;
  }

  #mark(): boolean {
    const sign = this.#reading.marks.find((mark) => this.#source.startsWith(mark.sign, this.#at))?.sign;
    if (sign === undefined) return false;
    if (this.#open.at(-1) === sign) this.#open.pop();
    else this.#open.push(sign);
    this.#at += sign.length;
    return true;
  }

  /** A sign that means something stands bare nowhere, and nothing begins a block. */
  #char(): void {
    const char = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0);
    const near = this.#source.slice(this.#at, this.#at + 40);
    if (this.#reading.special.test(char)) throw new SyntaxFault(`a bare ${char} at …${near}`);
    const lineStart = this.#at === 0 || this.#source[this.#at - 1] === '\n';
    if (lineStart && /^(?:[-+>#]|\d+\.)/u.test(near)) throw new SyntaxFault(`a block begins at ${near}`);
    this.#say(char);
    this.#at += char.length;
  }
}

/** The address of a link that begins here; an address holds no sign that could end it. */
function addressAfter(rest: string): string | null {
  const end = /(?<!\\)(?:\\\\)*\]\(([^()\s<>]*)\)/u.exec(rest);
  return end?.[1] !== undefined && /^https?:\/\//u.test(end[1]) ? end[1] : null;
}
