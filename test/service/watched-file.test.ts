/** The watched file beside what is saved on the pages: which of the two is in force, and who is told. */
import { mkdirSync, rmdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { inForce, readiness, save, stop, test, until } from './start.ts';

test.concurrent('the newest reason is told: a mistake, no file, a folder, a link to itself, too large, not UTF-8; none once it is as before', async ({
  place,
}) => {
  writeFileSync(place.config, place.document());
  const { url } = await place.start(['--every', '0']);
  const isTold = (reason: RegExp) =>
    until(async () => reason.test((await readiness(url)).body.rejected ?? 'nothing'));
  writeFileSync(place.config, place.document({ rules: '  - { id: storms, qurey: storm* }' }));
  await isTold(/^5:\d+: E_/);
  rmSync(place.config);
  await isTold(/^cannot be read: no such file or folder$/);
  mkdirSync(place.config);
  await isTold(/^cannot be read: it is a folder$/);
  rmdirSync(place.config);
  symlinkSync(place.config, place.config);
  await isTold(/^cannot be read: too many symbolic links$/);
  rmSync(place.config);
  writeFileSync(place.config, place.document({ more: `#${' '.repeat(5 * 1024 * 1024)}\n` }));
  await isTold(/at most \d+ bytes$/);
  writeFileSync(place.config, Buffer.from(place.document({ more: '# caf\xe9\n' }), 'latin1'));
  await isTold(/^8:6: E_ENCODING/);
  writeFileSync(place.config, place.document());
  await isTold(/^nothing$/);
});

describe.concurrent('a file beside the pages, at a start', () => {
  test.for([
    {
      name: 'left alone, does not undo what was saved there',
      file: 'one',
      said: 'saved in the service',
      wins: 'page',
    },
    { name: 'edited too, does not either, and says so', file: 'two', said: 'were both edited', wins: 'page' },
    { name: 'that pulled it, is in sync again', file: 'page', said: 'ready', wins: 'page' },
  ])('$name: over a restart', async ({ file, said, wins }, { place }) => {
    writeFileSync(place.config, place.version('one'));
    const first = await place.start(['--every', '0']);
    expect((await save(first, place.version('page'))).status).toBe(200);
    await stop(first);
    writeFileSync(place.config, place.version(file));
    const second = await place.start(['--every', '0']);
    expect(await inForce(second)).toBe(place.version(wins));
    await until(() => second.output().includes(said));
  });

  test.for<{ name: string; change: (config: string) => void; said: RegExp }>([
    { name: 'gone', change: (config) => rmSync(config), said: /no such file/ },
    {
      name: 'a folder',
      change: (config) => {
        rmSync(config);
        mkdirSync(config);
      },
      said: /it is a folder/,
    },
    { name: 'too large', change: (config) => writeFileSync(config, ' '.repeat(5_000_001)), said: /at most/ },
    {
      name: 'not UTF-8',
      change: (config) => writeFileSync(config, Buffer.from('# caf\xe9\n', 'latin1')),
      said: /E_ENCODING/,
    },
  ])(
    '$name at a restart: the last good one stays in force, until the file is good again',
    async ({ change, said }, { place }) => {
      writeFileSync(place.config, place.version('one'));
      await stop(await place.start(['--every', '0']));
      change(place.config);
      const second = await place.start(['--every', '0']);
      expect(await inForce(second)).toBe(place.version('one'));
      expect((await readiness(second.url)).body.rejected).toMatch(said);
      await until(() => said.test(second.output()) && second.output().includes('stays in force'));
      rmSync(place.config, { recursive: true, force: true });
      writeFileSync(place.config, place.version('two'));
      await until(async () => (await inForce(second)) === place.version('two'));
    },
  );
});

describe.concurrent('a file beside the pages, while the service runs', () => {
  test.for(['at once', 'over a restart'])(
    'refused, then put in force by another user, is in sync again: its next edit is in force %s',
    async (when, { place }) => {
      writeFileSync(place.config, place.version('one'));
      let service = await place.start(['--every', '0']);
      await save(service, place.version('page'));
      writeFileSync(place.config, place.version('both'));
      await until(async () => (await readiness(service.url)).body.rejected !== null);
      await save(service, place.version('both'));
      if (when === 'over a restart') await stop(service);
      writeFileSync(place.config, place.version('next'));
      if (when === 'over a restart') service = await place.start(['--every', '0']);
      await until(async () => (await inForce(service)) === place.version('next'));
    },
  );

  test('edited alone, is in force: at once and over a restart', async ({ place }) => {
    writeFileSync(place.config, place.version('one'));
    const first = await place.start(['--every', '0']);
    writeFileSync(place.config, place.version('two'));
    await until(async () => (await inForce(first)) === place.version('two'));
    // Stopped in the middle of the change: it notes where file and service were last in sync before it ends.
    await stop(first);
    writeFileSync(place.config, place.version('three'));
    expect(await inForce(await place.start(['--every', '0']))).toBe(place.version('three'));
  });

  test('edited while the service runs on what the pages saved: that stays, and the file is said to differ', async ({
    place,
  }) => {
    writeFileSync(place.config, place.version('one'));
    const service = await place.start(['--every', '0']);
    await save(service, place.version('page'));
    writeFileSync(place.config, place.version('two'));
    await until(() => service.output().includes('were both edited'));
    expect(await inForce(service)).toBe(place.version('page'));
    writeFileSync(place.config, place.version('page'));
    await until(() => service.output().includes('watch.yaml: put in force'));
    writeFileSync(place.config, place.version('three'));
    await until(async () => (await inForce(service)) === place.version('three'));
  });
});

describe.concurrent('a document that takes a variable away', () => {
  test('and is refused: the one in force keeps its variables', async ({ place }) => {
    writeFileSync(place.config, place.document());
    const { url, output } = await place.start(['--every', '0']);
    await fetch(`${url}/cdn-cgi/local/scheduled?time=${Date.now()}`);
    writeFileSync(place.config, place.document().replace('HOOK_URL', 'NOT_SET_ANYWHERE'));
    await until(() => output().includes('not accepted'));
    await fetch(`${url}/cdn-cgi/local/scheduled?time=${Date.now() + 20 * 60_000}`);
    await until(() => place.posts.length > 0);
  });
});
