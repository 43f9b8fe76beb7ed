/** Compiled configurations of others: taken when this code would have made them, made anew when not. */

import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../lib/config/document/config.ts';
import { BUNDLE_KIND, packBundle, readBundleHead } from '../../lib/match/compile/bundle.ts';
import { compileRules } from '../../lib/match/compile/compile.ts';
import { sha256Hex } from '../../lib/text/sha256.ts';
import { usableBundle } from '../../worker/desk/operation/rebuild.ts';
import { headHash, readBundle, saveBundle } from '../../worker/desk/table/configs.ts';
import type { Env } from '../../worker/env.ts';
import { publishConfig } from '../../worker/store/publish-config.ts';
import { wipeDesk } from './desk.ts';
import { desk, publish, testConfig } from './newsroom.ts';

beforeEach(wipeDesk);

const testEnv = env as unknown as Env;
const document = (word: string): string => testConfig([{ id: 'a' }], `query: ${word}`);

/** @param of the document it says it was made of */
async function bundleFor(source: string, of = source): Promise<Uint8Array<ArrayBuffer>> {
  const { config } = readConfig(source, { hasVariable: null });
  const { binary } = config === null ? { binary: null } : await compileRules(config);
  if (config === null || binary === null) throw new Error('the test has a mistake');
  return packBundle(config, binary, await sha256Hex(of));
}

/** The same bundle, as code with other packs would have named it. */
function ofOtherPacks(bundle: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const at = new TextDecoder('latin1').decode(bundle).indexOf(BUNDLE_KIND);
  const copy = bundle.slice();
  copy.fill('x'.charCodeAt(0), at, at + BUNDLE_KIND.length);
  return copy;
}

const kept = (): Promise<Uint8Array<ArrayBuffer>> =>
  runInDurableObject(desk(), (_, { storage: { sql } }) => {
    const bundle = readBundle(sql, headHash(sql) ?? '');
    if (bundle === null) throw new Error('nothing is in force');
    return bundle;
  });

// A bundle made of another word tells whether the one that was sent or kept is used, or a new one was made.
test.each([
  ['as this code makes them', (bundle: Uint8Array<ArrayBuffer>) => bundle, 'sent'],
  ['with the words of other packs', ofOtherPacks, 'anew'],
  ['cut short', (bundle: Uint8Array<ArrayBuffer>) => bundle.slice(0, 900), 'anew'],
  ['rubbish', () => new Uint8Array([1, 2, 3]), 'anew'],
] as const)('sent %s', async (_, change, wanted) => {
  const sent = change(await bundleFor(document('other'), document('storm')));
  const published = await publishConfig({ source: document('storm'), bundle: sent }, testEnv);
  expect(published.kind).toBe('published');
  expect(await kept()).toEqual(wanted === 'sent' ? sent : await bundleFor(document('storm')));
});

const plain = document('storm');
test.each([
  [
    'a variable that is not there',
    plain.replace('{ kind: console }', `{ kind: slack, url: "\${NOT_THERE}" }`),
    'E_MISSING_VARIABLE',
  ],
  ['a pace that the plan does not allow', plain.replace('every: 5m', 'every: 1m'), 'E_VALUE'],
])('sent with %s: refused with its place', async (_, source, code) => {
  const { config } = readConfig(source, { hasVariable: null, floorMs: 60_000 });
  const { binary } = config === null ? { binary: null } : await compileRules(config);
  if (config === null || binary === null) throw new Error('the test has a mistake');
  const { kind, problems } = await publishConfig(
    { source, bundle: packBundle(config, binary, await sha256Hex(source)) },
    testEnv,
  );
  expect([kind, problems.map((problem) => problem.code)]).toEqual(['rejected', [code]]);
  expect(problems[0]?.line).toBeGreaterThan(1);
});

test('sent with another document than it was made of', async () => {
  const sent = await bundleFor(document('other'));
  await publishConfig({ source: document('storm'), bundle: sent }, testEnv);
  expect(await kept()).toEqual(await bundleFor(document('storm')));
});

test.each([
  ['as this code makes them', (bundle: Uint8Array<ArrayBuffer>) => bundle, 'kept'],
  ['with the words of other packs: newer code, newer words', ofOtherPacks, 'anew'],
  ['cut short', (bundle: Uint8Array<ArrayBuffer>) => bundle.slice(0, 900), 'anew'],
] as const)('kept %s', async (_, change, wanted) => {
  await publish(document('storm'));
  const other = change(await bundleFor(document('other'), document('storm')));
  const used = await runInDurableObject(desk(), async (_, { storage: { sql } }) => {
    const hash = headHash(sql) ?? '';
    saveBundle(sql, hash, other);
    return (await usableBundle(sql, hash))?.bytes;
  });
  expect(used).toEqual(wanted === 'kept' ? other : await bundleFor(document('storm')));
  expect(readBundleHead(await kept()).state).toBe('current');
});

test('a document that newer code does not take any more goes on with what was compiled of it', async () => {
  await publish(document('storm'));
  const other = ofOtherPacks(await bundleFor(document('storm')));
  const used = await runInDurableObject(desk(), async (_, { storage: { sql } }) => {
    const hash = headHash(sql) ?? '';
    saveBundle(sql, hash, other);
    sql.exec(
      "UPDATE config_part SET data = ? WHERE hash = ? AND kind = 'source'",
      new TextEncoder().encode('version: 99').buffer,
      hash,
    );
    return (await usableBundle(sql, hash))?.bytes;
  });
  expect(used).toEqual(other);
});
