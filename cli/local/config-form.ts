/** The body of `PUT /api/config` with a compiled configuration, so that the Worker need not compile it. */
import { gzipSync } from 'node:zlib';

export function configForm(source: string, bundle: Uint8Array<ArrayBuffer>): FormData {
  const form = new FormData();
  form.set('source', new Blob([source], { type: 'application/yaml' }), 'watch.yaml');
  form.set('bundle', new Blob([gzipSync(bundle)], { type: 'application/gzip' }), 'bundle.bin.gz');
  return form;
}
