/** A configuration and what was compiled of it, in one value. */
import { expect, test } from 'vitest';
import { readConfig } from '../../../lib/config/document/config.ts';
import { bundledLists, openBundle, packBundle, readBundleHead } from '../../../lib/match/compile/bundle.ts';
import { compileRules } from '../../../lib/match/compile/compile.ts';
import { matchEntry } from '../../../lib/match/run/match.ts';
import { textEntry } from './rules.ts';

const SOURCE = `version: 1
feeds: [{ id: a, url: "https://a.example.org/feed" }]
concepts: { flood: { title: Floods, terms: [inundation, Überschwemmung] } }
rules: [{ id: water, title: Water, query: "@flood", notify: { to: [log] } }]
channels: { log: { kind: console } }
`;

async function bundleOf(source: string): Promise<Uint8Array<ArrayBuffer>> {
  const { config } = readConfig(source, { hasVariable: null });
  const { binary } = config === null ? { binary: null } : await compileRules(config);
  if (config === null || binary === null) throw new Error('the test has a mistake');
  return packBundle(config, binary, 'v1');
}

test('holds the document, its lists and what matches', async () => {
  const { config } = readConfig(SOURCE, { hasVariable: null });
  const bundle = await bundleOf(SOURCE);
  const { lists, places: _, ...running } = config ?? { lists: [] };
  const head = readBundleHead(bundle);
  expect(head.config).toEqual(running);
  expect(bundledLists(head)).toEqual(lists);
  expect(head.names.get('flood')?.title).toBe('Floods');
  expect([head.state, head.version]).toEqual(['current', 'v1']);
  const { rules } = await openBundle(bundle);
  expect(matchEntry(rules, textEntry('Überschwemmung im Tal')).map(({ rule }) => rule)).toEqual(['water']);
});

test('lies at any offset of a buffer', async () => {
  const bundle = await bundleOf(SOURCE);
  for (const offset of [0, 1, 4, 8]) {
    const within = new Uint8Array(offset + bundle.length);
    within.set(bundle, offset);
    const { rules } = await openBundle(within.subarray(offset));
    expect(matchEntry(rules, textEntry('inundation'))).toHaveLength(1);
  }
});

/** The head alone, as an older release would have written it: what follows it is left out. */
function withHead(bundle: Uint8Array, change: (head: Record<string, unknown>) => object): Uint8Array {
  const text = new TextDecoder().decode(bundle);
  const head = JSON.parse(text.slice(8, text.indexOf('}', text.indexOf('"lexiconBytes"')) + 1));
  const older = JSON.stringify(change(head));
  const bytes = new Uint8Array(8 + older.length * 3);
  bytes.set(bundle.subarray(0, 4));
  const { written } = new TextEncoder().encodeInto(older, bytes.subarray(8));
  new DataView(bytes.buffer).setUint32(4, written, true);
  return bytes;
}

test('of before, its lists are in the document', async () => {
  const bundle = await bundleOf(SOURCE);
  const bytes = withHead(bundle, (head) => ({
    ...head,
    lexiconBytes: undefined,
    config: { ...readBundleHead(bundle).config, lists: bundledLists(readBundleHead(bundle)) },
  }));
  expect(bundledLists(readBundleHead(bytes))).toEqual(bundledLists(readBundleHead(bundle)));
});

test('of release 0.1, a rule in test mode stays in it', async () => {
  const bundle = await bundleOf(SOURCE);
  const { config } = readBundleHead(bundle);
  const rules = config.rules.map(({ testMode: _, ...rule }) => ({ ...rule, rehearsal: true }));
  const bytes = withHead(bundle, (head) => ({ ...head, kind: 'of-0.1', config: { ...config, rules } }));
  expect(readBundleHead(bytes).config.rules).toEqual(
    config.rules.map((rule) => ({ ...rule, testMode: true })),
  );
});
