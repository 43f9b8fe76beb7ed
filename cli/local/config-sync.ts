/**
 * Keeps the running service in step with the configuration file. A bad document leaves the last good one in force, and
 * what was saved on the pages is never written over: where both were edited, the one in force stays.
 */

import { statSync } from 'node:fs';
import { sha256Hex } from '../../lib/text/sha256.ts';
import { checkedDocument, type DocumentFile, readDocumentFile, variablesNamed } from './document.ts';
import { baseOf, readStep, writeStep } from './file-step.ts';
import type { Runtime } from './runtime.ts';

export interface SyncOptions {
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
export async function workerVariables(
  names: Iterable<string>,
  options: Pick<SyncOptions, 'everySeconds' | 'pass' | 'allowLoopback'>,
  token: string,
): Promise<Record<string, string>> {
  const own = ['VIGIE_CONTACT', 'VIGIE_SUBSCRIBERS', 'VIGIE_PLAN'];
  const given = [...names, ...options.pass, ...own].flatMap((name): [string, string][] => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries(given),
    VIGIE_TOKEN_SHA256: await sha256Hex(token),
    VIGIE_TICK_SECONDS: String(options.everySeconds),
    VIGIE_ALLOW_LOOPBACK: String(options.allowLoopback),
  };
}

const GOING_ON = 'going on with the last good configuration\n';
const LOOK_MS = 1_000;
/** So long after an edit, another one may leave the file with the same times: file systems count in steps of up to two seconds. */
const FRESH_MS = 3_000;
/** After a change that could not be put in force because nobody answered. */
const AGAIN_MS = 2_000;

interface Saved {
  readonly source: string;
  readonly hash: string;
}

function stateOf(file: string): { text: string; isFresh: boolean } {
  try {
    const { ino, size, mtimeMs, ctimeMs } = statSync(file);
    return {
      text: `${ino} ${size} ${mtimeMs} ${ctimeMs}`,
      isFresh: Math.abs(Date.now() - Math.max(mtimeMs, ctimeMs)) < FRESH_MS,
    };
  } catch (error) {
    // Outcome: no file, a link to itself, a folder that may not be entered. Reading it says which.
    return { text: String((error as NodeJS.ErrnoException).code), isFresh: false };
  }
}

export class ConfigSync {
  readonly #runtime: Runtime;
  readonly #options: SyncOptions;
  readonly #token: string;
  /** Names that the Worker has values for. A document that is refused takes none away. */
  #bound: ReadonlySet<string>;
  /** One change after the other: what is told last is what the file is now. */
  #turn: Promise<void> = Promise.resolve();
  #again: NodeJS.Timeout | undefined;
  /** What the file system said of the file when it was last looked at. */
  #seen = '';
  /** The document that was last dealt with, or why there was none; null: it has to be looked at again. */
  #dealtWith: string | null = null;

  constructor(
    runtime: Runtime,
    options: SyncOptions,
    { token, bound }: { token: string; bound: readonly string[] },
  ) {
    this.#runtime = runtime;
    this.#options = options;
    this.#token = token;
    this.#bound = new Set(bound);
  }

  /** @returns false when the file is bad and there is no document in force to go on with */
  async begin(read: DocumentFile): Promise<boolean> {
    if (read.kind === 'bad') return await this.#beginWithout(read);
    this.#dealtWith = read.document;
    return await this.#beginWith(read.document);
  }

  /** As while it runs: a file that is gone or cannot be read takes nothing out of force. */
  async #beginWithout({ report, told }: DocumentFile & { kind: 'bad' }): Promise<boolean> {
    process.stderr.write(report);
    const current = await this.#inForce();
    if (current === null) return false;
    await this.#bind(current.source);
    await this.#tell(told);
    this.#dealtWith = told;
    process.stderr.write(GOING_ON);
    return true;
  }

  async #beginWith(document: string): Promise<boolean> {
    const { config, state } = this.#options;
    const current = await this.#inForce();
    const step = baseOf(readStep(state), current?.hash ?? null);
    if (current !== null && step === (await sha256Hex(document)) && step !== current.hash) {
      await this.#bind(current.source);
      process.stderr.write(
        `what was saved on the pages since is in force; \`vigie pull\` writes it into ${config}\n`,
      );
      return true;
    }
    try {
      if (await this.#publish(document, current, step)) return true;
    } catch (error) {
      if (current === null) throw error;
      this.#lookAgain(error);
    }
    if (current === null) return false;
    await this.#bind(current.source);
    process.stderr.write(GOING_ON);
    return true;
  }

  /** Not `fs.watchFile`: that takes for the beginning what it finds, and what was edited since the start passes unseen. */
  watch(): void {
    setInterval(() => {
      const now = stateOf(this.#options.config);
      if (now.text === this.#seen) return;
      this.#seen = now.isFresh ? '' : now.text;
      this.#look();
    }, LOOK_MS).unref();
  }

  #look(): void {
    clearTimeout(this.#again);
    this.#turn = this.#turn.then(() => this.#change()).catch((error: unknown) => this.#lookAgain(error));
  }

  /** The runtime may be gone for a moment: what was edited meanwhile does not wait until somebody edits it again. */
  #lookAgain(error: unknown): void {
    const why = error instanceof Error ? error.message : 'unknown error';
    process.stderr.write(`${this.#options.config}: could not be put in force, is tried again: ${why}\n`);
    this.#dealtWith = null;
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#look(), AGAIN_MS).unref();
  }

  async #change(): Promise<void> {
    const { config } = this.#options;
    const read = readDocumentFile(config);
    if (read.kind === 'bad') {
      if (this.#dealtWith === read.told) return;
      process.stderr.write(`${read.report}the last good one stays in force\n`);
      await this.#tell(read.told);
      this.#dealtWith = read.told;
      return;
    }
    const { document } = read;
    if (this.#dealtWith === document) return;
    await this.#bind(document);
    const current = await this.#inForce();
    const step = baseOf(readStep(this.#options.state), current?.hash ?? null);
    const taken = await this.#publish(document, current, step);
    process.stderr.write(
      `${config}: ${taken ? 'in force' : 'not taken; the last good one stays in force'}\n`,
    );
    this.#dealtWith = document;
  }

  /** Adds what the document names to what the Worker sees. */
  async #bind(document: string): Promise<void> {
    const names = new Set([...this.#bound, ...variablesNamed(document)]);
    if (names.size === this.#bound.size) return;
    await this.#runtime.setVariables(await workerVariables(names, this.#options, this.#token));
    this.#bound = names;
  }

  /** @returns whether the document is in force now; throws where nobody could say */
  async #publish(document: string, current: Saved | null, step: string | null): Promise<boolean> {
    const { config, state } = this.#options;
    const { report } = await checkedDocument(document, config);
    process.stderr.write(report);
    if (current?.source === document) {
      writeStep(state, { version: current.hash, refused: null });
      await this.#tell(null);
      return true;
    }
    // Sent although it is bad: it is a watched file, of which `/readyz` and the pages say so until a good one comes.
    const answer = await fetch(`${this.#runtime.url}/api/config?watched=true`, {
      method: 'PUT',
      headers: {
        ...this.#headers(),
        ...(current === null || step === null ? {} : { 'if-match': `"${step}"` }),
      },
      body: document,
    });
    const version = answer.ok ? ((await answer.json()) as { hash: string }).hash : step;
    if (answer.status < 500)
      writeStep(state, { version, refused: answer.ok ? null : await sha256Hex(document) });
    if (answer.status === 412) {
      const told =
        'and the pages were both edited: what was saved there stays in force. `vigie push` shows the difference';
      process.stderr.write(`${config} ${told}\n`);
      await this.#tell(`the file ${told}`);
    }
    if (answer.status >= 500) throw new Error(`HTTP ${answer.status}`);
    return answer.ok;
  }

  /** Why the file as it is now is not in force, for `/readyz` and the pages; null: it is. */
  async #tell(problem: string | null): Promise<void> {
    await fetch(`${this.#runtime.url}/api/config/watched`, {
      method: 'PUT',
      headers: { ...this.#headers(), 'content-type': 'application/json' },
      body: JSON.stringify({ problem }),
    });
  }

  async #inForce(): Promise<Saved | null> {
    const answer = await fetch(`${this.#runtime.url}/api/config`, { headers: this.#headers() });
    if (answer.status === 404) return null;
    // Not known is not the same as none: without a version to name, what was saved on the pages would be written over.
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return { source: await answer.text(), hash: answer.headers.get('etag')?.replaceAll('"', '') ?? '' };
  }

  #headers(): Record<string, string> {
    return { authorization: `Bearer ${this.#token}` };
  }
}
