/** Deliveries that failed in all attempts. A retry keeps the id, so that a receiver can recognise a duplicate. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Delivery } from '../../../lib/api/deliveries.ts';
import { replay, replayAll } from '../../api/calls.ts';
import { deliveryReason } from '../../text/delivery.ts';
import { count } from '../../text/format.ts';
import { reasonOf } from '../../text/reason.ts';
import { Time } from '../../ui/time.tsx';
import { eventWords } from './words.ts';

interface FailedDeliveriesProps {
  readonly deliveries: readonly Delivery[];
  readonly more: boolean;
  readonly onChanged: () => void;
}

const SHOWN_MAX = 20;

export function FailedDeliveries({ deliveries, more, onChanged }: FailedDeliveriesProps): JSX.Element {
  const [said, setSaid] = useState<string | null>(null);
  const oldest = deliveries.at(-1)?.created ?? null;
  const attempt = async (work: () => Promise<unknown>, done: (answer: unknown) => string): Promise<void> => {
    try {
      setSaid(done(await work()));
    } catch (error) {
      // Outcome: already being retried, or no answer.
      setSaid(`Not retried. ${reasonOf(error)} The delivery is still stored.`);
    }
    onChanged();
  };
  return (
    <section class="sec">
      <div class="sechead">
        <h2>Failed deliveries</h2>
        <small>all attempts failed; a retry sends them with the same id</small>
        {deliveries.length > 1 && (
          <button
            type="button"
            class="b end"
            onClick={() =>
              void attempt(
                () => replayAll(more || oldest === null ? {} : { since: oldest }),
                (answer) =>
                  `Retrying ${count((answer as { replayed: number }).replayed, 'delivery', 'deliveries')}.`,
              )
            }
          >
            Retry all
          </button>
        )}
      </div>
      <p role="status" class="sm">
        {said}
      </p>
      <ul class="failedlist">
        {deliveries.slice(0, SHOWN_MAX).map((one) => (
          <li key={one.id}>
            <p>
              <b class="no">Failed</b> after {count(one.attempts, 'attempt')}: {eventWords(one)}, created{' '}
              <Time at={one.created} />, to <b>{one.channel}</b>.{' '}
              {one.reason !== null && `Reason: ${deliveryReason(one.reason)}. `}
              <code class="s xs">{one.id}</code>
            </p>
            <button
              type="button"
              class="b"
              onClick={() =>
                void attempt(
                  () => replay(one.id),
                  () => 'Retrying.',
                )
              }
            >
              Retry
            </button>
          </li>
        ))}
      </ul>
      {(deliveries.length > SHOWN_MAX || more) && (
        <p class="s sm">
          and {more ? 'more than ' : ''}
          {deliveries.length - SHOWN_MAX > 0 ? deliveries.length - SHOWN_MAX : deliveries.length} more
        </p>
      )}
    </section>
  );
}
