/** How much load the service puts on publishers: requests by host, the unchanged share, and hosts that ask for a pause. */

import type { JSX } from 'preact';
import type { FeedStatus } from '../../../lib/api/feeds.ts';
import { count } from '../../text/format.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ShareBar } from '../../ui/state-mark.tsx';
import { TableHead } from '../../ui/table-head.tsx';
import { hostReports, latencyWords } from './view.ts';

export function PolitenessDialog({
  feeds,
  onClose,
}: {
  readonly feeds: readonly FeedStatus[];
  readonly onClose: () => void;
}): JSX.Element {
  const hosts = hostReports(feeds);
  const polls = hosts.reduce((sum, host) => sum + host.polls, 0);
  const unchanged = hosts.reduce((sum, { notModified }) => sum + notModified, 0);
  return (
    <Dialog title="Requests by host" onClose={onClose}>
      <p>
        {count(polls, 'request')} to {count(hosts.length, 'host')} so far. In {unchanged.toLocaleString('en')}{' '}
        of them the feed was unchanged (304), which costs the publisher very little. Each host gets one
        request at a time, with a pause of a second between two.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Requests by host">
        <table>
          <TableHead
            columns={[
              'Host',
              { name: 'Feeds', class: 'num' },
              { name: 'Requests', class: 'num' },
              'Unchanged',
              { name: 'Slowest', class: 'num' },
              'Asks for a pause',
            ]}
          />
          <tbody>
            {hosts.map((host) => (
              <tr key={host.host}>
                <th scope="row">
                  <code>{host.host}</code>
                </th>
                <td class="num">{host.feeds}</td>
                <td class="num">{host.polls.toLocaleString('en')}</td>
                <td>
                  <ShareBar share={host.polls === 0 ? null : host.notModified / host.polls} />
                </td>
                <td class="num">{latencyWords(host.latency)}</td>
                <td>{host.asks === 0 ? 'no' : `${count(host.asks, 'feed')}: respected`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p class="acts">
        <button type="button" class="b" onClick={onClose}>
          Close <kbd>Esc</kbd>
        </button>
      </p>
    </Dialog>
  );
}
