/** The configuration a claim names, opened once per isolate: immutable, so never stale. */
import { BUNDLE_KIND, type Bundle, openBundle } from '../../lib/match/compile/bundle.ts';
import { deskOf, type Env } from '../env.ts';
import { log } from '../log.ts';
import { kvBundleStore } from '../store/bundles.ts';

let opened: { readonly hash: string; readonly bundle: Bundle } | null = null;

/** KV may not show it yet (it caches a miss for a minute), never got it, or holds rubbish: then the desk has it. */
export async function bundleOf(hash: string, env: Env): Promise<Bundle> {
  if (opened?.hash === hash) return opened.bundle;
  const bundle = (await fromKv(hash, env)) ?? (await fromDesk(hash, env));
  opened = { hash, bundle };
  return bundle;
}

async function fromKv(hash: string, env: Env): Promise<Bundle | null> {
  const bytes = await kvBundleStore(env.SEEN, BUNDLE_KIND).read(hash);
  if (bytes === null) return null;
  try {
    return await openBundle(bytes);
  } catch {
    // Outcome: nobody's bundle under our key. It costs a question, not the tick.
    log('warn', 'configuration', 'KV holds something else under its key: asking the desk');
    return null;
  }
}

async function fromDesk(hash: string, env: Env): Promise<Bundle> {
  const bytes = await deskOf(env).bundle(hash);
  if (bytes === null) throw new Error(`configuration ${hash} is neither in KV nor at the desk`);
  return await openBundle(bytes);
}
