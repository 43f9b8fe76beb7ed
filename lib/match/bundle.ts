/**
 * A published configuration: the checked document and its compiled rules in one value, opened by whoever polls.
 * Layout: 4 bytes magic, uint32 length of the JSON, JSON padded to 8 bytes, binary of the rules. Little endian.
 */
import type { Config } from '../model/config.ts';
import { openRules, type Rules } from './load.ts';

const MAGIC = 0x3142_4756; // "VGB1"
const HEAD_BYTES = 8;

export interface Bundle {
  readonly config: Config;
  readonly rules: Rules;
}

export function packBundle(config: Config, rules: Uint8Array): Uint8Array<ArrayBuffer> {
  // Places are for editors; who polls never reads them.
  const { places: _, ...document } = config;
  const json = new TextEncoder().encode(JSON.stringify(document));
  const rulesAt = padded(HEAD_BYTES + json.byteLength);
  const bytes = new Uint8Array(rulesAt + rules.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, json.byteLength, true);
  bytes.set(json, HEAD_BYTES);
  bytes.set(rules, rulesAt);
  return bytes;
}

/** Rejects bytes that are no bundle, or whose rules this code cannot run. */
export async function openBundle(bytes: Uint8Array): Promise<Bundle> {
  const { config, rulesAt } = readHead(bytes);
  return { config, rules: await openRules(bytes.slice(rulesAt)) };
}

/** The document alone; throws on bytes that are no bundle. */
export function bundledConfig(bytes: Uint8Array): Config {
  return readHead(bytes).config;
}

function readHead(bytes: Uint8Array): { config: Config; rulesAt: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < HEAD_BYTES || view.getUint32(0, true) !== MAGIC)
    throw new Error('not a configuration bundle');
  const length = view.getUint32(4, true);
  if (HEAD_BYTES + length > bytes.byteLength) throw new Error('a configuration bundle is cut short');
  const json = new TextDecoder().decode(bytes.subarray(HEAD_BYTES, HEAD_BYTES + length));
  return { config: JSON.parse(json) as Config, rulesAt: padded(HEAD_BYTES + length) };
}

/** Typed-array views of the rules need an offset that is a multiple of 8. */
function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
