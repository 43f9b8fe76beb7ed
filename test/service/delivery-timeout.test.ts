/** The only test that waits for the real time-out of a delivery; all others shorten it (VIGIE_DELIVERY_TIMEOUT_MS). */
import { expect, test } from 'vitest';
import { DELIVERY_TIMEOUT_MS } from '../../lib/model/limits.ts';
import { feedsOf, hooksOf, stormRule } from '../chaos/document.ts';
import { Rig } from '../chaos/rig.ts';

test('a receiver that never answers is given 20 s, then the attempt has failed', async () => {
  const rig = new Rig(1, false);
  try {
    const feed = await rig.feed('flow');
    const receiver = await rig.receiver();
    receiver.fate = () => ({ kind: 'hang' });
    rig.configure({
      feeds: feedsOf([feed]),
      rules: [stormRule(['hook'])],
      channels: hooksOf(['hook'], (name) => receiver.hook(name)),
    });
    await rig.launch();
    await rig.tick();
    feed.publish(1);
    await rig.tick();
    await expect.poll(() => receiver.arrivals.length, { timeout: 10_000 }).toBe(1);
    const came = Date.now();
    const attempts = async () => (await rig.deliveries('pending')).map((delivery) => delivery.attempts);
    expect(await attempts()).toEqual([0]);
    await expect.poll(attempts, { timeout: 2 * DELIVERY_TIMEOUT_MS }).toEqual([1]);
    // From the arrival: the time-out began a moment before.
    expect(Date.now() - came).toBeGreaterThan(DELIVERY_TIMEOUT_MS - 1_000);
  } finally {
    await rig.close();
  }
});
