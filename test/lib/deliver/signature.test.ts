/** Signatures against the specification's vector, and foreign verifiers, also while secrets change. */
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { Webhook as Svix } from 'svix';
import { describe, expect, test } from 'vitest';
import { signedHeaders } from '../../../lib/deliver/signature.ts';
import { anyEvent } from '../../fixtures/any-event.ts';
import { payloadOf, testChannel } from '../../fixtures/channels.ts';
import fc from '../../property.ts';

const NEW = `whsec_${btoa('0123456789abcdef0123456789abcdef')}`;
const OLD = `whsec_${btoa('fedcba9876543210fedcba9876543210')}`;
const OTHER = `whsec_${btoa('another-secret-another-secret-32')}`;
const forever = (secret: string) => ({ secret, until: null });

test('the vector of the Standard Webhooks specification', async () => {
  const headers = await signedHeaders([forever('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')], {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    at: 1614265330,
    body: '{"test": 2432232314}',
  });
  expect(Object.fromEntries(headers)['webhook-signature']).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  );
});

describe('every body of a webhook', () => {
  const at = Math.floor(Date.now() / 1000);

  test('verifies with standardwebhooks and svix, with the new secret and with the old one', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyEvent,
        fc.constantFrom('standard' as const, 'cloudevents' as const),
        async (event, format) => {
          const channel = testChannel('webhook', { format });
          const { body } = payloadOf(channel).request(channel, { id: 'msg_1', event });
          const headers = Object.fromEntries(
            await signedHeaders([forever(NEW), { secret: OLD, until: (at + 3600) * 1000 }], {
              id: 'msg_1',
              at,
              body,
            }),
          );
          const svix = Object.fromEntries(
            Object.entries(headers).map(([name, value]) => [name.replace('webhook-', 'svix-'), value]),
          );
          for (const secret of [NEW, OLD]) {
            expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
            expect(() => new Svix(secret).verify(body, svix)).not.toThrow();
            expect(() => new Svix(secret).verify(body, headers)).not.toThrow();
          }
          expect(() => new Webhook(OTHER).verify(body, headers)).toThrow();
          expect(() => new Svix(OTHER).verify(body, headers)).toThrow();
          expect(() => new Webhook(NEW).verify(`${body} `, headers)).toThrow();
        },
      ),
      { numRuns: 60 },
    );
  });

  test('an old secret signs no more from the moment on that it ends', async () => {
    const secrets = [forever(NEW), { secret: OLD, until: at * 1000 }];
    const headers = Object.fromEntries(await signedHeaders(secrets, { id: 'a', at, body: '{}' }));
    expect(new Webhook(NEW).verify('{}', headers)).toEqual({});
    expect(() => new Webhook(OLD).verify('{}', headers)).toThrow();
    expect(headers['webhook-signature']?.split(' ')).toHaveLength(1);
  });
});

describe('v1a', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
  const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const SECRETS = [
    ['the seed', `whsk_${seed.toString('base64')}`],
    ['the seed and the public key', `whsk_${Buffer.concat([seed, point]).toString('base64')}`],
  ] as const;

  test.each(SECRETS)('%s: verifies with the public key', async (_, secret) => {
    const headers = Object.fromEntries(
      await signedHeaders([forever(secret)], { id: 'msg_1', at: 1_700_000_000, body: '{"ü":1}' }),
    );
    const [version, signature = ''] = (headers['webhook-signature'] ?? '').split(',');
    expect(version).toBe('v1a');
    const key = createPublicKey({
      key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), point]),
      format: 'der',
      type: 'spki',
    });
    expect(verify(null, Buffer.from('msg_1.1700000000.{"ü":1}'), key, Buffer.from(signature, 'base64'))).toBe(
      true,
    );
  });

  test('stands beside v1, so that receivers can move over', async () => {
    const at = Math.floor(Date.now() / 1000);
    const headers = Object.fromEntries(
      await signedHeaders([forever(SECRETS[0][1]), forever(NEW)], { id: 'a', at, body: '{}' }),
    );
    expect(headers['webhook-signature']).toMatch(/^v1a,\S+ v1,\S+$/u);
    expect(new Webhook(NEW).verify('{}', headers)).toEqual({});
  });
});

describe('a secret', () => {
  test('without the prefix is used as it stands', async () => {
    const headers = await signedHeaders([forever('plain words')], { id: 'a', at: 1, body: '' });
    expect(headers[2]?.[1]).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/u);
  });
  test.each([
    ['that is no base64', [forever('whsec_***')], /not valid base64/u],
    ['of the wrong length', [forever('whsk_c2hvcnQ=')], /32 or 64 bytes/u],
    ['that has run out, alone', [{ secret: NEW, until: 1 }], /has expired/u],
  ])('%s is a mistake that names no value', async (_, secrets, message) => {
    const signing = signedHeaders(secrets, { id: 'a', at: 1_700_000_000, body: '' });
    await expect(signing).rejects.toThrow(message);
    await expect(signing).rejects.not.toThrow(/\*\*\*|c2hvcnQ/u);
  });
});
