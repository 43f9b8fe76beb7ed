/**
 * A published configuration: the checked document, its compiled rules and its lexicon in one value, opened by whoever
 * polls. Layout: 4 bytes magic, uint32 length of the JSON, JSON padded to 8 bytes, binary of the rules padded likewise,
 * binary of the lexicon padded likewise, JSON of the document's own lists. Little endian. The lists weigh most of the JSON and
 * are in the binaries already: only who compiles a search reads them.
 */
import type { Config, RuleConfig, RunningConfig, TermList } from '../../model/config.ts';
import { PACKS_HASH } from '../../packs/packs-hash.gen.ts';
import { areCurrent, FOLD_HASH, loadRules, openRules, type Rules } from '../run/load.ts';
import { compileLexicon, type Lexicon, type ListName } from './lexicon.ts';

const MAGIC = 0x3242_4756; // "VGB2"
const HEAD_BYTES = 8;

/** Names what this code makes, as part of the keys under which bundles are kept: folding table, words of the packs, layout. */
export const BUNDLE_KIND = `${FOLD_HASH}-${PACKS_HASH}-4`;

export interface Bundle {
  readonly config: RunningConfig;
  readonly rules: Rules;
  readonly lexicon: Lexicon;
}

/** What the JSON of a bundle holds. */
interface Head {
  /** BUNDLE_KIND of the code that made it; those of before had none. */
  readonly kind?: string;
  readonly version?: string | null;
  readonly config: RunningConfig;
  readonly names: readonly ListName[];
  readonly rulesBytes: number;
  /** Not there in bundles of before, whose lists stand in the document. */
  readonly lexiconBytes?: number;
}

/**
 * @param rules as compileRules made them of this very configuration
 * @param version of the document it was read from, SHA-256 in hex; null: it will not be sent anywhere
 */
export function packBundle(
  config: Config,
  rules: Uint8Array,
  version: string | null,
): Uint8Array<ArrayBuffer> {
  // Places are for editors; who polls never reads them.
  const { places: _, lists, ...running } = config;
  const { binary, names } = compileLexicon(config);
  if (binary === null) throw new Error('a configuration with rules has no lexicon');
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

/** Rejects bytes that are no bundle, or whose rules this code cannot run. */
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

/** Version of the document it was made of; null: not said. Throws on bytes that are no bundle. */
export function bundledVersion(bytes: Uint8Array): string | null {
  return readHead(bytes).head.version ?? null;
}

/** The document alone, and the names of its lists; throws on bytes that are no bundle. */
export function bundledConfig(bytes: Uint8Array): RunningConfig {
  return readHead(bytes).head.config;
}

/** The document's own lists, for searches that name them; throws on bytes that are no bundle. */
export function bundledLists(bytes: Uint8Array): readonly TermList[] {
  const { head, rulesAt } = readHead(bytes);
  if (head.lexiconBytes === undefined) return (head.config as Config).lists;
  const at = rulesAt + padded(head.rulesBytes) + padded(head.lexiconBytes);
  return JSON.parse(new TextDecoder().decode(bytes.subarray(at))) as readonly TermList[];
}

/**
 * `current`: as this code would make it. `usable`: made with the words of other packs, but it can be opened. `foreign`: of
 * another layout or folding table, or no bundle at all.
 */
export function bundleState(bytes: Uint8Array): 'current' | 'usable' | 'foreign' {
  let read: ReturnType<typeof readHead>;
  try {
    read = readHead(bytes);
  } catch {
    // Outcome: of another layout.
    return 'foreign';
  }
  const { head, rulesAt } = read;
  const rulesEnd = rulesAt + head.rulesBytes;
  const lexiconAt = rulesAt + padded(head.rulesBytes);
  if (!areCurrent(bytes.subarray(rulesAt, rulesEnd)) || !areCurrent(bytes.subarray(lexiconAt)))
    return 'foreign';
  return head.kind === BUNDLE_KIND ? 'current' : 'usable';
}

export function bundledNames(bytes: Uint8Array): ReadonlyMap<string, ListName> {
  return new Map(readHead(bytes).head.names.map((name) => [name.id, name]));
}

function readHead(bytes: Uint8Array): { head: Head; rulesAt: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < HEAD_BYTES || view.getUint32(0, true) !== MAGIC)
    throw new Error('not a configuration bundle');
  const length = view.getUint32(4, true);
  if (HEAD_BYTES + length > bytes.byteLength) throw new Error('a configuration bundle is cut short');
  const json = new TextDecoder().decode(bytes.subarray(HEAD_BYTES, HEAD_BYTES + length));
  return { head: withTestMode(JSON.parse(json) as Head), rulesAt: padded(HEAD_BYTES + length) };
}

/** Release 0.1 wrote `rehearsal` for `testMode`: read without this, a rule in test mode would send alerts. */
function withTestMode(head: Head): Head {
  if (head.kind === BUNDLE_KIND) return head;
  const rules = head.config.rules.map((rule) => {
    const { rehearsal, ...rest } = rule as RuleConfig & { readonly rehearsal?: boolean };
    return rehearsal === undefined ? rule : { ...rest, testMode: rehearsal };
  });
  return { ...head, config: { ...head.config, rules } };
}

/** Typed-array views of the rules need an offset that is a multiple of 8. */
function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}
