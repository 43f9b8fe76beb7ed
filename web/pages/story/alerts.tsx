/** Alerts of a story with every attempt to deliver them, and developments without an alert. */
import type { JSX } from 'preact';
import type { DeliveryWithLog } from '../../../lib/api/deliveries.ts';
import type { WholeStory } from '../../../lib/api/stories.ts';
import { count } from '../../text/format.ts';
import { decisionWords, kindWord } from '../../text/wording.ts';
import { Deliveries } from '../../ui/deliveries.tsx';
import { Time } from '../../ui/time.tsx';
import { publisherOf } from './origins.ts';

export function Alerts({ story }: { readonly story: WholeStory }): JSX.Element {
  const { deliveries, history } = story;
  const attempts = deliveries.reduce((sum, { log }) => sum + log.length, 0);
  const alerts = history.filter(({ decision }) => decisionWords(decision, story).sent);
  const messages = messagesOf(deliveries);
  return (
    <section class="sec">
      <div class="sechead">
        <h2>Alerts and deliveries</h2>
        <small>
          {count(alerts.length, 'alert')}, {count(deliveries.length, 'delivery', 'deliveries')},{' '}
          {count(attempts, 'attempt')}
        </small>
      </div>
      {story.channels.length === 0 && (
        <p class="s sm">The rule has no channel: alerts are only shown here.</p>
      )}
      {alerts.map((note) => (
        <div key={`${note.at} ${note.kind} ${note.entry}`} class="alert">
          <h3>
            <span>
              {kindWord(note.kind)} <Who story={story} entry={note.entry} />
            </span>
            <Time at={note.at} />
          </h3>
          {note.decision === 'send' ? null : <p class="s">{decisionWords(note.decision, story).text}.</p>}
          <Deliveries of={messages.get(`alert.${note.kind}`)?.shift() ?? []} />
        </div>
      ))}
      {[...messages.values()].flat().map((of) => (
        <div key={of[0]?.id} class="alert">
          <h3>
            <span>{of[0]?.type === 'alert.digest' ? 'Digest' : of[0]?.type}</span>
            <Time at={of[0]?.created ?? 0} />
          </h3>
          <Deliveries of={of} />
        </div>
      ))}
      <Silent story={story} />
    </section>
  );
}

/** Groups deliveries by alert: those of one alert have the same type and time. Keys are types; newest alert first. */
export function messagesOf(deliveries: readonly DeliveryWithLog[]): Map<string, DeliveryWithLog[][]> {
  const messages = new Map<string, DeliveryWithLog[][]>();
  for (const group of Map.groupBy(deliveries, ({ type, created }) => `${type} ${created}`).values()) {
    const type = group[0]?.type ?? '';
    messages.set(type, [
      ...(messages.get(type) ?? []),
      group.toSorted((a, b) => a.channel.localeCompare(b.channel)),
    ]);
  }
  return messages;
}

function Who({
  story,
  entry,
}: {
  readonly story: WholeStory;
  readonly entry: string | null;
}): JSX.Element | null {
  const found = story.entries.find(({ id }) => id === entry);
  if (found === undefined) return null;
  return (
    <span class="s">
      <bdi>{publisherOf(found)}</bdi>
    </span>
  );
}

function Silent({ story }: { readonly story: WholeStory }): JSX.Element | null {
  const silent = story.history.filter(({ decision }) => !decisionWords(decision, story).sent);
  if (silent.length === 0) return null;
  const byReason = Map.groupBy(silent, ({ decision }) => decisionWords(decision, story).text);
  return (
    <div class="alert s">
      <p>
        <b>{count(silent.length, 'development')} without an alert</b>
      </p>
      <ul>
        {[...byReason].map(([reason, notes]) => (
          <li key={reason}>
            {[...Map.groupBy(notes, ({ kind }) => kind)]
              .map(([kind, of]) => `${of.length} × ${kindWord(kind).toLowerCase()}`)
              .join(', ')}
            : {reason.replace(/^Not sent: /, '')}
          </li>
        ))}
      </ul>
    </div>
  );
}
