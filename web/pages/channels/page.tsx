/** Channels: the state of each, its deliveries, failed deliveries with a button to retry, and tests. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ChannelStatus } from '../../../lib/api/channels.ts';
import { channels as loadChannels, deliveries as loadDeliveries } from '../../api/calls.ts';
import { useChange } from '../../state/live-status.ts';
import { useLoad } from '../../state/load.ts';
import { count } from '../../text/format.ts';
import { type Shape, StateMark } from '../../ui/state-mark.tsx';
import { Empty, Failure, Waiting } from '../../ui/states.tsx';
import { ACTIONS, TableHead } from '../../ui/table-head.tsx';
import { Time } from '../../ui/time.tsx';
import { useTitle } from '../../ui/title.ts';
import { Deliveries } from './deliveries.tsx';
import { FailedDeliveries } from './failed-deliveries.tsx';
import { type Tested, TestResultNote, testOne } from './test-send.tsx';

const STATES: Readonly<Record<ChannelStatus['state'], { word: string; shape: Shape; tone: string }>> = {
  ok: { word: 'OK', shape: 'circle', tone: '' },
  new: { word: 'Not used yet', shape: 'ring', tone: 's' },
  failing: { word: 'Failing', shape: 'triangle', tone: 'no' },
  disabled: { word: 'Disabled', shape: 'cross', tone: 'no' },
};

export function Page(): JSX.Element {
  const loaded = useLoad('channels', loadChannels);
  const failed = useLoad('failed deliveries', () => loadDeliveries({ state: 'dead' }));
  useTitle('Channels');
  const reload = (): void => {
    loaded.reload();
    failed.reload();
  };
  useChange((change) => {
    if (change !== 'feeds') reload();
  });
  const all = loaded.data ?? [];
  return (
    <>
      <div class="head">
        <h1>Channels</h1>
        {loaded.data !== null && <p class="s">{sumWords(all)}</p>}
      </div>
      <Failure of={loaded} what="the channels" />
      {loaded.data === null && <Waiting slow={loaded.slow} what="the channels" />}
      {(failed.data?.deliveries.length ?? 0) > 0 && (
        <FailedDeliveries
          deliveries={failed.data?.deliveries ?? []}
          more={failed.data?.next !== null}
          onChanged={reload}
        />
      )}
      {loaded.data !== null && all.length === 0 && (
        <Empty title="No channels: alerts are only shown here">
          <p>
            Every alert is on <a href="/">Stories</a>. To send alerts, add <code>channels:</code> to the
            document in <a href="/rules">Rules</a>.
          </p>
        </Empty>
      )}
      {all.length > 0 && <ChannelTable channels={all} onTested={loaded.reload} />}
    </>
  );
}

/** `2 channels · 0 deliveries waiting · 1 failed delivery` */
function sumWords(channels: readonly ChannelStatus[]): string {
  const waiting = channels.reduce((sum, { pending }) => sum + pending, 0);
  const failed = channels.reduce((sum, { dead }) => sum + dead, 0);
  return [
    count(channels.length, 'channel'),
    `${count(waiting, 'delivery', 'deliveries')} waiting`,
    count(failed, 'failed delivery', 'failed deliveries'),
  ].join(' · ');
}

interface ChannelTableProps {
  readonly channels: readonly ChannelStatus[];
  readonly onTested: () => void;
}

function ChannelTable({ channels, onTested }: ChannelTableProps): JSX.Element {
  const [open, setOpen] = useState<string | null>(null);
  const [tested, setTested] = useState<ReadonlyMap<string, Tested>>(new Map());
  const test = (id: string): void => {
    setOpen(id);
    setTested((before) => new Map(before).set(id, { kind: 'sending' }));
    void testOne(id).then((result) => {
      setTested((before) => new Map(before).set(id, result));
      onTested();
    });
  };
  return (
    <table class="feeds channels">
      <caption class="vh">Channels, in the order of the document</caption>
      <Columns />
      <tbody>
        {channels.map((channel) => (
          <Row
            key={channel.id}
            channel={channel}
            open={open === channel.id}
            tested={tested.get(channel.id) ?? null}
            onOpen={() => setOpen(open === channel.id ? null : channel.id)}
            onTest={() => test(channel.id)}
          />
        ))}
      </tbody>
    </table>
  );
}

function Columns(): JSX.Element {
  return (
    <TableHead
      columns={[
        { name: 'State', class: 'c-state' },
        'Channel',
        'Last success',
        { name: 'Waiting', class: 'num' },
        { name: 'Failed', class: 'num' },
        { name: 'Problem', class: 'c-problem' },
        { ...ACTIONS, class: 'c-next' },
      ]}
    />
  );
}

interface RowProps {
  readonly channel: ChannelStatus;
  readonly open: boolean;
  readonly tested: Tested | null;
  readonly onOpen: () => void;
  readonly onTest: () => void;
}

function Row({ channel, open, tested, onOpen, onTest }: RowProps): JSX.Element {
  const { id, kind, lastSuccess, pending, dead } = channel;
  const state = STATES[channel.state];
  return (
    <>
      <tr>
        <td>
          <StateMark {...state} />
        </td>
        <td>
          <button type="button" class="b quiet fname" aria-expanded={open} onClick={onOpen}>
            {id}
          </button>{' '}
          <span class="s">{kind}</span>
        </td>
        <td data-label="Last success">{lastSuccess === null ? 'none yet' : <Time at={lastSuccess} />}</td>
        <td class="num" data-label="Waiting">
          {pending}
        </td>
        <td class="num" data-label="Failed">
          {dead > 0 ? <b class="no">{dead}</b> : 0}
        </td>
        <td class="c-problem">
          <Problem channel={channel} />
        </td>
        <td>
          <button type="button" class="b" disabled={tested?.kind === 'sending'} onClick={onTest}>
            {tested?.kind === 'sending' ? 'Sending…' : 'Send a test'}
          </button>
        </td>
      </tr>
      {open && (
        <tr class="detail">
          <td colSpan={7}>
            <div class="problem">
              {tested !== null && <TestResultNote tested={tested} channel={id} />}
              <Deliveries channel={channel} />
            </div>
          </td>
        </tr>
      )}
    </>
  );
}

function Problem({ channel }: { readonly channel: ChannelStatus }): JSX.Element | null {
  const { state, reason, disabledAt, failures, failingSince, cooldownUntil, oldest } = channel;
  if (state === 'disabled')
    return (
      <>
        Disabled{disabledAt !== null && <> since </>}
        {disabledAt !== null && <Time at={disabledAt} />}: <bdi>{reason}</bdi>. To enable it, send a test that
        arrives, or save the document.
      </>
    );
  if (state !== 'failing')
    return cooldownUntil === null ? null : (
      <>
        Sends nothing until <Time at={cooldownUntil} as="seconds" />: its rate limit is reached
      </>
    );
  return (
    <>
      {count(failures, 'attempt')} failed in a row
      {failingSince !== null && (
        <>
          , since <Time at={failingSince} />
        </>
      )}
      {cooldownUntil !== null && (
        <>
          ; next attempt at <Time at={cooldownUntil} as="seconds" /> or later
        </>
      )}
      {oldest !== null && (
        <>
          ; the oldest delivery has waited since <Time at={oldest} />
        </>
      )}
    </>
  );
}
