/** Deliveries to one channel, newest first; each opens to its attempts. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ChannelStatus } from '../../../lib/api/channels.ts';
import type { Delivery } from '../../../lib/api/deliveries.ts';
import { delivery, deliveries as loadDeliveries } from '../../api/calls.ts';
import { useChange } from '../../state/live-status.ts';
import { useLoad } from '../../state/load.ts';
import { count, duration } from '../../text/format.ts';
import { Failure } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { attemptWords, eventWords, nothingWords } from './words.ts';

const SHOWN = 10;

export function Deliveries({ channel }: { readonly channel: ChannelStatus }): JSX.Element {
  const { id } = channel;
  const loaded = useLoad(`deliveries ${id}`, () => loadDeliveries({ channel: id }));
  const [all, setAll] = useState(false);
  useChange((change) => change !== 'feeds' && loaded.reload());
  const list = loaded.data?.deliveries ?? [];
  return (
    <>
      <Failure of={loaded} what="its deliveries" />
      {loaded.data !== null && list.length === 0 && <p class="s">{nothingWords(channel)}</p>}
      <ul class="deliveries">
        {(all ? list : list.slice(0, SHOWN)).map((one) => (
          <DeliveryItem key={one.id} one={one} />
        ))}
      </ul>
      {list.length > SHOWN && (
        <button type="button" class="b text sm" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show ${list.length - SHOWN} more`}
        </button>
      )}
    </>
  );
}

function DeliveryItem({ one }: { readonly one: Delivery }): JSX.Element {
  const [open, setOpen] = useState(false);
  const tone = one.state === 'dead' ? 'no' : one.state === 'delivered' ? 'ok' : 'wait';
  return (
    <li>
      <p>
        <Time at={one.created} /> <b class={tone}>{one.state === 'dead' ? 'failed' : one.state}</b>{' '}
        <span>{eventWords(one)}</span>{' '}
        <button type="button" class="b text" aria-expanded={open} onClick={() => setOpen(!open)}>
          {count(one.attempts, 'attempt')}
        </button>
        {one.state === 'pending' && one.due !== null && <Due at={one.due} />}
      </p>
      {open && <Attempts id={one.id} />}
    </li>
  );
}

function Due({ at }: { readonly at: string }): JSX.Element {
  const wait = Date.parse(at) - Date.now();
  return <span class="s">next attempt {wait <= 0 ? 'now' : `in ${duration(wait)}`}</span>;
}

function Attempts({ id }: { readonly id: string }): JSX.Element {
  const loaded = useLoad(`delivery ${id}`, () => delivery(id));
  return (
    <>
      <Failure of={loaded} what="its attempts" />
      {loaded.data !== null && (
        <ol class="attempts">
          {loaded.data.log.map((attempt) => (
            <li key={attempt.at}>
              <Time at={attempt.at} as="seconds" /> {attemptWords(attempt)}, {attempt.ms} ms
              {attempt.detail !== null && (
                <>
                  : <q class="said">{attempt.detail}</q>
                </>
              )}
            </li>
          ))}
          {loaded.data.log.length === 0 && <li class="s">No attempts in the log.</li>}
        </ol>
      )}
      {loaded.data !== null && (
        <details class="xs">
          <summary>What was sent</summary>
          <pre class="bytes">{JSON.stringify(loaded.data.event, null, 2)}</pre>
        </details>
      )}
    </>
  );
}
