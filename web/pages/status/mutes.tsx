/** Mutes in force, each with its end. All are listed, because a forgotten mute is a lost alert. */

import type { JSX } from 'preact';
import type { Mute } from '../../../lib/api/stories.ts';
import { mutes as loadMutes } from '../../api/calls.ts';
import { useChange } from '../../state/live-status.ts';
import { useLoad } from '../../state/load.ts';
import { Failure } from '../../ui/states.tsx';
import { unmuteStory } from '../../ui/story-actions.ts';
import { ACTIONS, TableHead } from '../../ui/table-head.tsx';
import { Time } from '../../ui/time.tsx';

const YEAR_MS = 31_536_000_000;

export function Mutes(): JSX.Element {
  const loaded = useLoad('mutes', loadMutes);
  useChange((change) => change === 'stories' && loaded.reload());
  const list = loaded.data ?? [];
  return (
    <section class="sec">
      <div class="sechead">
        <h2>Mutes</h2>
        <small>entries are still read, matched and stored; no alert is sent</small>
      </div>
      <Failure of={loaded} what="the mutes" />
      {loaded.data !== null && list.length === 0 && <p class="s sm">No mutes</p>}
      {list.length > 0 && (
        <table>
          <caption class="vh">Mutes</caption>
          <TableHead columns={['Muted', 'Until', 'Reason', ACTIONS]} />
          <tbody>
            {list.map((mute) => (
              <tr key={`${mute.scope} ${mute.target}`}>
                <th scope="row">
                  {mute.scope} <Target mute={mute} />
                </th>
                <td>
                  {mute.endsOn === 'figure' && 'a larger figure, or '}
                  {Date.parse(mute.until) - Date.now() > YEAR_MS ? 'unmuted' : <Time at={mute.until} />}
                </td>
                <td>
                  <bdi>{mute.reason ?? '–'}</bdi>
                </td>
                <td>
                  <button type="button" class="b" onClick={() => void unmuteStory(mute, loaded.reload)}>
                    Unmute
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Target({ mute: { scope, target } }: { readonly mute: Mute }): JSX.Element {
  const id = encodeURIComponent(target);
  if (scope === 'story')
    return (
      <a href={`/stories/${id}`}>
        <code>{target}</code>
      </a>
    );
  if (scope === 'rule')
    return (
      <a href={`/rules/${id}`}>
        <code>{target}</code>
      </a>
    );
  return <bdi>{target}</bdi>;
}
