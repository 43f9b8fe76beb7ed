/** `npm start` from outside: how it begins, what it takes from its environment, and what it prints. */
import { writeFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { isRuntimeNoise } from '../../cli/local/runtime.ts';
import { isUnreachable, type Place, test, until } from './start.ts';

describe.concurrent('a bad start', () => {
  test.for<[string, ((place: Place) => string) | null, RegExp]>([
    ['no such file', null, /watch\.yaml: cannot be read: no such file/],
    ['a mistake', () => 'version: 1\nfeeds: []\nrules: []\n', /watch\.yaml:\d+:\d+: error E_NO_FEED/],
    [
      'a variable that is not set',
      (place) => place.document({ more: `  other: { kind: slack, url: "\${NOT_SET_ANYWHERE}" }\n` }),
      /NOT_SET_ANYWHERE/,
    ],
  ])('%s ends with 1 and says where', async ([_, source, message], { place }) => {
    if (source !== null) writeFileSync(place.config, source(place));
    const { output, exited } = place.launch();
    expect(await exited).toBe(1);
    expect(output()).toMatch(message);
    expect(output()).not.toContain('ready ');
  });

  test('a state folder that another service uses ends with 1; after kill -9 it is free, and its runtime ended', async ({
    place,
  }) => {
    writeFileSync(place.config, place.document());
    const first = await place.start(['--every', '0']);
    const second = place.launch(['--every', '0']);
    expect(await second.exited).toBe(1);
    expect(second.output()).toContain('another service is using this state folder');
    first.process.kill('SIGKILL');
    await first.exited;
    await place.start(['--every', '0']);
    await until(() => isUnreachable(first.url));
  });

  test('npm stopped by its number: the service stops too', async ({ place }) => {
    writeFileSync(place.config, place.document());
    const npm = place.launch(['--every', '0'], 'npm');
    const ready = /^ready (\S+)\/#\S+\n/m;
    await until(() => ready.test(npm.output()));
    const [, url = ''] = ready.exec(npm.output()) ?? [];
    npm.process.kill('SIGKILL');
    await until(() => isUnreachable(url));
    // The service has its output: nobody writes to the folder any more.
    await npm.exited;
  });

  test('a port that is taken ends with 1, in one line', async ({ place }) => {
    writeFileSync(place.config, place.document());
    const { output, exited } = place.launch(['--every', '0', '--port', new URL(place.feedUrl).port]);
    expect(await exited).toBe(1);
    expect(output()).toMatch(/^start: port \d+ on 127\.0\.0\.1 is in use; use another --port\n$/);
  });

  test('a wrong option ends with 2', async ({ place }) => {
    const { output, exited } = place.launch(['--prot', '1']);
    expect(await exited).toBe(2);
    expect(output()).toContain('usage:');
  });
});

test.concurrent('a document by API takes variables that the file names, and those of --pass, no others', async ({
  place,
}) => {
  const passed = 'HOOK_SECRET';
  const kept = 'HOME';
  const plain = place.document().replace(`, secret: "\${HOOK_SECRET}"`, '');
  writeFileSync(place.config, plain);
  const { url, token } = await place.start(['--every', '0', '--pass', passed]);
  const save = (name: string) =>
    fetch(`${url}/api/config`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}` },
      body: plain.replace(`url: "\${HOOK_URL}"`, `url: "\${HOOK_URL}", secret: "\${${name}}"`),
    });
  expect((await save(passed)).status).toBe(200);
  const refused = await save(kept);
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain(`--pass ${kept}`);
});

test.concurrent.for([
  ['VIGIE_TOKEN', 'reserved for the service'],
  ['NOT_SET_ANYWHERE', 'NOT_SET_ANYWHERE'],
  ['a b', 'not the name of a variable'],
] as const)('--pass %s ends with 2', async ([name, message], { place }) => {
  const { output, exited } = place.launch(['--pass', name]);
  expect(await exited).toBe(2);
  expect(output()).toContain(message);
});

test.each([
  ['An RPC stub was not disposed properly. You must call dispose() on all stubs in order to …', true],
  ['connection failed; wdErrId = abc', true],
  ['feed a: An RPC stub was not disposed properly, says its title', false],
  ['tick: 3 feeds', false],
])('of the runtime’s own lines only ours are printed: %s', (line, left) => {
  expect(isRuntimeNoise(line)).toBe(left);
});
