/**
 * Keeps the running service in step with the configuration file. A bad document leaves the last good one in force, and
 * what was saved on the pages is never written over: where both were edited, the one in force stays.
 */
import { createHash } from 'node:crypto';
import { watchFile } from 'node:fs';
import { checkedDocument, readDocumentFile, variablesNamed } from './document.ts';
import { readStep, versionOf, writeStep } from './file-step.ts';
import type { Runtime } from './runtime.ts';

export interface KeeperOptions {
  readonly config: string;
  /** The state folder, which remembers the step that file and service were last in. */
  readonly state: string;
  readonly everySeconds: number;
  /** Variables that any document may name, because whoever started the service said so. */
  readonly pass: readonly string[];
  readonly allowLoopback: boolean;
}

/**
 * What the Worker sees: our own settings, and of this process only what the watched file names and what `--pass` gives.
 * Not what a document by page or API names: whoever may save one could read any variable of this machine.
 *
 * @param names what the document in force and the newest one name in `${…}`
 */
export function workerVariables(
  names: Iterable<string>,
  options: Pick<KeeperOptions, 'everySeconds' | 'pass' | 'allowLoopback'>,
  token: string,
): Record<string, string> {
  const own = ['VIGIE_CONTACT', 'VIGIE_SUBSCRIBERS', 'VIGIE_PLAN'];
  const given = [...names, ...options.pass, ...own].flatMap((name): [string, string][] => {
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

interface Saved {
  readonly source: string;
  readonly hash: string;
}

export class ConfigKeeper {
  private readonly runtime: Runtime;
  private readonly options: KeeperOptions;
  private readonly token: string;
  /** Names that the Worker has values for. A document that is refused takes none away. */
  private bound: ReadonlySet<string>;
  /** One change after the other: what is told last is what the file is now. */
  private turn: Promise<void> = Promise.resolve();

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
    const { config, state } = this.options;
    const current = await this.inForce();
    const step = readStep(state);
    if (current !== null && step === versionOf(document) && step !== current.hash) {
      await this.bind(current.source);
      process.stderr.write(
        `what was saved on the pages since is in force; \`vigie pull\` writes it into ${config}\n`,
      );
      return true;
    }
    if (await this.publish(document, current, step)) return true;
    if (current === null) return false;
    await this.bind(current.source);
    process.stderr.write('going on with the last good configuration\n');
    return true;
  }

  watch(): void {
    watchFile(this.options.config, { interval: 1_000, persistent: false }, () => {
      // The runtime may be gone for a moment: the next change is looked at all the same.
      this.turn = this.turn
        .then(() => this.change())
        .catch((error: unknown) => {
          const why = error instanceof Error ? error.message : 'unknown error';
          process.stderr.write(`${this.options.config}: could not be put in force: ${why}\n`);
        });
    });
  }

  private async change(): Promise<void> {
    const { config } = this.options;
    const read = readDocumentFile(config);
    if (read.kind === 'bad') {
      process.stderr.write(`${read.report}the last good one stays in force\n`);
      return await this.tell(read.told);
    }
    const { document } = read;
    await this.bind(document);
    const taken = await this.publish(document, await this.inForce(), readStep(this.options.state));
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

  /** @returns whether the document is in force now */
  private async publish(document: string, current: Saved | null, step: string | null): Promise<boolean> {
    const { config, state } = this.options;
    const { errors, report } = await checkedDocument(document, config);
    process.stderr.write(report);
    if (current?.source === document) {
      writeStep(state, current.hash);
      await this.tell(null);
      return true;
    }
    // Sent although it is bad: it is a watched file, of which `/readyz` and the pages say so until a good one comes.
    const answer = await fetch(`${this.runtime.url}/api/config?watched=true`, {
      method: 'PUT',
      headers: {
        ...this.headers(),
        ...(current === null || step === null ? {} : { 'if-match': `"${step}"` }),
      },
      body: document,
    });
    if (answer.ok) writeStep(state, ((await answer.json()) as { hash: string }).hash);
    if (answer.status === 412) {
      const told =
        'and the pages were both edited: what was saved there stays in force. `vigie push` shows the difference';
      process.stderr.write(`${config} ${told}\n`);
      await this.tell(`the file ${told}`);
    }
    if (answer.status === 413) await this.tell(((await answer.json()) as { title: string }).title);
    if (errors === 0 && answer.status >= 500)
      process.stderr.write(`the desk did not take it: HTTP ${answer.status}\n`);
    return answer.ok;
  }

  /** Why the file as it is now is not in force, for `/readyz` and the pages; null: it is. */
  private async tell(problem: string | null): Promise<void> {
    await fetch(`${this.runtime.url}/api/config/watched`, {
      method: 'PUT',
      headers: { ...this.headers(), 'content-type': 'application/json' },
      body: JSON.stringify({ problem }),
    });
  }

  private async inForce(): Promise<Saved | null> {
    const answer = await fetch(`${this.runtime.url}/api/config`, { headers: this.headers() });
    if (!answer.ok) return null;
    return { source: await answer.text(), hash: answer.headers.get('etag')?.replaceAll('"', '') ?? '' };
  }

  private headers(): Record<string, string> {
    return { authorization: `Bearer ${this.token}` };
  }
}
