/**
 * `npm run deploy`: deploys this checkout to the user's Cloudflare account. Creates KV and the desk if they are missing, asks
 * for each secret once, and publishes the configuration. Can be repeated safely. `-- --dry-run` does everything that needs
 * no account.
 */

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { bundleWeb } from '../cli/local/bundle-web.ts';
import { localFloorMs, variablesNamed } from '../cli/local/document.ts';
import { putConfig } from '../cli/local/put-config.ts';
import { formatProblem, readConfig } from '../lib/config/document/config.ts';
import { packBundle } from '../lib/match/compile/bundle.ts';
import { compileRules } from '../lib/match/compile/compile.ts';
import { sha256Hex } from '../lib/text/sha256.ts';

const USAGE = `usage: npm run deploy -- [--config FILE] [--dry-run] [--url URL]
  --config FILE   configuration to publish (default: config/watch.yaml)
  --dry-run       build and check everything without account and network
  --url URL       address of the Worker, if it is not the workers.dev address that wrangler prints
`;

process.exitCode = await main();

async function main(): Promise<number> {
  const options = readOptions();
  if (options === null) return 2;
  const prepared = await prepare(options.config);
  if (prepared === null) return 1;
  await bundleWeb();
  if (options.dryRun) return dryRun(prepared);
  const deployed = await wrangler(['deploy'], { show: true });
  if (deployed.code !== 0) {
    say(
      '\ndeploy failed: wrangler reported an error. If it asked you to log in, run npx wrangler login and try again.',
    );
    return 1;
  }
  const { token, isNew } = await provideSecrets(prepared.variables);
  const url =
    options.url ??
    /https:\/\/[^\s]+\.workers\.dev/.exec(deployed.output)?.[0] ??
    (await ask('Address of the Worker: https://'));
  return publish(prepared, { url, token, isNew });
}

function readOptions(): { config: string; dryRun: boolean; url: string | null } | null {
  try {
    const { values } = parseArgs({
      options: {
        config: { type: 'string', default: 'config/watch.yaml' },
        'dry-run': { type: 'boolean', default: false },
        url: { type: 'string' },
      },
    });
    return { config: values.config, dryRun: values['dry-run'], url: values.url ?? null };
  } catch (error) {
    say(`deploy: ${error instanceof Error ? error.message : ''}\n${USAGE}`);
    return null;
  }
}

interface Prepared {
  readonly file: string;
  readonly source: string;
  readonly bundle: Uint8Array<ArrayBuffer>;
  /** Variables that the configuration uses. */
  readonly variables: readonly string[];
}

/** Checks and compiles the configuration here, because the free plan's 10 ms of CPU are too short to compile in the Worker. */
async function prepare(file: string): Promise<Prepared | null> {
  const source = readFileSync(file, 'utf8');
  const { config, problems } = readConfig(source, { hasVariable: null, floorMs: localFloorMs(process.env) });
  const compiled = config === null ? { binary: null, problems: [] } : await compileRules(config);
  for (const problem of [...problems, ...compiled.problems]) say(formatProblem(problem, source, file));
  if (config === null || compiled.binary === null) return null;
  return {
    file,
    source,
    bundle: packBundle(config, compiled.binary, await sha256Hex(source)),
    variables: variablesNamed(source),
  };
}

async function dryRun({ file, bundle, variables }: Prepared): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-deploy-'));
  try {
    const { code, output } = await wrangler(['deploy', '--dry-run', '--minify', '--outdir', folder], {
      show: false,
    });
    if (code !== 0) {
      say(output);
      return 1;
    }
    const script = readdirSync(folder)
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFileSync(join(folder, name)));
    const bytes = script.reduce((sum, part) => sum + part.byteLength, 0);
    const zipped = script.reduce((sum, part) => sum + gzipSync(part).byteLength, 0);
    say(`Worker: ${kib(bytes)} minified, ${kib(zipped)} gzipped`);
    say(`${file}: ${kib(bundle.byteLength)} compiled; uses the variables: ${variables.join(', ') || 'none'}`);
    say('Dry run succeeded: everything was built, nothing was uploaded.');
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Asks only for secrets that the Worker does not have. @returns the admin token; null: it exists and only the admin knows it */
async function provideSecrets(
  variables: readonly string[],
): Promise<{ readonly token: string | null; readonly isNew: boolean }> {
  const listed = await wrangler(['secret', 'list', '--format', 'json'], { show: false });
  const known = new Set(
    listed.code === 0 ? [...listed.output.matchAll(/"name":\s*"([^"]+)"/g)].map((match) => match[1]) : [],
  );
  let token = process.env['VIGIE_TOKEN'] ?? null;
  const isNew = !known.has('VIGIE_TOKEN_SHA256');
  if (isNew) {
    token ??= randomBytes(24).toString('base64url');
    await putSecret('VIGIE_TOKEN_SHA256', await sha256Hex(token));
    say(`\nYour admin token, shown this once:\n  VIGIE_TOKEN=${token}\n`);
  }
  for (const name of variables.filter((variable) => !known.has(variable))) {
    const value = process.env[name] ?? (await ask(`${name}: `));
    if (value !== '') await putSecret(name, value);
  }
  return { token, isNew };
}

async function putSecret(name: string, value: string): Promise<void> {
  const { code, output } = await wrangler(['secret', 'put', name], { show: false, input: value });
  if (code !== 0) throw new Error(`wrangler could not store ${name}:\n${output}`);
}

async function publish(
  prepared: Prepared,
  where: { url: string; token: string | null; isNew: boolean },
): Promise<number> {
  const token = where.token ?? (await ask('VIGIE_TOKEN (leave empty to keep the current configuration): '));
  if (token === '') return 0;
  const { file } = prepared;
  const put = await putConfig(prepared, { ...where, token }, (why) =>
    say(`${where.url}: ${why.split('\n')[0]?.slice(0, 100)}: this may take a minute, trying again`),
  );
  say(
    put.ok
      ? `${file} was published to ${where.url}`
      : `${file} was not published to ${where.url}: ${put.why}`,
  );
  return put.ok ? 0 : 1;
}

/** Runs the project's own wrangler. `show` prints its output as it arrives. */
function wrangler(
  args: readonly string[],
  options: { show: boolean; input?: string },
): Promise<{ code: number; output: string }> {
  return new Promise((done) => {
    const child = spawn('wrangler', args, {
      stdio: [options.input === undefined ? 'inherit' : 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString('utf8');
        if (options.show) process.stdout.write(chunk);
      });
    }
    child.stdin?.end(options.input);
    child.on('close', (code) => done({ code: code ?? 1, output }));
  });
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(question);
  terminal.close();
  return answer.trim();
}

function kib(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
