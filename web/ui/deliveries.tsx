/** Deliveries of an alert, with the answer to every attempt. */
import type { JSX } from 'preact';
import type { DeliveryWithLog } from '../../lib/api/deliveries.ts';
import { attemptResult, deliveryReason } from '../text/delivery.ts';
import { duration, msOf } from '../text/format.ts';

export function Deliveries({ of }: { readonly of: readonly DeliveryWithLog[] }): JSX.Element {
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

function StateWord({ delivery: { state, log } }: { readonly delivery: DeliveryWithLog }): JSX.Element {
  if (state === 'delivered')
    return (
      <>
        <b class="ok">delivered</b>
        {log.length < 2 ? ', first attempt' : `, attempt ${log.length}`}
      </>
    );
  if (state === 'pending')
    return <b class="wait">{log.length === 0 ? 'waiting' : 'waiting for the next attempt'}</b>;
  if (state === 'dead') return <b class="no">failed</b>;
  return <b>{state}</b>;
}

/** `503, 503, 204 in 5 min`: each answer, and the time from the first attempt to the last. */
function attemptWords({ log, reason }: DeliveryWithLog): string {
  const answers = log
    .map(({ status, outcome }) => (status === null ? attemptResult(outcome) : String(status)))
    .join(', ');
  const first = log[0];
  const last = log.at(-1);
  const why = reason === null ? '' : deliveryReason(reason);
  if (first === undefined || last === undefined) return why;
  const took = log.length === 1 ? `${first.ms} ms` : duration(msOf(last.at) - msOf(first.at));
  return `${answers} in ${took}${why === '' ? '' : ` · ${why}`}`;
}
