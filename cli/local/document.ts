/** Reads a configuration file and checks it against the environment of this machine. */
import { readFileSync } from 'node:fs';
import { formatProblem, readConfig } from '../../lib/config/document/config.ts';
import { decodeDocument } from '../../lib/config/document/encoding.ts';
import { compileRules } from '../../lib/match/compile/compile.ts';
import { CONFIG_BYTES_MAX, POLL_FLOOR_MS, POLL_FLOOR_PAID_MS } from '../../lib/model/limits.ts';
import { isVariable } from '../../lib/model/variable.ts';
import type { Environment } from './command.ts';
import { fileFault } from './files.ts';

/** The file's text; or, for a missing file, a folder or a text that is not UTF-8, the reason. */
export type DocumentFile =
  | { readonly kind: 'read'; readonly document: string }
  /** `summary` is for `/readyz`: it names no file and shows no line. */
  | { readonly kind: 'bad'; readonly report: string; readonly summary: string };

export function readDocumentFile(file: string): DocumentFile {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const summary = `cannot be read: ${fileFault(error)}`;
    return { kind: 'bad', report: `${file}: ${summary}\n`, summary };
  }
  // Not sent to the service: it would refuse the body half way, and its answer might not arrive.
  if (bytes.length > CONFIG_BYTES_MAX) {
    const summary = `a configuration has at most ${CONFIG_BYTES_MAX} bytes`;
    return { kind: 'bad', report: `${file}: ${summary}\n`, summary };
  }
  const { source, problem } = decodeDocument(bytes);
  if (problem === null) return { kind: 'read', document: source };
  const { line, column, code, message } = problem;
  return {
    kind: 'bad',
    report: `${formatProblem(problem, source, file)}\n`,
    summary: `${line}:${column}: ${code}: ${message}`,
  };
}

export interface CheckedDocument {
  readonly errors: number;
  /** `file:line:column: …` for every error and warning, each with its source line. Ends in a line break unless empty. */
  readonly report: string;
}

export async function checkedDocument(source: string, file: string): Promise<CheckedDocument> {
  const { config, problems } = readConfig(source, {
    hasVariable: (name) => (process.env[name] ?? '') !== '',
    floorMs: localFloorMs(process.env),
  });
  const all = [...problems, ...(config === null ? [] : (await compileRules(config)).problems)];
  return {
    errors: all.filter(({ level }) => level === 'error').length,
    report: all.map((problem) => `${formatProblem(problem, source, file).trimEnd()}\n`).join(''),
  };
}

/** `VIGIE_PLAN=paid` polls more often, here as on Cloudflare. */
export function localFloorMs(env: Environment): number {
  return env['VIGIE_PLAN'] === 'paid' ? POLL_FLOOR_PAID_MS : POLL_FLOOR_MS;
}

/** Names in `${NAME}`, each once, in order of appearance, without the service's own (`VIGIE_…`). */
export function variablesNamed(source: string): string[] {
  const names = [...source.matchAll(/\$\{([A-Za-z0-9_]*)\}/g)].map((match) => match[1] ?? '');
  return [...new Set(names)].filter(isVariable);
}
