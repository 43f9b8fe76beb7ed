/** `${NAME}`: where it may stand, which names it may ask for, whether the environment has them. */
import type { Config, ConfigProblem } from '../../model/config.ts';
import { problemAt } from '../../rule/problem.ts';
import type { ReadDocument } from './document.ts';

/** Secrets come in only where a request is made. */
const ALLOWED = /^(?:channels[.[]|heartbeat\.|feeds\[\d+\]\.(?:auth|headers)[.[])/u;
/** Our own secrets live in the same environment; a channel must not be able to send them away. */
const RESERVED = /^VIGIE_/iu;
const OPENING = /\$\{/u;
const PLACEHOLDER = /\$\{([^}]*)(\}?)/gu;
const NAME = /^[A-Z_][A-Z0-9_]{0,99}$/iu;

/** Names that the environment of the service is asked for, each once, in order of appearance. */
export function variablesOf(read: ReadDocument): string[] {
  const names = [...read.texts]
    .filter(([path]) => ALLOWED.test(path))
    .flatMap(([, text]) => [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name));
  return [...new Set(names)].filter((name) => NAME.test(name) && !RESERVED.test(name));
}

/** Names in a checked document, for whoever has only its values; ours stay out, they are refused when it is read. */
export function variablesIn(config: Pick<Config, 'channels' | 'feeds' | 'heartbeat'>): string[] {
  const { channels, feeds, heartbeat } = config;
  const text = JSON.stringify([channels, heartbeat, feeds]);
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name))];
}

export function templateProblems(
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
      add('E_TEMPLATE_PLACE', `\${…} stands only in channels, heartbeat, and the auth and headers of a feed`);
      continue;
    }
    for (const [, name = '', closed] of text.matchAll(PLACEHOLDER)) {
      if (closed === '' || !NAME.test(name))
        add('E_TEMPLATE', `'\${${name}' is no variable`, `write \${NAME}`);
      else if (RESERVED.test(name)) add('E_RESERVED_VARIABLE', `${name} is one of Vigie's own secrets`);
      else if (hasVariable !== null && !hasVariable(name)) {
        // Locally the service is given some variables only: one that is in the environment may be missing all the same.
        const hint = `set ${name}, and name it in the file that npm start watches, or start with --pass ${name}; on Cloudflare, npm run deploy asks for it`;
        add('E_MISSING_VARIABLE', `the service is not given a variable ${name}`, hint);
      }
    }
  }
  return problems;
}
