/** `vigie push|pull|history|rollback`: synchronises a configuration file with a service without overwriting edits of either. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createTwoFilesPatch } from 'diff';
import type { ConfigVersions } from '../../lib/api/config.ts';
import { formatProblem, readConfig } from '../../lib/config/document/config.ts';
import { packBundle } from '../../lib/match/compile/bundle.ts';
import { compileRules } from '../../lib/match/compile/compile.ts';
import { POLL_FLOOR_PAID_MS } from '../../lib/model/limits.ts';
import { sha256Hex } from '../../lib/text/sha256.ts';
import { type Environment, EXIT, InputError, type Terminal, UsageError } from '../local/command.ts';
import { configForm } from '../local/config-form.ts';
import { writeText } from '../local/files.ts';
import { readText } from './check.ts';

/** Beside the file: the version at which the file and the service were last in sync. May be committed to git or ignored. */
const syncFile = (file: string): string => `${file}.version`;

interface Synced {
  readonly version: string;
  /** Version of the file that was in conflict with that version; null: no conflict. */
  readonly refused: string | null;
  /** After a conflict: the version at which the file was in sync before it. */
  readonly before: string | null;
}

function readSynced(file: string): Synced | null {
  if (!existsSync(syncFile(file))) return null;
  const [version = '', refused = '', before = ''] = readFileSync(syncFile(file), 'utf8').split('\n');
  return {
    version: version.trim(),
    refused: refused.replace(/^in conflict with /u, '').trim() || null,
    // Earlier releases wrote `step`.
    before: before.replace(/^in (?:sync|step) before with /u, '').trim() || null,
  };
}

function writeSynced(file: string, { version, refused, before }: Synced): void {
  const conflict = refused === null ? '' : `in conflict with ${refused}\n`;
  const earlier = refused === null || before === null ? '' : `in sync before with ${before}\n`;
  writeFileSync(syncFile(file), `${version}\n${conflict}${earlier}`);
}

interface Service {
  readonly url: string;
  readonly token: string;
}

export async function push(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      url: { type: 'string' },
      reason: { type: 'string' },
      mine: { type: 'boolean', default: false },
    },
  });
  const file = onlyFile(positionals);
  const service = serviceOf(values.url, terminal.env);
  const source = readText(file, terminal);
  const ready =
    source === null
      ? null
      : await readied(source, { file, terminal, despiteTests: values.reason !== undefined });
  if (source === null || ready === null) return EXIT.badInput;
  const synced = readSynced(file);
  const current = await inForce(service);
  if (current?.source === source && values.reason === undefined) return same(terminal, file, current.hash);
  // Pushing the same file again does not solve a conflict: it is refused until it is edited.
  const isRefused = synced?.refused === (await sha256Hex(source)) && !values.mine;
  if (current !== null && current.source !== source && (synced === null || isRefused))
    return await conflict(terminal, { file, mine: source, theirs: current });
  const query = values.reason === undefined ? '' : `?reason=${encodeURIComponent(values.reason)}`;
  const answer = await call(service, `/api/config${query}`, {
    method: 'PUT',
    headers: synced === null ? {} : { 'if-match': `"${synced.version}"` },
    body: ready.bundle === null ? source : configForm(source, ready.bundle),
  });
  if (answer.status === 412) {
    const theirs = await inForce(service);
    if (theirs?.source !== source)
      return theirs === null ? EXIT.badInput : conflict(terminal, { file, mine: source, theirs });
    return same(terminal, file, theirs.hash);
  }
  if (!answer.ok) return await refused(answer, terminal);
  const { hash } = (await answer.json()) as { hash: string };
  writeSynced(file, { version: hash, refused: null, before: null });
  return said(terminal, `${file}: put in force as ${hash.slice(0, 12)}\n`);
}

export async function pull(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { url: { type: 'string' } },
  });
  const file = onlyFile(positionals);
  const current = await inForce(serviceOf(values.url, terminal.env));
  if (current === null) return failed(terminal, 'the service has no configuration yet');
  const mine = existsSync(file) ? readFileSync(file, 'utf8') : null;
  if (mine !== null && mine !== current.source && (await isEdited(file, mine)))
    return await conflict(terminal, { file, mine, theirs: current });
  if (mine === current.source) return same(terminal, file, current.hash);
  writeText(file, current.source);
  writeSynced(file, { version: current.hash, refused: null, before: null });
  return said(terminal, `${file}: updated to the version in force, ${current.hash.slice(0, 12)}\n`);
}

export async function history(args: string[], terminal: Terminal): Promise<number> {
  const { values } = parseArgs({ args, options: { url: { type: 'string' } } });
  const answer = await call(serviceOf(values.url, terminal.env), '/api/config/versions');
  if (!answer.ok) return await refused(answer, terminal);
  const { versions } = (await answer.json()) as ConfigVersions;
  for (const { hash, at, author, reason } of versions)
    terminal.stdout.write(
      `${hash.slice(0, 12)}  ${at}  ${author ?? '-'}${reason === null ? '' : `  ${reason}`}\n`,
    );
  return EXIT.done;
}

/** Puts an old version in force as a new one, so that the history stays complete. */
export async function rollback(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { url: { type: 'string' } },
  });
  const service = serviceOf(values.url, terminal.env);
  const list = await call(service, '/api/config/versions');
  if (!list.ok) return await refused(list, terminal);
  const { versions } = (await list.json()) as ConfigVersions;
  const [wanted = versions[1]?.hash ?? ''] = positionals;
  const found = versions.find(({ hash }) => wanted !== '' && hash.startsWith(wanted));
  if (found === undefined)
    return failed(terminal, `no version begins with '${wanted}'; \`vigie history\` lists them`);
  const source = await (await call(service, `/api/config/versions/${found.hash}`)).text();
  const reason = encodeURIComponent(`rollback to ${found.hash.slice(0, 12)}`);
  const answer = await call(service, `/api/config?reason=${reason}`, {
    method: 'PUT',
    headers: { 'if-match': `"${versions[0]?.hash}"` },
    body: source,
  });
  if (!answer.ok) return await refused(answer, terminal);
  return said(terminal, `${found.hash.slice(0, 12)} of ${found.at} is in force again\n`);
}

function onlyFile([file, ...more]: string[]): string {
  if (file === undefined || more.length > 0) throw new UsageError('name one configuration file');
  return file;
}

function serviceOf(url: string | undefined, env: Environment): Service {
  const token = env['VIGIE_TOKEN'];
  if (url === undefined) throw new UsageError('--url is missing: for example --url http://127.0.0.1:8787');
  if (!URL.canParse(url))
    throw new UsageError(`--url ${url} is not a valid address: for example --url http://127.0.0.1:8787`);
  if (token === undefined || token === '')
    throw new UsageError(
      'the environment variable VIGIE_TOKEN is not set: it takes what follows #token= in the address of the pages',
    );
  return { url: url.replace(/\/+$/u, ''), token };
}

async function call({ url, token }: Service, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${token}`);
  try {
    return await fetch(`${url}${path}`, { ...init, headers });
  } catch {
    // Outcome: no service answers at the address.
    throw new UsageError(`${url} cannot be reached`);
  }
}

/** @returns null: the service has no configuration yet. @throws InputError for any other answer */
async function inForce(service: Service): Promise<{ hash: string; source: string } | null> {
  const answer = await call(service, '/api/config');
  if (answer.status === 404) return null;
  if (!answer.ok) throw new InputError(await reasonOf(answer));
  return { hash: (answer.headers.get('etag') ?? '').replace(/"/gu, ''), source: await answer.text() };
}

interface Readied {
  /** The compiled document; null: the service compiles it, because a test fails and it records which. */
  readonly bundle: Uint8Array<ArrayBuffer> | null;
}

/**
 * Checks and compiles the document; prints its errors with their places. The service checks what depends on it: that
 * variables are set, and the polling floor of its plan.
 *
 * @returns null: the document has errors
 */
async function readied(
  source: string,
  { file, terminal, despiteTests }: { file: string; terminal: Terminal; despiteTests: boolean },
): Promise<Readied | null> {
  const { config, problems } = readConfig(source, { hasVariable: null, floorMs: POLL_FLOOR_PAID_MS });
  const compiled = config === null ? { binary: null, problems: [] } : await compileRules(config);
  const errors = [...problems, ...compiled.problems].filter(
    ({ level, code }) => level === 'error' && !(despiteTests && code === 'E_TEST_FAILED'),
  );
  for (const problem of errors) terminal.stderr.write(`${formatProblem(problem, source, file)}\n`);
  if (errors.length > 0) {
    if (errors.every(({ code }) => code === 'E_TEST_FAILED'))
      terminal.stderr.write(
        'a rule fails its own test: correct the rule or the test, or push with --reason "…"\n',
      );
    return null;
  }
  const { binary } = compiled;
  return {
    bundle: config === null || binary === null ? null : packBundle(config, binary, await sha256Hex(source)),
  };
}

/** Whether the file was edited since it was last in sync with the service. */
async function isEdited(file: string, source: string): Promise<boolean> {
  const synced = readSynced(file);
  return (synced?.before ?? synced?.version) !== (await sha256Hex(source));
}

function same(terminal: Terminal, file: string, hash: string): number {
  writeSynced(file, { version: hash, refused: null, before: null });
  return said(terminal, `${file}: already the version in force, ${hash.slice(0, 12)}\n`);
}

interface Conflict {
  readonly file: string;
  readonly mine: string;
  readonly theirs: { readonly hash: string; readonly source: string };
}

/** Keeps both versions: writes the one in force beside the file, and prints the difference. */
async function conflict(terminal: Terminal, { file, mine, theirs }: Conflict): Promise<number> {
  const beside = `${file}.theirs`;
  writeFileSync(beside, theirs.source);
  const synced = readSynced(file);
  const before = synced?.before ?? synced?.version ?? null;
  writeSynced(file, { version: theirs.hash, refused: await sha256Hex(mine), before });
  terminal.stderr.write(createTwoFilesPatch('in force', file, theirs.source, mine));
  return failed(
    terminal,
    `another version is in force; it was written to ${beside}. Merge it into ${file} and push again, or push with --mine to replace it`,
  );
}

async function refused(answer: Response, terminal: Terminal): Promise<number> {
  return failed(terminal, await reasonOf(answer));
}

/** The problem document of an answer (RFC 9457) as text, with the places and hints of a configuration's problems. */
async function reasonOf(answer: Response): Promise<string> {
  const body = (await answer.json().catch(() => ({}))) as {
    title?: string;
    problems?: { line?: number; column?: number; message: string; hint?: string | null }[];
  };
  const problems = body.problems?.map(({ line, column, message, hint }) => {
    const place = line === undefined ? '' : `${line}:${column}: `;
    return `\n  ${place}${message}${hint == null ? '' : ` (${hint})`}`;
  });
  return `the service refuses: ${body.title ?? `HTTP ${answer.status}`}${problems?.join('') ?? ''}`;
}

function said(terminal: Terminal, line: string): number {
  terminal.stdout.write(line);
  return EXIT.done;
}

function failed(terminal: Terminal, reason: string): number {
  terminal.stderr.write(`${reason}\n`);
  return EXIT.badInput;
}
