/**
 * The configuration document as the user edits it, shared by all pages: the version in force, the edited text, and the
 * state of the last save. It outlives the page that shows it, so that going to another page loses no text.
 */

import type { ConfigProblem } from '../../lib/model/config.ts';
import { MINUTE_MS } from '../../lib/model/time.ts';
import { ApiProblem } from '../api/client.ts';
import { type ConfigInForce, configInForce, type Saved, saveConfig, versionSource } from '../api/config.ts';
import { askWorker, setBase } from '../archive-worker/client.ts';
import type { Edit } from '../archive-worker/protocol.ts';
import { reasonOf } from '../text/reason.ts';
import { draftOf, keepDraft, keptDraft, textOf } from './draft.ts';
import { lastStatus } from './live-status.ts';
import { createStore } from './store.ts';

export type SaveState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: number }
  /** The service found mistakes that this page did not find: a variable that it does not have, say. */
  | { readonly kind: 'rejected'; readonly problems: readonly ConfigProblem[] }
  | { readonly kind: 'conflict'; readonly theirs: ConfigInForce }
  | { readonly kind: 'failed'; readonly why: string };

export interface Written {
  readonly kind: 'written';
  /** The version that was edited; null: the service has none yet. */
  readonly base: ConfigInForce | null;
  readonly text: string;
  /** When the draft found in this browser was typed, ms since 1970; null: none was found. */
  readonly restored: number | null;
  /** The draft is stored in this browser. */
  readonly kept: boolean;
  readonly save: SaveState;
}

export type DocumentState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: Error }
  | Written;

export const documentState = createStore<DocumentState>({ kind: 'loading' });

const FLOOR_MINUTES = 5;
/** How long typing pauses before the draft is stored. */
const KEEP_MS = 400;
let keeping: ReturnType<typeof setTimeout> | undefined;

function written(): Written | null {
  const state = documentState.get();
  return state.kind === 'written' ? state : null;
}

function change(part: Partial<Written>): void {
  const state = written();
  if (state !== null) documentState.set({ ...state, ...part });
}

export const isDirty = ({ base, text }: Written): boolean => text !== (base?.source ?? '');

/** Asks for the version in force. An unsaved draft stays. */
export async function openConfig(): Promise<void> {
  try {
    const base = await configInForce();
    const before = written();
    if (before !== null && before.base?.hash === base?.hash) return updateWorker(base);
    updateWorker(base);
    if (before !== null && isDirty(before)) return;
    documentState.set({
      kind: 'written',
      save: { kind: 'idle' },
      kept: true,
      ...(await withDraft(base)),
    });
  } catch (error) {
    // Outcome: no answer. A document that was already open stays.
    if (written() === null)
      documentState.set({ kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) });
  }
}

function updateWorker(base: ConfigInForce | null): void {
  setBase(base?.source ?? null, (lastStatus.get()?.floorMinutes ?? FLOOR_MINUTES) * MINUTE_MS);
}

async function withDraft(
  base: ConfigInForce | null,
): Promise<{ text: string; restored: number | null; base: ConfigInForce | null }> {
  const source = base?.source ?? '';
  const draft = keptDraft();
  if (draft === null) return { text: source, restored: null, base };
  if (draft.hash === (base?.hash ?? null)) return { text: textOf(draft, source), restored: draft.at, base };
  // Begun on an older version: it is compared with that one, and saving reports the conflict with the newer one.
  const older = draft.hash === null ? '' : await versionSource(draft.hash).catch(() => null);
  if (older === null) return { text: source, restored: null, base };
  updateWorker(draft.hash === null ? null : { source: older, hash: draft.hash });
  return {
    text: textOf(draft, older),
    restored: draft.at,
    base: draft.hash === null ? null : { source: older, hash: draft.hash },
  };
}

export const textNow = (): string => written()?.text ?? '';

export function setText(text: string): void {
  const state = written();
  if (state === null || state.text === text) return;
  const save = state.save.kind === 'saving' ? state.save : ({ kind: 'idle' } as const);
  change({ text, save: state.save.kind === 'conflict' ? state.save : save });
  clearTimeout(keeping);
  keeping = setTimeout(keepNow, KEEP_MS);
}

/** Stores the draft at once: the page may be closing. */
function keepNow(): void {
  clearTimeout(keeping);
  const state = written();
  if (state === null) return;
  const kept = keepDraft(isDirty(state) ? draftOf(state.base, state.text, Date.now()) : null);
  if (kept !== state.kept) change({ kept });
}

/** Back to the version that was edited. */
export function discard(): void {
  const state = written();
  if (state === null) return;
  change({ text: state.base?.source ?? '', restored: null, save: { kind: 'idle' } });
  keepNow();
}

/** Compiles the document here; if that fails, the service compiles it. */
async function send(source: string, expected: string | null, reason: string | null): Promise<Saved> {
  const bundle = await askWorker('compile', { source }).catch(() => null);
  return await saveConfig({ source, bundle }, expected, reason);
}

/** @param reason why a document is saved although a test fails, or null. @returns whether it was saved */
export async function save(reason: string | null): Promise<boolean> {
  const state = written();
  if (state === null || state.save.kind === 'saving') return false;
  keepNow();
  change({ save: { kind: 'saving' } });
  const { text } = state;
  try {
    const saved = await send(text, state.base?.hash ?? null, reason);
    if (saved.kind === 'rejected') change({ save: { kind: 'rejected', problems: saved.problems } });
    if (saved.kind === 'conflict') change({ save: { kind: 'conflict', theirs: saved.theirs } });
    if (saved.kind !== 'saved') return false;
    const base = { source: text, hash: saved.hash };
    updateWorker(base);
    change({ base, restored: null, save: { kind: 'saved', at: Date.now() } });
    keepNow();
    return true;
  } catch (error) {
    const why =
      error instanceof ApiProblem
        ? `${error.message}.`
        : error instanceof Error
          ? reasonOf(error)
          : 'The page has a fault.';
    change({ save: { kind: 'failed', why } });
    return false;
  }
}

/** After a conflict: the draft is compared with their version from now on. @param text the draft to go on with */
export function settleConflict(theirs: ConfigInForce, text: string): void {
  updateWorker(theirs);
  change({ base: theirs, text, save: { kind: 'idle' }, restored: null });
  keepNow();
}

let queue: Promise<unknown> = Promise.resolve();

/** Changes the draft as lib/config/edit/edit.ts does, one edit after the other. Rejects with Refused. */
export function edit(wanted: Edit): Promise<void> {
  const next = queue.then(async () => {
    const state = written();
    if (state === null) return;
    setText(await askWorker('edit', { source: state.text, edit: wanted }));
  });
  queue = next.catch(() => {});
  return next;
}

/** Resolves when all edits asked for so far are in the text. */
export const editsDone = async (): Promise<void> => void (await queue);

if (typeof addEventListener === 'function') addEventListener('pagehide', keepNow);

/** How often a change is tried if others save in between. */
const TRIES_MAX = 4;

/**
 * Changes the version in force at once, for edits of one feed or one key. An open draft gets the same change, so that it
 * does not conflict. Rejects with Refused, ApiProblem, LostConnection.
 * @returns undoes the change by saving the earlier source again; fails if another version was saved in between
 */
export async function changeNow(wanted: Edit, reason: string | null = null): Promise<() => Promise<void>> {
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const base = await configInForce();
    const source = await askWorker('edit', { source: base?.source ?? '', edit: wanted });
    const saved = await send(source, base?.hash ?? null, reason);
    if (saved.kind === 'rejected') {
      const [first] = saved.problems.filter(({ level }) => level === 'error');
      throw new ApiProblem(
        422,
        first === undefined ? 'the service did not accept it' : `line ${first.line}: ${first.message}`,
        null,
      );
    }
    if (saved.kind === 'saved') {
      await follow(base, { source, hash: saved.hash }, wanted);
      return () => takeBack(base?.source ?? '', saved.hash);
    }
  }
  throw new ApiProblem(412, 'other users are saving at the same time: try again', null);
}

async function follow(before: ConfigInForce | null, base: ConfigInForce, wanted: Edit): Promise<void> {
  updateWorker(base);
  const state = written();
  if (state === null || state.base?.hash !== before?.hash) return;
  const text = isDirty(state)
    ? await askWorker('edit', { source: state.text, edit: wanted }).catch(() => state.text)
    : base.source;
  change({ base, text });
  keepNow();
}

async function takeBack(source: string, hash: string): Promise<void> {
  const saved = await send(source, hash, 'undone');
  if (saved.kind !== 'saved')
    throw new ApiProblem(412, 'another version was saved in the meantime: undo the change in Rules', null);
  const state = written();
  if (state !== null && !isDirty(state)) change({ base: { source, hash: saved.hash }, text: source });
  updateWorker({ source, hash: saved.hash });
}
