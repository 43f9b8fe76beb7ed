/** Calls of the API that read and save the configuration document and its versions. */
import type { ConfigConflict, Mistakes } from '../../lib/api/common.ts';
import type { ConfigVersions, SavedConfig } from '../../lib/api/config.ts';
import type { ConfigProblem } from '../../lib/model/config.ts';
import { ApiProblem, call, get } from './client.ts';

export interface ConfigInForce {
  readonly source: string;
  readonly hash: string;
}

/** @returns null: the service has no configuration yet */
export async function configInForce(): Promise<ConfigInForce | null> {
  try {
    const answer = await call('GET', '/api/config', {});
    return { source: await answer.text(), hash: hashOf(answer) };
  } catch (error) {
    // Outcome: a service without a configuration.
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}

export type Saved =
  | { readonly kind: 'saved'; readonly hash: string; readonly problems: readonly ConfigProblem[] }
  | { readonly kind: 'rejected'; readonly problems: readonly ConfigProblem[] }
  /** Another user saved in the meantime: their version is in force. */
  | { readonly kind: 'conflict'; readonly theirs: ConfigInForce };

/**
 * @param bundle the document compiled and gzipped, or null: the service compiles it
 * @param expected hash of the version that was edited; null: this is the first one
 * @param reason why a document is saved although a test fails, or null
 */
export async function saveConfig(
  { source, bundle }: { readonly source: string; readonly bundle: ArrayBuffer | null },
  expected: string | null,
  reason: string | null,
): Promise<Saved> {
  const query = reason === null ? '' : `?${new URLSearchParams({ reason })}`;
  try {
    const answer = await call('PUT', `/api/config${query}`, {
      headers: expected === null ? {} : { 'if-match': `"${expected}"` },
      body: bundle === null ? source : formOf(source, bundle),
    });
    const { hash, problems } = (await answer.json()) as SavedConfig;
    return { kind: 'saved', hash, problems };
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    const { problems, current, source } = error.members as Partial<Mistakes & ConfigConflict>;
    if (error.status === 422 && problems !== undefined) return { kind: 'rejected', problems };
    if (error.status === 412 && current !== undefined && source !== undefined)
      return { kind: 'conflict', theirs: { source, hash: current } };
    throw error;
  }
}

function formOf(source: string, bundle: ArrayBuffer): FormData {
  const form = new FormData();
  form.set('source', new Blob([source], { type: 'application/yaml' }), 'watch.yaml');
  form.set('bundle', new Blob([bundle], { type: 'application/gzip' }), 'bundle.bin.gz');
  return form;
}

export const versions = async () => (await get<ConfigVersions>('/api/config/versions')).versions;

/** Source of a stored version. */
export async function versionSource(hash: string): Promise<string> {
  return await (await call('GET', `/api/config/versions/${encodeURIComponent(hash)}`, {})).text();
}

function hashOf(answer: Response): string {
  return (answer.headers.get('etag') ?? '').replace(/^W\//, '').replace(/^"|"$/g, '');
}
