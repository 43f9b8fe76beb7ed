/** Addresses of each rule's alerts as feeds. An address is secret, so it is shown only on request. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { AlertFeed } from '../../../lib/api/access.ts';
import { alertFeeds } from '../../api/calls.ts';
import { useLoad } from '../../state/load.ts';
import { Failure } from '../../ui/states.tsx';
import { TableHead } from '../../ui/table-head.tsx';

export function AlertFeeds(): JSX.Element {
  const loaded = useLoad('alert feeds', alertFeeds);
  const list = loaded.data ?? [];
  return (
    <section class="sec">
      <div class="sechead">
        <h2>Alerts as feeds</h2>
        <small>for any feed reader; the addresses are secret: they work without signing in</small>
      </div>
      <Failure of={loaded} what="the addresses" />
      {list.length > 0 && (
        <table>
          <caption class="vh">Alert feeds</caption>
          <TableHead columns={['Rule', 'Address']} />
          <tbody>
            {list.map((feed) => (
              <Row key={feed.rule} feed={feed} />
            ))}
          </tbody>
        </table>
      )}
      {loaded.data !== null && list.length === 0 && <p class="s sm">No rules yet</p>}
    </section>
  );
}

function Row({ feed: { rule, atom, json } }: { readonly feed: AlertFeed }): JSX.Element {
  const [shown, setShown] = useState(false);
  return (
    <tr>
      <th scope="row">
        <a href={`/rules/${encodeURIComponent(rule)}`}>
          <code>{rule}</code>
        </a>
      </th>
      <td>
        {shown ? (
          <>
            <p>
              Atom <code class="u">{atom}</code>
            </p>
            <p>
              JSON Feed <code class="u">{json}</code>
            </p>
          </>
        ) : null}
        <button type="button" class="b text" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? 'Hide addresses' : 'Show addresses'}
        </button>
      </td>
    </tr>
  );
}
