/** Runs workerd on this machine, with state in a folder. The only file that uses miniflare, whose options are unstable. */
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';

export interface RuntimeOptions {
  /** The Worker's bundled source. */
  readonly script: string;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Folder of KV and desk; created if missing. */
  readonly state: string;
  /** Folder of the built pages. */
  readonly pages: string;
  /** Variables and secrets of the Worker. */
  readonly variables: Readonly<Record<string, string>>;
  /** A line that the Worker logged; `level` as of `console`. */
  readonly onLog: (level: string, line: string) => void;
}

export interface Runtime {
  readonly url: string;
  /** Restarts the Worker with other variables; the state stays. */
  setVariables(variables: Readonly<Record<string, string>>): Promise<void>;
  stop(): Promise<void>;
}

export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const miniflare = new Miniflare(miniflareOptions(options, options.variables));
  const url = (await miniflare.ready).origin;
  return {
    url,
    async setVariables(variables) {
      await miniflare.setOptions(
        miniflareOptions({ ...options, port: Number(new URL(url).port) }, variables),
      );
    },
    stop: () => miniflare.dispose(),
  };
}

function miniflareOptions(options: RuntimeOptions, variables: Readonly<Record<string, string>>) {
  return convertV4MiniflareOptions({
    name: 'vigie',
    modules: [{ type: 'ESModule', path: 'index.js', contents: options.script }],
    compatibilityDate: '2026-08-01',
    compatibilityFlags: ['global_fetch_strictly_public'],
    host: options.host,
    port: options.port,
    cf: false,
    log: new Log(LogLevel.ERROR),
    handleStructuredLogs: ({ level, message }) => {
      if (!isRuntimeNoise(message)) options.onLog(level, message);
    },
    resourcePersistencePath: options.state,
    kvNamespaces: ['SEEN'],
    durableObjects: { DESK: { className: 'Desk', useSQLite: true } },
    assets: {
      directory: options.pages,
      binding: 'ASSETS',
      run_worker_first: true,
      routerConfig: { has_user_worker: true },
      assetConfig: { html_handling: 'none', not_found_handling: 'none' },
    },
    bindings: { ...variables },
    unsafeTriggerHandlers: true,
  });
}

/**
 * Lines of workerd that are not logged. A failed connection with its stack: the Worker logs it in one line. The advice to
 * dispose of RPC stubs, every few seconds: calls such as `desk.access().token(…)` leave that to the garbage collector.
 */
export function isRuntimeNoise(message: string): boolean {
  return /wdErrId = |sentryErrorContext = |bin\/workerd@|^An RPC stub was not disposed properly/.test(
    message,
  );
}
