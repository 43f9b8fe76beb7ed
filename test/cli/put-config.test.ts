/** The first configuration of a service that was made a moment ago. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { putConfig } from '../../cli/local/put-config.ts';

type Behaviour = number | 'hangs up';

async function served(answers: readonly Behaviour[], isNew: boolean) {
  let asked = 0;
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    bodies.push(`${request.headers.authorization} ${Buffer.concat(chunks).toString('latin1')}`);
    const answer = answers[Math.min(asked++, answers.length - 1)];
    if (answer === 'hangs up') request.socket.destroy();
    else response.writeHead(answer ?? 200, { location: '/elsewhere' }).end('{"title":"said"}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const waited: string[] = [];
  const document = { source: 'version: 1 # here', bundle: new Uint8Array([1, 2, 3]) };
  const put = await putConfig(document, { url, token: 'token', isNew }, (why) => waited.push(why), 1);
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  return { put, asked, waited, bodies };
}

test.each([
  ['a service that is there', [200], false, { ok: true }, 1],
  ['one that comes up', ['hangs up', 503, 200], false, { ok: true }, 3],
  [
    'one that is new: its address, then its token, is not known yet',
    [404, 401, 403, 200],
    true,
    { ok: true },
    4,
  ],
  ['a wrong token', [401], false, { ok: false, why: 'HTTP 401 {"title":"said"}' }, 1],
  ['a document with a mistake', [422], true, { ok: false, why: 'HTTP 422 {"title":"said"}' }, 1],
  ['another version in force', [412], true, { ok: false, why: 'HTTP 412 {"title":"said"}' }, 1],
  [
    'an address that leads elsewhere: the token does not follow',
    [302],
    true,
    { ok: false, why: 'HTTP 302 {"title":"said"}' },
    1,
  ],
  ['nobody, for good', [503], false, { ok: false, why: 'HTTP 503 {"title":"said"}' }, 24],
] as const)('%s', async (_, answers, isNew, wanted, tries) => {
  const { put, asked, waited, bodies } = await served(answers, isNew);
  expect(put).toEqual(wanted);
  expect(asked).toBe(tries);
  expect(waited).toHaveLength(tries - 1);
  expect(bodies[0]).toMatch(/^Bearer token [\s\S]*version: 1 # here/);
});

test('no address says which error', async () => {
  const document = { source: 'version: 1', bundle: new Uint8Array([1]) };
  const put = await putConfig(document, { url: 'http://127.0.0.1:1', token: 't', isNew: false }, () => {}, 1);
  expect(put).toEqual({ ok: false, why: expect.stringMatching(/^cannot be reached/) });
});
