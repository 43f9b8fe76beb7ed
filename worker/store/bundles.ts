/** Published configurations with their compiled rules, under immutable keys `rules/<config hash>/<fold hash>`. */

/** Where pollers find bundles first. */
export interface BundleStore {
  /** null: not stored, or not visible here yet (KV caches a miss for a minute). */
  read(config: string): Promise<Uint8Array | null>;
  write(config: string, bundle: Uint8Array): Promise<void>;
}

/** @param foldHash BUNDLE_KIND of this code, so that other code does not read its bundles */
export function kvBundleStore(kv: KVNamespace, foldHash: string): BundleStore {
  const key = (config: string): string => `rules/${config}/${foldHash}`;
  return {
    async read(config) {
      const bytes = await kv.get(key(config), 'arrayBuffer');
      return bytes === null ? null : new Uint8Array(bytes);
    },
    async write(config, bundle) {
      await kv.put(key(config), bundle);
    },
  };
}
