/** The configuration that a claim names, opened once per isolate: immutable, so never stale. */
import { BUNDLE_KIND, type Bundle, openBundle } from '../../lib/match/compile/bundle.ts';
import { deskOf, type Env } from '../env.ts';
import { log } from '../log.ts';
import { kvBundleStore } from '../store/bundles.ts';

let opened: { readonly hash: string; readonly bundle: Bundle } | null = null;

/** Reads KV first, then the desk: KV caches a miss for a minute, and its value may be missing or damaged. */
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
    // The value under our key is not a valid bundle: this costs one call to the desk, not the tick.
    log('warn', 'configuration', 'in KV was not readable: fetched from the desk');
    return null;
  }
}

async function fromDesk(hash: string, env: Env): Promise<Bundle> {
  const bytes = await deskOf(env).bundle(hash);
  if (bytes === null)
    throw new Error(`configuration ${hash} was found neither in KV nor at the desk: save it again`);
  return await openBundle(bytes);
}
