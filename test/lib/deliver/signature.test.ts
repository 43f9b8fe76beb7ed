/** Signatures against the specification's vector and a foreign verifier. */
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { signedHeaders } from '../../../lib/deliver/signature.ts';

test('the vector of the Standard Webhooks specification', async () => {
  const headers = await signedHeaders('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    at: 1614265330,
    body: '{"test": 2432232314}',
  });
  expect(Object.fromEntries(headers)['webhook-signature']).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  );
});

test('any body in any script verifies with the standardwebhooks library', async () => {
  const secret = `whsec_${btoa('0123456789abcdef0123456789abcdef')}`;
  const verifier = new Webhook(secret);
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
      const body = JSON.stringify({ text });
      const headers = await signedHeaders(secret, { id: 'msg_1', at: Math.floor(Date.now() / 1000), body });
      expect(verifier.verify(body, Object.fromEntries(headers))).toEqual({ text });
    }),
    { numRuns: 50 },
  );
});

test('a secret without the prefix is used as it stands', async () => {
  const headers = await signedHeaders('plain words', { id: 'a', at: 1, body: '' });
  expect(headers[2]?.[1]).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/);
});
