/** Alerts of each rule as a feed. The address is the key, so it is shown only when it is asked for. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { alertFeeds } from '../../api/calls.ts';
import type { AlertFeed } from '../../api/types.ts';
import { useLoad } from '../../state/load.ts';
import { Failure } from '../../ui/states.tsx';

export function AlertFeeds(): JSX.Element {
  const loaded = useLoad('alert feeds', alertFeeds);
  const list = loaded.data ?? [];
  return (
    <section class="sec">
      <div class="sechead">
        <h2>Alerts as feeds</h2>
        <small>for any reader; whoever has an address reads the alerts of its rule, without signing in</small>
      </div>
      <Failure of={loaded} what="the addresses" />
      {list.length > 0 && (
        <table>
          <caption class="vh">Alert feeds</caption>
          <thead>
            <tr>
              <th scope="col">Rule</th>
              <th scope="col">Address</th>
            </tr>
          </thead>
          <tbody>
            {list.map((feed) => (
              <Row key={feed.rule} feed={feed} />
            ))}
          </tbody>
        </table>
      )}
      {loaded.data !== null && list.length === 0 && <p class="s sm">No rule yet.</p>}
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
          {shown ? 'Hide' : 'Show the secret address'}
        </button>
      </td>
    </tr>
  );
}
