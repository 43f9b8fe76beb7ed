/** Replaces `${NAME}` by the variable's value, only when a request is made. */

/** The configuration names a variable that is not set. The message contains its name, never a value. */
export class MissingVariable extends Error {
  override readonly name = 'MissingVariable';
  constructor(variable: string) {
    super(`environment variable ${variable} is not set: set it, or remove it from the configuration`);
  }
}

/** @throws MissingVariable */
export function expand(template: string, variable: (name: string) => string | null): string {
  return template.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_, name: string) => {
    const value = variable(name);
    if (value === null) throw new MissingVariable(name);
    return value;
  });
}

/** Records the values that it inserted, so that they can be removed from errors and from receivers' answers. */
export class Expander {
  readonly #values: string[] = [];
  readonly #variable: (name: string) => string | null;

  constructor(variable: (name: string) => string | null) {
    this.#variable = variable;
  }

  /** @throws MissingVariable */
  expand(template: string): string {
    const text = expand(template, (name) => {
      const value = this.#variable(name);
      if (value !== null) this.#values.push(value);
      return value;
    });
    this.#values.push(text);
    return text;
  }

  /** Adds a text derived from values, such as a path that contains a token. */
  hide(text: string): void {
    this.#values.push(text, encodeURIComponent(text));
  }

  /** `text` without inserted values. Values under 6 characters stay: they would blank ordinary words. */
  redact(text: string): string {
    const values = this.#values.filter((value) => value.length >= REDACTED_UNITS_MIN);
    // Longest first: otherwise a part of an address that contains a token would remain.
    values.sort((a, b) => b.length - a.length);
    return values.reduce((rest, value) => rest.replaceAll(value, '***'), text);
  }
}

const REDACTED_UNITS_MIN = 6;
