/** Deliveries of an alert, with the answer to every attempt. */
import type { JSX } from 'preact';
import type { DeliveryNote } from '../api/types.ts';
import { attemptResult, deliveryReason } from '../text/delivery.ts';
import { duration } from '../text/format.ts';

export function Deliveries({ of }: { readonly of: readonly DeliveryNote[] }): JSX.Element {
  return (
    <ul>
      {of.map((delivery) => (
        <li key={delivery.id} class="att">
          <bdi>{delivery.channel}</bdi>
          <span>
            <StateWord delivery={delivery} />
          </span>
          <span class="s">{attemptWords(delivery)}</span>
        </li>
      ))}
    </ul>
  );
}

function StateWord({ delivery: { state, attempts } }: { readonly delivery: DeliveryNote }): JSX.Element {
  if (state === 'delivered')
    return (
      <>
        <b class="ok">delivered</b>
        {attempts.length < 2 ? ', first attempt' : `, attempt ${attempts.length}`}
      </>
    );
  if (state === 'pending')
    return <b class="wait">{attempts.length === 0 ? 'waiting' : 'waiting for the next attempt'}</b>;
  if (state === 'dead') return <b class="no">failed</b>;
  return <b>{state}</b>;
}

/** `503, 503, 204 in 5 min`: each answer, and the time from the first attempt to the last. */
function attemptWords({ attempts, reason }: DeliveryNote): string {
  const answers = attempts
    .map(({ status, outcome }) => (status === null ? attemptResult(outcome) : String(status)))
    .join(', ');
  const first = attempts[0];
  const last = attempts.at(-1);
  const why = reason === null ? '' : deliveryReason(reason);
  if (first === undefined || last === undefined) return why;
  const took = attempts.length === 1 ? `${first.ms} ms` : duration(last.at - first.at);
  return `${answers} in ${took}${why === '' ? '' : ` · ${why}`}`;
}
