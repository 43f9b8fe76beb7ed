/** A configuration document as this machine sees it: checked against its environment, its problems in words. */
import { readFileSync } from 'node:fs';
import { formatProblem, readConfig } from '../../lib/config/document/config.ts';
import { decodeDocument } from '../../lib/config/document/encoding.ts';
import { compileRules } from '../../lib/match/compile/compile.ts';
import { CONFIG_BYTES_MAX, POLL_FLOOR_MS, POLL_FLOOR_PAID_MS } from '../../lib/model/limits.ts';
import type { Environment } from './command.ts';

/** The file's text; of a file that is not there, a folder, or not UTF-8, why. */
export type DocumentFile =
  | { readonly kind: 'read'; readonly document: string }
  /** `told` is for `/readyz`: it names no file and shows no line. */
  | { readonly kind: 'bad'; readonly report: string; readonly told: string };

export function readDocumentFile(file: string): DocumentFile {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const told = `cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'error'})`;
    return { kind: 'bad', report: `${file}: ${told}\n`, told };
  }
  // Not sent either: a server that refuses a body half way may not be result.
  if (bytes.length > CONFIG_BYTES_MAX) {
    const told = `a configuration has at most ${CONFIG_BYTES_MAX} bytes`;
    return { kind: 'bad', report: `${file}: ${told}\n`, told };
  }
  const { source, problem } = decodeDocument(bytes);
  if (problem === null) return { kind: 'read', document: source };
  const { line, column, code, message } = problem;
  return {
    kind: 'bad',
    report: `${formatProblem(problem, source, file)}\n`,
    told: `${line}:${column}: ${code}: ${message}`,
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

/** Names in `${NAME}`, each once, in order of appearance; ours (`VIGIE_…`) are not given away. */
export function variablesNamed(source: string): string[] {
  const names = [...source.matchAll(/\$\{([A-Za-z0-9_]*)\}/g)].map((match) => match[1] ?? '');
  return [...new Set(names)].filter(isVariable);
}

/** What a document may name in `${…}`. */
export function isVariable(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !name.startsWith('VIGIE_');
}
