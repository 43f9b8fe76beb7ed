/** A small Worker in a workerd of its own, for the benchmarks: bundles it, runs it, reads the CPU that its process used. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** What rss-parser asks of Node. A bundle in one module has no `require`, so it is given one. */
const NODE_MODULES = ['buffer', 'events', 'http', 'https', 'stream', 'string_decoder', 'timers', 'url'];
/** /proc counts CPU in hundredths of a second (USER_HZ), on every Linux. */
const TICK_MS = 10;

export interface SandboxOptions {
  /** Source of the module; what it imports is relative to the repository. */
  readonly source: string;
  /** With Node's own modules. */
  readonly node?: boolean;
  /** With a KV namespace SEEN and a desk DESK, which the module must export; all outbound requests go to `outbound`. */
  readonly service?: { readonly outbound: (request: { url: string; headers: Headers }) => Response };
}

export interface Sandbox {
  post(path: string, body?: Uint8Array): Promise<unknown>;
  /** CPU of the process since it started, user time, in steps of 10 ms; 0 where there is no /proc. */
  userCpuMs(): number;
  stop(): Promise<void>;
}

export async function startSandbox({ source, node = false, service }: SandboxOptions): Promise<Sandbox> {
  const before = new Set(workerdChildren());
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      name: 'bench',
      modules: [{ type: 'ESModule', path: 'index.js', contents: bundle(source, node) }],
      compatibilityDate: '2026-08-01',
      compatibilityFlags: node ? ['nodejs_compat'] : [],
      cf: false,
      log: new Log(LogLevel.ERROR),
      handleStructuredLogs: ({ level, message }) => {
        if (level === 'error') console.error(message);
      },
      ...(service === undefined
        ? {}
        : {
            kvNamespaces: ['SEEN'],
            durableObjects: { DESK: { className: 'Desk', useSQLite: true } },
            bindings: { VIGIE_TICK_SECONDS: '0', VIGIE_PLAN: 'paid' },
            outboundService: service.outbound as never,
          }),
    }),
  );
  const url = (await miniflare.ready).origin;
  const pids = workerdChildren().filter((pid) => !before.has(pid));
  return {
    async post(path, body = new Uint8Array()) {
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        body: body as Uint8Array<ArrayBuffer>,
      });
      if (!response.ok) throw new Error(await response.text());
      return response.json();
    },
    userCpuMs: () => pids.reduce((sum, pid) => sum + userTicks(pid), 0) * TICK_MS,
    stop: () => miniflare.dispose(),
  };
}

function bundle(source: string, node: boolean): string {
  const requires = NODE_MODULES.map((name) => `import node_${name} from 'node:${name}';`).join('\n');
  const table = `const require = (name) => ({ ${NODE_MODULES.map((name) => `${name}: node_${name}`).join(', ')} })[name];`;
  const { outputFiles } = buildSync({
    stdin: { contents: source, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    minify: true,
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*', ...(node ? NODE_MODULES : [])],
    ...(node ? { banner: { js: `${requires}\n${table}` } } : {}),
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

/** Of this process and, as miniflare may start it by a launcher, of its children. */
function workerdChildren(): number[] {
  const parents = new Map<number, number>();
  const names = new Map<number, string>();
  for (const entry of list('/proc')) {
    const stat = /^\d+$/.test(entry) ? read(`/proc/${entry}/stat`) : '';
    const end = stat.lastIndexOf(')');
    if (end === -1) continue;
    names.set(Number(entry), stat.slice(stat.indexOf('(') + 1, end));
    parents.set(Number(entry), Number(stat.slice(end + 2).split(' ')[1]));
  }
  const isOurs = (pid: number): boolean => pid === process.pid || (pid > 1 && isOurs(parents.get(pid) ?? 0));
  return [...names].filter(([pid, name]) => name.includes('workerd') && isOurs(pid)).map(([pid]) => pid);
}

function userTicks(pid: number): number {
  const stat = read(`/proc/${pid}/stat`);
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[11] ?? 0);
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Outcome: no /proc here.
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Outcome: the process has ended, or there is no /proc here.
    return '';
  }
}
