/** Puts values in for `${NAME}`, at the moment a request is made and nowhere else. */

/** The configuration names a variable that is not set. The message names it, never a value. */
export class MissingVariable extends Error {
  override readonly name = 'MissingVariable';
  constructor(variable: string) {
    super(`environment variable ${variable} is not set`);
  }
}

/** Throws MissingVariable. */
export function expand(template: string, variable: (name: string) => string | null): string {
  return template.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
    const value = variable(name);
    if (value === null) throw new MissingVariable(name);
    return value;
  });
}

/** Remembers what it put in, so that nothing of it comes back in an error or in what a receiver said. */
export class Expander {
  readonly #values: string[] = [];
  readonly #variable: (name: string) => string | null;

  constructor(variable: (name: string) => string | null) {
    this.#variable = variable;
  }

  /** Throws MissingVariable. */
  expand(template: string): string {
    const text = expand(template, (name) => {
      const value = this.#variable(name);
      if (value !== null) this.#values.push(value);
      return value;
    });
    this.#values.push(text);
    return text;
  }

  /** Also what was made of values: a path with a token in it, say. */
  hide(text: string): void {
    this.#values.push(text, encodeURIComponent(text));
  }

  /** `text` without any value that was put in. Short values are left: they say nothing, and would blank half a sentence. */
  redact(text: string): string {
    const values = this.#values.filter((value) => value.length >= REDACTED_UNITS_MIN);
    // The longest first: what is left of an address must not give its token away.
    values.sort((a, b) => b.length - a.length);
    return values.reduce((rest, value) => rest.replaceAll(value, '***'), text);
  }
}

const REDACTED_UNITS_MIN = 6;
