/** `vigie push|pull|history|rollback`: a configuration in git and the one in force, without either losing the other. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createTwoFilesPatch } from 'diff';
import { formatProblem, readConfig } from '../../lib/config/document/config.ts';
import { packBundle } from '../../lib/match/compile/bundle.ts';
import { compileRules } from '../../lib/match/compile/compile.ts';
import { sha256Hex } from '../../lib/text/sha256.ts';
import { type Environment, EXIT, type Terminal, UsageError } from '../local/command.ts';
import { configForm } from '../local/config-form.ts';
import { localFloorMs } from '../local/document.ts';
import { readText } from './check.ts';

/** Beside the file: which version it was last in step with. Belongs into `.gitignore` or git, as you like. */
const stepFile = (file: string): string => `${file}.version`;

interface Step {
  readonly version: string;
  /** Digest of the file that was in conflict with that version; null: none was. */
  readonly refused: string | null;
  /** With a conflict: the version that the file was in step with before. */
  readonly before: string | null;
}

function readStep(file: string): Step | null {
  if (!existsSync(stepFile(file))) return null;
  const [version = '', refused = '', before = ''] = readFileSync(stepFile(file), 'utf8').split('\n');
  return {
    version: version.trim(),
    refused: refused.replace(/^in conflict with /u, '').trim() || null,
    before: before.replace(/^in step before with /u, '').trim() || null,
  };
}

function writeStep(file: string, { version, refused, before }: Step): void {
  const conflict = refused === null ? '' : `in conflict with ${refused}\n`;
  const earlier = refused === null || before === null ? '' : `in step before with ${before}\n`;
  writeFileSync(stepFile(file), `${version}\n${conflict}${earlier}`);
}

interface Service {
  readonly url: string;
  readonly token: string;
}

interface Version {
  readonly hash: string;
  readonly at: string;
  readonly author: string | null;
  readonly reason: string | null;
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
  const step = readStep(file);
  const current = await inForce(service);
  if (current?.source === source && values.reason === undefined) return same(terminal, file, current.hash);
  // Seeing a conflict is not solving it: the file that was refused is refused until it is edited.
  const isRefused = step?.refused === (await sha256Hex(source)) && !values.mine;
  if (current !== null && current.source !== source && (step === null || isRefused))
    return await conflict(terminal, { file, mine: source, theirs: current });
  const query = values.reason === undefined ? '' : `?reason=${encodeURIComponent(values.reason)}`;
  const answer = await call(service, `/api/config${query}`, {
    method: 'PUT',
    headers: step === null ? {} : { 'if-match': `"${step.version}"` },
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
  writeStep(file, { version: hash, refused: null, before: null });
  return said(terminal, `${file}: in force as ${hash.slice(0, 12)}\n`);
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
  writeFileSync(file, current.source);
  writeStep(file, { version: current.hash, refused: null, before: null });
  return said(terminal, `${file}: is the version in force, ${current.hash.slice(0, 12)}\n`);
}

export async function history(args: string[], terminal: Terminal): Promise<number> {
  const { values } = parseArgs({ args, options: { url: { type: 'string' } } });
  const answer = await call(serviceOf(values.url, terminal.env), '/api/config/versions');
  if (!answer.ok) return await refused(answer, terminal);
  const { versions } = (await answer.json()) as { versions: Version[] };
  for (const { hash, at, author, reason } of versions)
    terminal.stdout.write(
      `${hash.slice(0, 12)}  ${at}  ${author ?? '-'}${reason === null ? '' : `  ${reason}`}\n`,
    );
  return EXIT.done;
}

/** An old version is put in force as a new one: nothing of the history is lost. */
export async function rollback(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { url: { type: 'string' } },
  });
  const service = serviceOf(values.url, terminal.env);
  const list = await call(service, '/api/config/versions');
  if (!list.ok) return await refused(list, terminal);
  const { versions } = (await list.json()) as { versions: Version[] };
  const [wanted = versions[1]?.hash ?? ''] = positionals;
  const found = versions.find(({ hash }) => wanted !== '' && hash.startsWith(wanted));
  if (found === undefined) return failed(terminal, `there is no version '${wanted}'`);
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
  if (url === undefined) throw new UsageError('--url is missing, such as http://127.0.0.1:8787');
  if (!URL.canParse(url)) throw new UsageError(`--url ${url} is no address, such as http://127.0.0.1:8787`);
  if (token === undefined || token === '') throw new UsageError('the environment has no VIGIE_TOKEN');
  return { url: url.replace(/\/+$/u, ''), token };
}

async function call({ url, token }: Service, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Bearer ${token}`);
  try {
    return await fetch(`${url}${path}`, { ...init, headers });
  } catch {
    // Outcome: nobody answers there.
    throw new UsageError(`${url} cannot be reached`);
  }
}

async function inForce(service: Service): Promise<{ hash: string; source: string } | null> {
  const answer = await call(service, '/api/config');
  if (!answer.ok) return null;
  return { hash: (answer.headers.get('etag') ?? '').replace(/"/gu, ''), source: await answer.text() };
}

interface Readied {
  /** What the service would otherwise compile itself; null: it has to, since it notes whose tests fail. */
  readonly bundle: Uint8Array<ArrayBuffer> | null;
}

/** Errors go to standard error with their places; what the service would refuse is not sent. @returns null: refused */
async function readied(
  source: string,
  { file, terminal, despiteTests }: { file: string; terminal: Terminal; despiteTests: boolean },
): Promise<Readied | null> {
  const { config, problems } = readConfig(source, { hasVariable: null, floorMs: localFloorMs(terminal.env) });
  const compiled = config === null ? { binary: null, problems: [] } : await compileRules(config);
  const errors = [...problems, ...compiled.problems].filter(
    ({ level, code }) => level === 'error' && !(despiteTests && code === 'E_TEST_FAILED'),
  );
  for (const problem of errors) terminal.stderr.write(`${formatProblem(problem, source, file)}\n`);
  if (errors.length > 0) {
    if (errors.every(({ code }) => code === 'E_TEST_FAILED'))
      terminal.stderr.write('a rule fails its own test: mend it, or push with --reason "…"\n');
    return null;
  }
  const { binary } = compiled;
  return {
    bundle: config === null || binary === null ? null : packBundle(config, binary, await sha256Hex(source)),
  };
}

/** Whether the file differs from the version it was last in step with. A conflict is no such step. */
async function isEdited(file: string, source: string): Promise<boolean> {
  const step = readStep(file);
  return (step?.before ?? step?.version) !== (await sha256Hex(source));
}

function same(terminal: Terminal, file: string, hash: string): number {
  writeStep(file, { version: hash, refused: null, before: null });
  return said(terminal, `${file}: is the same as the version in force, ${hash.slice(0, 12)}\n`);
}

interface Conflict {
  readonly file: string;
  readonly mine: string;
  readonly theirs: { readonly hash: string; readonly source: string };
}

/** Both sides are kept: theirs is written beside the file, and the difference is shown. */
async function conflict(terminal: Terminal, { file, mine, theirs }: Conflict): Promise<number> {
  const beside = `${file}.theirs`;
  writeFileSync(beside, theirs.source);
  const step = readStep(file);
  const before = step?.before ?? step?.version ?? null;
  writeStep(file, { version: theirs.hash, refused: await sha256Hex(mine), before });
  terminal.stderr.write(createTwoFilesPatch('in force', file, theirs.source, mine));
  return failed(
    terminal,
    `another version is in force: it was written to ${beside}. Bring the two together in ${file}, then push again; --mine puts yours in force as it is`,
  );
}

async function refused(answer: Response, terminal: Terminal): Promise<number> {
  const body = (await answer.json().catch(() => ({}))) as {
    title?: string;
    problems?: { message: string }[];
  };
  const more = body.problems?.map(({ message }) => `\n  ${message}`).join('') ?? '';
  return failed(terminal, `${body.title ?? `HTTP ${answer.status}`}${more}`);
}

function said(terminal: Terminal, line: string): number {
  terminal.stdout.write(line);
  return EXIT.done;
}

function failed(terminal: Terminal, reason: string): number {
  terminal.stderr.write(`${reason}\n`);
  return EXIT.badInput;
}
