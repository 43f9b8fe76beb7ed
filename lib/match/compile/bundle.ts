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

/**
 * `current`: what this code would make. `usable`: made with other words of packs, but it can be opened. `foreign`: of
 * another folding table or layout of rules.
 */
export type BundleState = 'current' | 'usable' | 'foreign';

/** A bundle whose JSON was parsed, once; rules, lexicon and lists are opened when they are needed. */
export interface BundleHead {
  readonly bytes: Uint8Array;
  readonly state: BundleState;
  /** SHA-256 (hex) of the document; null: unknown. */
  readonly version: string | null;
  readonly config: RunningConfig;
  readonly names: ReadonlyMap<string, ListName>;
  /** Byte offsets of the sections. */
  readonly sections: { readonly rules: number; readonly lexicon: number; readonly lists: number | null };
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

/** @throws Error for bytes that are not a bundle */
export function readBundleHead(bytes: Uint8Array): BundleHead {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < HEAD_BYTES || view.getUint32(0, true) !== MAGIC)
    throw new Error('not a configuration bundle');
  const length = view.getUint32(4, true);
  if (HEAD_BYTES + length > bytes.byteLength) throw new Error('a configuration bundle is cut short');
  const json = new TextDecoder().decode(bytes.subarray(HEAD_BYTES, HEAD_BYTES + length));
  const head = withTestMode(JSON.parse(json) as Head);
  const rules = padded(HEAD_BYTES + length);
  const lexicon = rules + padded(head.rulesBytes);
  return {
    bytes,
    state: stateOf(head, bytes.subarray(rules, rules + head.rulesBytes), bytes.subarray(lexicon)),
    version: head.version ?? null,
    config: head.config,
    names: new Map(head.names.map((name) => [name.id, name])),
    sections: {
      rules,
      lexicon,
      lists: head.lexiconBytes === undefined ? null : lexicon + padded(head.lexiconBytes),
    },
  };
}

function stateOf(head: Head, rules: Uint8Array, lexicon: Uint8Array): BundleState {
  if (!areCurrent(rules) || !areCurrent(lexicon)) return 'foreign';
  return head.kind === BUNDLE_KIND ? 'current' : 'usable';
}

/** Rejects if this code cannot run the rules. */
export async function openHead({ bytes, config, names, sections }: BundleHead): Promise<Bundle> {
  return {
    config,
    rules: await openRules(bytes.subarray(sections.rules, sections.lexicon)),
    lexicon: { rules: loadRules(bytes.subarray(sections.lexicon)), names },
  };
}

/** Rejects for bytes that are not a bundle, or whose rules this code cannot run. */
export async function openBundle(bytes: Uint8Array): Promise<Bundle> {
  return await openHead(readBundleHead(bytes));
}

/** The document's own lists, for searches that use them. */
export function bundledLists({ bytes, config, sections }: BundleHead): readonly TermList[] {
  if (sections.lists === null) return (config as Config).lists;
  return JSON.parse(new TextDecoder().decode(bytes.subarray(sections.lists))) as readonly TermList[];
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
