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
