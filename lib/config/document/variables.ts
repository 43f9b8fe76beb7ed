/** `${NAME}`: where it is allowed, which names are valid, and whether the variable is set. */
import type { Config, ConfigProblem } from '../../model/config.ts';
import { isReserved, isVariable } from '../../model/variable.ts';
import { problemAt } from '../../rule/problem.ts';
import type { ReadDocument } from './document.ts';

/** Paths of values that are used only when a request is made. */
const ALLOWED = /^(?:channels[.[]|heartbeat\.|feeds\[\d+\]\.(?:auth|headers)[.[])/u;
const OPENING = /\$\{/u;
/** A placeholder, also an unclosed one, which is an error. */
const PLACEHOLDER = /\$\{([^}]*)(\}?)/gu;

/** Variables that the document uses, each once, in order of appearance. */
export function variablesOf(read: ReadDocument): string[] {
  const names = [...read.texts]
    .filter(([path]) => ALLOWED.test(path))
    .flatMap(([, text]) => [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name));
  return [...new Set(names)].filter(isVariable);
}

/** Variables that a checked configuration uses, for callers without the document. Reserved names cannot occur. */
export function variablesIn(config: Pick<Config, 'channels' | 'feeds' | 'heartbeat'>): string[] {
  const { channels, feeds, heartbeat } = config;
  const text = JSON.stringify([channels, heartbeat, feeds]);
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name))];
}

/** @param hasVariable whether a variable is set; null: do not check */
export function variableProblems(
  read: ReadDocument,
  hasVariable: ((name: string) => boolean) | null,
): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  for (const [path, text] of read.texts) {
    if (!OPENING.test(text)) continue;
    const place = read.places.byPath[path] ?? null;
    const add = (code: string, message: string, hint: string | null = null) =>
      problems.push(problemAt(read.places, path, place, { code, message, hint }));
    if (!ALLOWED.test(path)) {
      add(
        'E_TEMPLATE_PLACE',
        `\${…} is not allowed here: use it in channels, in heartbeat, or in auth and headers of a feed`,
      );
      continue;
    }
    for (const [, name = '', closed] of text.matchAll(PLACEHOLDER)) {
      if (closed === '' || !(isVariable(name) || isReserved(name)))
        add('E_TEMPLATE', `'\${${name}' is not a valid variable`, `write \${NAME}`);
      else if (isReserved(name))
        add(
          'E_RESERVED_VARIABLE',
          `${name} is reserved: variables that begin with VIGIE_ belong to Vigie itself`,
        );
      else if (hasVariable !== null && !hasVariable(name)) {
        // A local service is given only named variables: one that is set in the shell may still be missing.
        const hint = `set ${name} before npm start, with --pass ${name} if the watched file does not use it; on Cloudflare, npm run deploy asks for it`;
        add('E_MISSING_VARIABLE', `the variable ${name} is not set`, hint);
      }
    }
  }
  return problems;
}
