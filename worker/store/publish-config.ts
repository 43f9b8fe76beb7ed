/** Puts a configuration document in force: checks, compiles, stores and publishes it. */

import { readConfig } from '../../lib/config/document/config.ts';
import { decodeDocument } from '../../lib/config/document/encoding.ts';
import { variablesIn } from '../../lib/config/document/variables.ts';
import { BUNDLE_KIND, openHead, packBundle, readBundleHead } from '../../lib/match/compile/bundle.ts';
import { compileDespiteTests, compileRules } from '../../lib/match/compile/compile.ts';
import { type RedRule, redRules } from '../../lib/match/run/tests.ts';
import type { ConfigProblem, RunningConfig } from '../../lib/model/config.ts';
import { sha256Hex } from '../../lib/text/sha256.ts';
import { deskOf, type Env } from '../env.ts';
import { log } from '../log.ts';
import { settingsOf, variableOf } from '../settings.ts';
import { kvBundleStore } from './bundles.ts';

/** Result of publishing; `problems` include warnings. */
export type Published =
  | { readonly kind: 'published'; readonly hash: string; readonly problems: readonly ConfigProblem[] }
  /** Another version was saved in the meantime. */
  | { readonly kind: 'conflict'; readonly problems: readonly ConfigProblem[] }
  | { readonly kind: 'rejected'; readonly problems: readonly ConfigProblem[] };

/** A document as it was sent. With a bundle, the sender has checked and compiled it. */
export interface SentDocument {
  /** Bytes are checked to be UTF-8. */
  readonly source: string | Uint8Array;
  readonly bundle: Uint8Array | null;
  readonly author?: string | null;
  readonly reason?: string | null;
  /** Hashes of which one must be in force, such as that of the edited version; not given: any version may be. */
  readonly expected?: readonly string[] | null;
  /** The document comes from a watched file: no user reads the answer, so a rejection is also recorded at the desk. */
  readonly watched?: boolean;
}

/**
 * A document with an error changes nothing: the last valid one stays in force. The rejection of a watched file is also
 * shown by `/readyz` and the pages until a valid document arrives.
 *
 * @returns the problems of the document, warnings included, in every case
 */
export async function publishConfig(
  { source: sent, bundle, author = null, reason = null, expected = null, watched = false }: SentDocument,
  env: Env,
): Promise<Published> {
  const desk = deskOf(env).config();
  const { source, problem } =
    typeof sent === 'string' ? { source: sent, problem: null } : decodeDocument(sent);
  const hash = await sha256Hex(source);
  const compiled =
    problem !== null
      ? { bundle: null, problems: [problem], red: [] }
      : ((bundle === null ? null : await openedBundle(bundle, hash, env)) ??
        (await compile({ source, hash }, env, reason !== null)));
  if (compiled.bundle === null) {
    const first = compiled.problems.find(({ level }) => level === 'error');
    const words =
      first === undefined ? 'rejected' : `${first.line}:${first.column}: ${first.code}: ${first.message}`;
    if (watched) await desk.reject(words);
    return { kind: 'rejected', problems: compiled.problems };
  }
  const taken = await desk.publish({
    hash,
    source,
    bundle: compiled.bundle,
    red: compiled.red,
    author,
    reason,
    expected,
  });
  if (!taken) return { kind: 'conflict', problems: compiled.problems };
  // Written after the desk: pollers ask the desk for what KV does not have.
  await kvBundleStore(env.SEEN, BUNDLE_KIND)
    .write(hash, compiled.bundle)
    .catch(() => log('warn', 'configuration', 'was saved but not copied to KV: pollers ask the desk'));
  return { kind: 'published', hash, problems: compiled.problems };
}

interface Compiled {
  readonly bundle: Uint8Array | null;
  readonly problems: readonly ConfigProblem[];
  readonly red: readonly RedRule[];
}

/** @returns null for a bundle of other code or for other variables: the document is compiled here to locate problems */
async function openedBundle(bundle: Uint8Array, hash: string, env: Env): Promise<Compiled | null> {
  try {
    const head = readBundleHead(bundle);
    if (head.state !== 'current' || head.version !== hash) return null;
    const { config } = await openHead(head);
    // The sender compiled it, and a sender does not compile a document with a failing test.
    return suits(config, env) ? { bundle, problems: [], red: [] } : null;
  } catch {
    return null;
  }
}

/** Checks what depends on this installation: that variables are set, and the polling floor. */
function suits(config: RunningConfig, env: Env): boolean {
  const { floorMs } = settingsOf(env);
  return (
    variablesIn(config).every((name) => variableOf(env, name) !== null) &&
    config.feeds.every(({ everyMs }) => everyMs === null || everyMs >= floorMs)
  );
}

/** @param despiteTests the user gave a reason: rules whose own tests fail are saved all the same */
async function compile(
  { source, hash }: { readonly source: string; readonly hash: string },
  env: Env,
  despiteTests: boolean,
): Promise<Compiled> {
  const { config, problems } = readConfig(source, {
    hasVariable: (name) => variableOf(env, name) !== null,
    floorMs: settingsOf(env).floorMs,
  });
  if (config === null) return { bundle: null, problems, red: [] };
  const { binary, problems: more } = await (despiteTests ? compileDespiteTests : compileRules)(config);
  return {
    bundle: binary === null ? null : packBundle(config, binary, hash),
    problems: [...problems, ...more],
    red: redRules(config, more),
  };
}
