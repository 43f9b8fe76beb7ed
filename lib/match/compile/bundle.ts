/**
 * A published configuration as one value: the checked document, its compiled rules and its lexicon. Pollers open it.
 * Layout, little endian: 4 bytes magic, uint32 length of the JSON; then, each padded to 8 bytes: JSON, rules, lexicon; last
 * the JSON of the document's own lists. The lists are the largest part of the JSON and are compiled into the binaries
 * already, so only searches read them.
 */
import type { Config, RuleConfig, RunningConfig, TermList } from '../../model/config.ts';
import { PACKS_HASH } from '../../packs/packs-hash.gen.ts';
import { areCurrent, FOLD_HASH, loadRules, openRules, type Rules } from '../run/load.ts';
import { compileLexicon, type Lexicon, type ListName } from './lexicon.ts';

const MAGIC = 0x3242_4756; // "VGB2"
/** Magic number and length of the JSON. */
const HEAD_BYTES = 8;

/** Identifies what this code produces, as part of the keys of stored bundles: folding table, words of packs, layout. */
export const BUNDLE_KIND = `${FOLD_HASH}-${PACKS_HASH}-4`;

/** An opened bundle. */
export interface Bundle {
  readonly config: RunningConfig;
  readonly rules: Rules;
  readonly lexicon: Lexicon;
}

/** The JSON at the start of a bundle. */
interface Head {
  /** BUNDLE_KIND of the code that made it; missing in bundles of older releases. */
  readonly kind?: string;
  readonly version?: string | null;
  readonly config: RunningConfig;
  readonly names: readonly ListName[];
  readonly rulesBytes: number;
  /** Missing in bundles of older releases, which have the lists in `config`. */
  readonly lexiconBytes?: number;
}

/**
 * @param rules as compileRules made them from this configuration
 * @param version SHA-256 (hex) of the document; null: the bundle will not be sent anywhere
 * @throws Error when the lists of the configuration do not compile
 */
export function packBundle(
  config: Config,
  rules: Uint8Array,
  version: string | null,
): Uint8Array<ArrayBuffer> {
  // Places are for editors; pollers never read them.
  const { places: _, lists, ...running } = config;
  const { binary, names } = compileLexicon(config);
  if (binary === null) throw new Error('the lexicon of a configuration with valid rules does not compile');
  const head: Head = {
    kind: BUNDLE_KIND,
    version,
    config: running,
    names,
    rulesBytes: rules.byteLength,
    lexiconBytes: binary.byteLength,
  };
  const json = new TextEncoder().encode(JSON.stringify(head));
  const rulesAt = padded(HEAD_BYTES + json.byteLength);
  const lexiconAt = rulesAt + padded(rules.byteLength);
  const listsAt = lexiconAt + padded(binary.byteLength);
  const listsJson = new TextEncoder().encode(JSON.stringify(lists));
  const bytes = new Uint8Array(listsAt + listsJson.byteLength);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, json.byteLength, true);
  bytes.set(json, HEAD_BYTES);
  bytes.set(rules, rulesAt);
  bytes.set(binary, lexiconAt);
  bytes.set(listsJson, listsAt);
  return bytes;
}

/** Rejects with Error for bytes that are not a bundle, and with RulesFormatError for rules that this code cannot run. */
export async function openBundle(bytes: Uint8Array): Promise<Bundle> {
  const { head, rulesAt } = readHead(bytes);
  const rulesEnd = rulesAt + head.rulesBytes;
  const lexiconAt = rulesAt + padded(head.rulesBytes);
  return {
    config: head.config,
    rules: await openRules(bytes.subarray(rulesAt, rulesEnd)),
    lexicon: {
      rules: loadRules(bytes.subarray(lexiconAt)),
      names: new Map(head.names.map((name) => [name.id, name])),
    },
  };
}

/** SHA-256 of the document that it was made from; null: unknown. @throws Error for bytes that are not a bundle */
export function bundledVersion(bytes: Uint8Array): string | null {
  return readHead(bytes).head.version ?? null;
}

/** Only the document. @throws Error for bytes that are not a bundle */
export function bundledConfig(bytes: Uint8Array): RunningConfig {
  return readHead(bytes).head.config;
}

/** The document's own lists, for searches that name them. @throws Error for bytes that are not a bundle */
export function bundledLists(bytes: Uint8Array): readonly TermList[] {
  const { head, rulesAt } = readHead(bytes);
  if (head.lexiconBytes === undefined) return (head.config as Config).lists;
  const at = rulesAt + padded(head.rulesBytes) + padded(head.lexiconBytes);
  return JSON.parse(new TextDecoder().decode(bytes.subarray(at))) as readonly TermList[];
}

/**
 * `current`: as this code would make it. `usable`: made with other packs, but it can be opened. `foreign`: another layout or
 * folding table, or not a bundle.
 */
export function bundleState(bytes: Uint8Array): 'current' | 'usable' | 'foreign' {
  let read: ReturnType<typeof readHead>;
  try {
    read = readHead(bytes);
  } catch {
    // Another layout, or not a bundle.
    return 'foreign';
  }
  const { head, rulesAt } = read;
  const rulesEnd = rulesAt + head.rulesBytes;
  const lexiconAt = rulesAt + padded(head.rulesBytes);
  if (!areCurrent(bytes.subarray(rulesAt, rulesEnd)) || !areCurrent(bytes.subarray(lexiconAt)))
    return 'foreign';
  return head.kind === BUNDLE_KIND ? 'current' : 'usable';
}

/** Names of the lexicon's lists by id. @throws Error for bytes that are not a bundle */
export function bundledNames(bytes: Uint8Array): ReadonlyMap<string, ListName> {
  return new Map(readHead(bytes).head.names.map((name) => [name.id, name]));
}

/** @throws Error for another magic number or a truncated bundle */
function readHead(bytes: Uint8Array): { head: Head; rulesAt: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < HEAD_BYTES || view.getUint32(0, true) !== MAGIC)
    throw new Error('these bytes are not a configuration bundle');
  const length = view.getUint32(4, true);
  if (HEAD_BYTES + length > bytes.byteLength) throw new Error('the configuration bundle is truncated');
  const json = new TextDecoder().decode(bytes.subarray(HEAD_BYTES, HEAD_BYTES + length));
  return { head: withTestMode(JSON.parse(json) as Head), rulesAt: padded(HEAD_BYTES + length) };
}

/** Release 0.1 wrote `rehearsal` for `testMode`: without this conversion a rule in test mode would send alerts. */
function withTestMode(head: Head): Head {
  if (head.kind === BUNDLE_KIND) return head;
  const rules = head.config.rules.map((rule) => {
    const { rehearsal, ...rest } = rule as RuleConfig & { readonly rehearsal?: boolean };
    return rehearsal === undefined ? rule : { ...rest, testMode: rehearsal };
  });
  return { ...head, config: { ...head.config, rules } };
}

/** Typed-array views need offsets that are multiples of 8. */
function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
