/** Keeps the running service in step with the configuration file; a bad document leaves the last good one in force. */
import { createHash } from 'node:crypto';
import { readFileSync, watchFile } from 'node:fs';
import { checkedDocument, variablesNamed } from './document.ts';
import type { Runtime } from './runtime.ts';

export interface KeeperOptions {
  readonly config: string;
  readonly everySeconds: number;
  readonly allowLoopback: boolean;
}

/**
 * What the Worker sees: our own settings, and of this process only what configurations name.
 *
 * @param names what the document in force and the newest one name in `${…}`
 */
export function workerVariables(
  names: Iterable<string>,
  options: KeeperOptions,
  token: string,
): Record<string, string> {
  const own = ['VIGIE_CONTACT', 'VIGIE_SUBSCRIBERS', 'VIGIE_PLAN'];
  const given = [...names, ...own].flatMap((name): [string, string][] => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries(given),
    VIGIE_TOKEN_SHA256: createHash('sha256').update(token).digest('hex'),
    VIGIE_TICK_SECONDS: String(options.everySeconds),
    VIGIE_ALLOW_LOOPBACK: String(options.allowLoopback),
  };
}

export class ConfigKeeper {
  private readonly runtime: Runtime;
  private readonly options: KeeperOptions;
  private readonly token: string;
  /** Names that the Worker has values for. A document that is refused takes none away. */
  private bound: ReadonlySet<string>;

  constructor(
    runtime: Runtime,
    options: KeeperOptions,
    { token, document }: { token: string; document: string },
  ) {
    this.runtime = runtime;
    this.options = options;
    this.token = token;
    this.bound = new Set(variablesNamed(document));
  }

  /** @returns false when the document is bad and there is none in force to go on with */
  async begin(document: string): Promise<boolean> {
    if (await this.publish(document)) return true;
    const answer = await fetch(`${this.runtime.url}/api/config`, { headers: this.headers() });
    if (!answer.ok) return false;
    await this.bind(await answer.text());
    process.stderr.write('going on with the last good configuration\n');
    return true;
  }

  watch(): void {
    watchFile(this.options.config, { interval: 1_000, persistent: false }, () => void this.change());
  }

  private async change(): Promise<void> {
    const { config } = this.options;
    let document: string;
    try {
      document = readFileSync(config, 'utf8');
    } catch {
      process.stderr.write(`${config}: cannot be read; the last good one stays in force\n`);
      return;
    }
    await this.bind(document);
    const taken = await this.publish(document);
    process.stderr.write(
      `${config}: ${taken ? 'in force' : 'not taken; the last good one stays in force'}\n`,
    );
  }

  /** Adds what the document names to what the Worker sees. */
  private async bind(document: string): Promise<void> {
    const names = new Set([...this.bound, ...variablesNamed(document)]);
    if (names.size === this.bound.size) return;
    await this.runtime.setVariables(workerVariables(names, this.options, this.token));
    this.bound = names;
  }

  private async publish(document: string): Promise<boolean> {
    const { errors, report } = await checkedDocument(document, this.options.config);
    process.stderr.write(report);
    // Sent although it is bad: it is a watched file, of which `/readyz` and the pages say so until a good one comes.
    const answer = await fetch(`${this.runtime.url}/api/config?watched=true`, {
      method: 'PUT',
      headers: this.headers(),
      body: document,
    });
    if (errors === 0 && answer.status >= 500)
      process.stderr.write(`the desk did not take it: HTTP ${answer.status}\n`);
    return answer.ok;
  }

  private headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }
}
