/** Puts a configuration document in force: checked, compiled, stored, published. */

import { readConfig } from '../../lib/config/document/config.ts';
import { decodeDocument } from '../../lib/config/document/encoding.ts';
import { variablesIn } from '../../lib/config/document/templates.ts';
import {
  BUNDLE_KIND,
  bundledVersion,
  bundleState,
  openBundle,
  packBundle,
} from '../../lib/match/compile/bundle.ts';
import { compileDespiteTests, compileRules } from '../../lib/match/compile/compile.ts';
import { type RedRule, redRules } from '../../lib/match/run/tests.ts';
import type { ConfigProblem, RunningConfig } from '../../lib/model/config.ts';
import { sha256Hex } from '../../lib/text/sha256.ts';
import { deskOf, type Env } from '../env.ts';
import { log } from '../log.ts';
import { settingsOf, variableOf } from '../settings.ts';
import { kvBundleStore } from './bundles.ts';

export type Published =
  | { readonly kind: 'published'; readonly hash: string; readonly problems: readonly ConfigProblem[] }
  /** Somebody saved another version meanwhile. */
  | { readonly kind: 'conflict'; readonly problems: readonly ConfigProblem[] }
  | { readonly kind: 'rejected'; readonly problems: readonly ConfigProblem[] };

/** A document as it was sent. With a bundle, its sender has checked and compiled it. */
export interface SentDocument {
  /** As bytes it is checked to be UTF-8. */
  readonly source: string | Uint8Array;
  readonly bundle: Uint8Array | null;
  readonly author?: string | null;
  readonly reason?: string | null;
  /** Hashes of which one must be in force, such as that of the version that was edited; not given: whatever is. */
  readonly expected?: readonly string[] | null;
  /** It comes from a file that is watched: nobody reads the answer, so that a refusal has to be told elsewhere. */
  readonly watched?: boolean;
}

/**
 * A document with an error changes nothing: the answer tells its sender, and the last good one is in force as it was. That
 * of a watched file is told by `/readyz` and the pages too, until a good one comes.
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
  // After the desk: pollers ask it for what KV does not show.
  await kvBundleStore(env.SEEN, BUNDLE_KIND)
    .write(hash, compiled.bundle)
    .catch(() => log('warn', 'configuration', 'could not be copied to KV: pollers ask the desk'));
  return { kind: 'published', hash, problems: compiled.problems };
}

interface Compiled {
  readonly bundle: Uint8Array | null;
  readonly problems: readonly ConfigProblem[];
  readonly red: readonly RedRule[];
}

/** null: made by other code than this, or not for this place, so it is compiled here, where mistakes get their place. */
async function openedBundle(bundle: Uint8Array, hash: string, env: Env): Promise<Compiled | null> {
  try {
    if (bundleState(bundle) !== 'current' || bundledVersion(bundle) !== hash) return null;
    const { config } = await openBundle(bundle);
    // Whoever compiles does not take a document with a red test.
    return suits(config, env) ? { bundle, problems: [], red: [] } : null;
  } catch {
    return null;
  }
}

/** What depends on the place and not on the document: which variables there are, and how often a feed may be polled. */
function suits(config: RunningConfig, env: Env): boolean {
  const { floorMs } = settingsOf(env);
  return (
    variablesIn(config).every((name) => variableOf(env, name) !== null) &&
    config.feeds.every(({ everyMs }) => everyMs === null || everyMs >= floorMs)
  );
}

/** @param despiteTests somebody gave a reason: a rule whose own test fails is saved all the same */
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
