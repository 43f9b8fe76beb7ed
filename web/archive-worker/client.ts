/** The page's side of the worker: starts it, calls it, and passes its messages on. */
import { LostConnection } from '../api/client.ts';
import type { CallName, Calls, FromWorker, ToWorker } from './protocol.ts';
import url from './worker.ts?worker&url';

/** The edit is not possible; the message says why to the user. */
class Refused extends Error {
  override readonly name = 'Refused';
}

type Listener = (message: FromWorker) => void;

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): {
    createScriptURL(url: string): string;
  };
}

let worker: Worker | null = null;
let lastCall = 0;
let lastRun = 0;
const waiting = new Map<number, Waiting>();
const listeners = new Set<Listener>();

/** Started when first needed: pages without previews never load it. */
function started(): Worker {
  if (worker !== null) return worker;
  worker = new Worker(trusted(url), { type: 'module', name: 'archive' });
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => receive(data));
  worker.addEventListener('error', () => {
    for (const { reject } of waiting.values())
      reject(new LostConnection('the part that reads the archive did not load'));
    waiting.clear();
    worker = null;
  });
  return worker;
}

let trustedUrl: string | null = null;

/** The only address that the page's Trusted Types policy allows for a worker (worker/http/pages.ts). */
function trusted(own: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  trustedUrl ??=
    trustedTypes
      ?.createPolicy('vigie-worker', {
        createScriptURL: (text) => {
          if (text === own) return text;
          throw new TypeError('not the address of our worker');
        },
      })
      .createScriptURL(own) ?? own;
  return trustedUrl;
}

function receive(message: FromWorker): void {
  if (message.kind === 'answer') waiting.get(message.id)?.resolve(message.answer as never);
  else if (message.kind === 'refused')
    waiting.get(message.id)?.reject(message.mistake ? new Refused(message.why) : new Error(message.why));
  else for (const listener of [...listeners]) listener(message);
  if ('id' in message) waiting.delete(message.id);
}

const post = (message: ToWorker): void => started().postMessage(message);

/** Calls the worker. Rejects with Refused if the edit is not possible. */
export function askWorker<N extends CallName>(name: N, ask: Calls[N]['ask']): Promise<Calls[N]['answer']> {
  const id = ++lastCall;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
    post({ kind: 'call', id, name, ask });
  });
}

/** Sets the document to compare with. @param source the document in force; null: none. @param floorMs shortest poll interval of the plan */
export function setBase(source: string | null, floorMs: number): void {
  post({ kind: 'base', source, floorMs });
}

/** Asks for a check and preview; ends the one before. @returns the number of the run, which its messages carry */
export function lookAt(source: string, rule: string | null): number {
  const run = ++lastRun;
  post({ kind: 'document', run, source, rule });
  return run;
}

/** Searches the archive; ends the run before. @returns the number of the run */
export function searchFor(query: string): number {
  const run = ++lastRun;
  post({ kind: 'search', run, query });
  return run;
}

/** Ends the current run. */
export function stopLooking(): void {
  lastRun++;
  post({ kind: 'stop' });
}

/** @returns stops listening */
export function onAnswer(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
