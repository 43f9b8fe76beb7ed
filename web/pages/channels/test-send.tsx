/** A test of one channel: what was sent, and the receiver's answer. */
import type { JSX } from 'preact';
import { opsEvent, TEST_TEXT } from '../../../lib/alert/ops.ts';
import type { ChannelTest } from '../../../lib/api/channels.ts';
import { testChannel } from '../../api/calls.ts';
import { ApiProblem } from '../../api/client.ts';
import { duration } from '../../text/format.ts';
import { reasonOf } from '../../text/reason.ts';
import { attemptWords } from './words.ts';

export type Tested =
  | { readonly kind: 'sending' }
  | { readonly kind: 'sent'; readonly at: number; readonly result: ChannelTest }
  | { readonly kind: 'refused'; readonly why: string };

export async function testOne(id: string): Promise<Tested> {
  const at = Date.now();
  try {
    return { kind: 'sent', at, result: await testChannel(id) };
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 429) {
      const wait = Number(error.members['retryAfter'] ?? 0) * 1_000;
      return {
        kind: 'refused',
        why: `The channel is busy, or its rate limit is reached. Try again in ${duration(wait)}.`,
      };
    }
    return { kind: 'refused', why: reasonOf(error) };
  }
}

export function TestResultNote({
  tested,
  channel,
}: {
  readonly tested: Tested;
  readonly channel: string;
}): JSX.Element {
  if (tested.kind === 'sending') return <p role="status">Sending a test…</p>;
  if (tested.kind === 'refused')
    return (
      <p role="status">
        <b class="no">No test was sent.</b> {tested.why}
      </p>
    );
  const { result, at } = tested;
  const arrived = result.outcome === 'delivered';
  return (
    <div role="status">
      <p>
        <b class={arrived ? 'ok' : 'no'}>{arrived ? 'The test arrived' : 'The test did not arrive'}</b>:{' '}
        {attemptWords(result)}, in {result.ms} ms.
        {result.detail !== null && (
          <>
            {' '}
            The receiver answered: <q class="said">{result.detail}</q>
          </>
        )}
      </p>
      <details class="xs">
        <summary>What was sent</summary>
        <p class="s">The event. Each kind of channel sends it in its own format.</p>
        <pre class="bytes">
          {JSON.stringify(opsEvent('test.ping', { subject: channel, text: TEST_TEXT, at }), null, 2)}
        </pre>
      </details>
    </div>
  );
}
