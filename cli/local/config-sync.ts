/**
 * Keeps the running service in sync with the configuration file. A bad document leaves the last good one in force. A
 * version saved on the pages is never overwritten: if both were edited, the one in force stays.
 */

import { statSync } from 'node:fs';
import { sha256Hex } from '../../lib/text/sha256.ts';
import { checkedDocument, type DocumentFile, readDocumentFile, variablesNamed } from './document.ts';
import type { Runtime } from './runtime.ts';
import { baseOf, readSynced, writeSynced } from './synced-version.ts';
import { type ServiceOptions, workerVariables } from './worker-variables.ts';

export interface SyncOptions extends ServiceOptions {
  readonly config: string;
  /** The state folder, which stores the version at which file and service were last in sync. */
  readonly state: string;
}

const GOING_ON = 'the last good configuration stays in force\n';
const LOOK_MS = 1_000;
/** A second edit within this time may leave the same file times: file systems store them in units of up to 2 s. */
const FRESH_MS = 3_000;
/** Wait before a change is tried again, if the service did not answer. */
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
    // Outcome: no file, a link to itself, a folder without permission. Reading the file says which.
    return { text: String((error as NodeJS.ErrnoException).code), isFresh: false };
  }
}

export class ConfigSync {
  readonly #runtime: Runtime;
  readonly #options: SyncOptions;
  readonly #token: string;
  /** Names of variables that the Worker has. A refused document removes none. */
  #bound: ReadonlySet<string>;
  /** Changes are handled one after the other, so that the last report is of the newest file. */
  #turn: Promise<void> = Promise.resolve();
  #again: NodeJS.Timeout | undefined;
  #watcher: NodeJS.Timeout | undefined;
  /** Inode, size and times of the file when it was last checked. */
  #seen = '';
  /** The document handled last, or why it could not be read; null: handle the file again. */
  #handled: string | null = null;

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

  /** @returns false: the file is bad and no document is in force */
  async begin(read: DocumentFile): Promise<boolean> {
    if (read.kind === 'bad') return await this.#beginWithout(read);
    this.#handled = read.document;
    return await this.#beginWith(read.document);
  }

  /** Starts without a readable file: the configuration in force stays, as after a bad edit while the service runs. */
  async #beginWithout({ report, summary }: DocumentFile & { kind: 'bad' }): Promise<boolean> {
    process.stderr.write(report);
    const current = await this.#inForce();
    if (current === null) return false;
    await this.#bind(current.source);
    await this.#reportProblem(summary);
    this.#handled = summary;
    process.stderr.write(GOING_ON);
    return true;
  }

  async #beginWith(document: string): Promise<boolean> {
    const { config, state } = this.#options;
    const current = await this.#inForce();
    const synced = baseOf(readSynced(state), current?.hash ?? null);
    if (current !== null && synced === (await sha256Hex(document)) && synced !== current.hash) {
      await this.#bind(current.source);
      process.stderr.write(
        `a version saved in the service is newer than ${config} and stays in force; \`vigie pull\` writes it to the file\n`,
      );
      return true;
    }
    try {
      if (await this.#publish(document, current, synced)) return true;
    } catch (error) {
      if (current === null) throw error;
      this.#lookAgain(error);
    }
    if (current === null) return false;
    await this.#bind(current.source);
    process.stderr.write(GOING_ON);
    return true;
  }

  /** Not `fs.watchFile`: that would miss edits made between the start and the first check. */
  watch(): void {
    this.#watcher = setInterval(() => {
      const now = stateOf(this.#options.config);
      if (now.text === this.#seen) return;
      this.#seen = now.isFresh ? '' : now.text;
      this.#look();
    }, LOOK_MS).unref();
  }

  /**
   * Waits for the change that is being put in force: stopped between its PUT and its note in the state folder, the next
   * start would take the next edit of the file for one of both sides.
   */
  async stop(): Promise<void> {
    clearInterval(this.#watcher);
    clearTimeout(this.#again);
    await this.#turn;
    clearTimeout(this.#again);
  }

  #look(): void {
    clearTimeout(this.#again);
    this.#turn = this.#turn.then(() => this.#change()).catch((error: unknown) => this.#lookAgain(error));
  }

  /** The runtime may not answer for a moment; the change must not wait until the next edit. */
  #lookAgain(error: unknown): void {
    const why = error instanceof Error ? error.message : 'unknown error';
    process.stderr.write(
      `${this.#options.config}: could not be put in force: ${why}; trying again in ${AGAIN_MS / 1_000} s\n`,
    );
    this.#handled = null;
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#look(), AGAIN_MS).unref();
  }

  async #change(): Promise<void> {
    const { config } = this.#options;
    const read = readDocumentFile(config);
    if (read.kind === 'bad') {
      if (this.#handled === read.summary) return;
      process.stderr.write(`${read.report}${GOING_ON}`);
      await this.#reportProblem(read.summary);
      this.#handled = read.summary;
      return;
    }
    const { document } = read;
    if (this.#handled === document) return;
    await this.#bind(document);
    const current = await this.#inForce();
    const synced = baseOf(readSynced(this.#options.state), current?.hash ?? null);
    const taken = await this.#publish(document, current, synced);
    process.stderr.write(
      `${config}: ${taken ? 'put in force' : 'not accepted; the last good configuration stays in force'}\n`,
    );
    this.#handled = document;
  }

  /** Gives the Worker the variables that the document names, too. */
  async #bind(document: string): Promise<void> {
    const names = new Set([...this.#bound, ...variablesNamed(document)]);
    if (names.size === this.#bound.size) return;
    await this.#runtime.setVariables(await workerVariables(names, this.#options, this.#token));
    this.#bound = names;
  }

  /** @returns whether the document is in force now; throws if the service does not answer */
  async #publish(document: string, current: Saved | null, synced: string | null): Promise<boolean> {
    const { config, state } = this.#options;
    const { report } = await checkedDocument(document, config);
    process.stderr.write(report);
    if (current?.source === document) {
      writeSynced(state, { version: current.hash, refused: null });
      await this.#reportProblem(null);
      return true;
    }
    // Sent even if it is bad: `/readyz` and the pages report a bad watched file until it is corrected.
    const answer = await fetch(`${this.#runtime.url}/api/config?watched=true`, {
      method: 'PUT',
      headers: {
        ...this.#headers(),
        ...(current === null || synced === null ? {} : { 'if-match': `"${synced}"` }),
      },
      body: document,
    });
    const version = answer.ok ? ((await answer.json()) as { hash: string }).hash : synced;
    if (answer.status < 500)
      writeSynced(state, { version, refused: answer.ok ? null : await sha256Hex(document) });
    if (answer.status === 412) {
      const conflict =
        'and the service were both edited: the version saved in the service stays in force. `vigie push` shows the difference';
      process.stderr.write(`${config} ${conflict}\n`);
      await this.#reportProblem(`the file ${conflict}`);
    }
    if (answer.status >= 500) throw new Error(`HTTP ${answer.status}`);
    return answer.ok;
  }

  /** Gives `/readyz` and the pages the reason why the file is not in force; null: it is in force. */
  async #reportProblem(problem: string | null): Promise<void> {
    await fetch(`${this.#runtime.url}/api/config/watched`, {
      method: 'PUT',
      headers: { ...this.#headers(), 'content-type': 'application/json' },
      body: JSON.stringify({ problem }),
    });
  }

  async #inForce(): Promise<Saved | null> {
    const answer = await fetch(`${this.#runtime.url}/api/config`, { headers: this.#headers() });
    if (answer.status === 404) return null;
    // An unknown version must not count as none: without `if-match` a version saved on the pages would be overwritten.
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return { source: await answer.text(), hash: answer.headers.get('etag')?.replaceAll('"', '') ?? '' };
  }

  #headers(): Record<string, string> {
    return { authorization: `Bearer ${this.#token}` };
  }
}
