/** Puts a configuration document in force: checked, compiled, stored, published. */
import { packBundle } from '../../lib/match/bundle.ts';
import { compileRules } from '../../lib/match/compile.ts';
import { FOLD_HASH } from '../../lib/match/load.ts';
import type { ConfigProblem } from '../../lib/model/config.ts';
import { readConfig } from '../../lib/rule/config.ts';
import { deskOf, type Env, variableOf } from '../env.ts';
import { log } from '../log.ts';
import { kvBundleStore } from '../store/bundles.ts';

export type Published =
  | { readonly kind: 'published'; readonly hash: string; readonly problems: readonly ConfigProblem[] }
  | { readonly kind: 'rejected'; readonly problems: readonly ConfigProblem[] };

/** A document with an error changes nothing but what `/readyz` says. */
export async function publishConfig(source: string, env: Env): Promise<Published> {
  const desk = deskOf(env);
  const { config, problems } = readConfig(source, { hasVariable: (name) => variableOf(env, name) !== null });
  const compiled = config === null ? { binary: null, problems: [] } : compileRules(config);
  const all = [...problems, ...compiled.problems];
  if (config === null || compiled.binary === null) {
    const first = all.find(({ level }) => level === 'error');
    await desk.reject(
      first === undefined ? 'rejected' : `${first.line}:${first.column}: ${first.code}: ${first.message}`,
    );
    return { kind: 'rejected', problems: all };
  }
  const hash = await sourceHash(source);
  const bundle = packBundle(config, compiled.binary);
  await desk.publish({ hash, source, bundle });
  // After the desk: pollers ask it for what KV does not show.
  await kvBundleStore(env.SEEN, FOLD_HASH)
    .write(hash, bundle)
    .catch(() => log('warn', 'configuration', 'could not be copied to KV: pollers ask the desk'));
  return { kind: 'published', hash, problems: all };
}

async function sourceHash(source: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(source)));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
