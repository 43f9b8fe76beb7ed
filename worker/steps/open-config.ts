/** The configuration a claim names, opened once per isolate: immutable, so never stale. */
import { BUNDLE_KIND, type Bundle, openBundle } from '../../lib/match/bundle.ts';
import { deskOf, type Env } from '../env.ts';
import { kvBundleStore } from '../store/bundles.ts';

let opened: { readonly hash: string; readonly bundle: Bundle } | null = null;

/** KV may not show it yet (it caches a miss for a minute), or never got it: then the desk has it. */
export async function bundleOf(hash: string, env: Env): Promise<Bundle> {
  if (opened?.hash === hash) return opened.bundle;
  const bytes = (await kvBundleStore(env.SEEN, BUNDLE_KIND).read(hash)) ?? (await deskOf(env).bundle(hash));
  if (bytes === null) throw new Error(`configuration ${hash} is neither in KV nor at the desk`);
  opened = { hash, bundle: await openBundle(bytes) };
  return opened.bundle;
}
