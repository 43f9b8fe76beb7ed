/** What was given up after all attempts. Kept, and sent again under the same id: no receiver takes it twice. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { replay, replayAll } from '../../api/calls.ts';
import type { DeliverySummary } from '../../api/types.ts';
import { count } from '../../text/format.ts';
import { reasonOf } from '../../text/reason.ts';
import { Time } from '../../ui/time.tsx';
import { eventWords } from './words.ts';

interface DeadLettersProps {
  readonly deliveries: readonly DeliverySummary[];
  readonly more: boolean;
  readonly onChanged: () => void;
}

const SHOWN_MAX = 20;

export function DeadLetters({ deliveries, more, onChanged }: DeadLettersProps): JSX.Element {
  const [said, setSaid] = useState<string | null>(null);
  const oldest = deliveries.at(-1)?.created ?? null;
  const attempt = async (work: () => Promise<unknown>, done: (answer: unknown) => string): Promise<void> => {
    try {
      setSaid(done(await work()));
    } catch (error) {
      // Outcome: taken up already, or no answer.
      setSaid(`Not sent again. ${reasonOf(error)} It is kept.`);
    }
    onChanged();
  };
  return (
    <section class="sec">
      <div class="sechead">
        <h2>Dead letters</h2>
        <small>not delivered after all attempts, and kept</small>
        {deliveries.length > 1 && (
          <button
            type="button"
            class="b end"
            onClick={() =>
              void attempt(
                () => replayAll(more || oldest === null ? {} : { since: oldest }),
                (answer) =>
                  `${count((answer as { replayed: number }).replayed, 'delivery', 'deliveries')} taken up again, each under its own id.`,
              )
            }
          >
            Send all again
          </button>
        )}
      </div>
      <p role="status" class="sm">
        {said}
      </p>
      <ul class="letters">
        {deliveries.slice(0, SHOWN_MAX).map((one) => (
          <li key={one.id}>
            <p>
              <b class="no">Not delivered</b> after {count(one.attempts, 'attempt')}: {eventWords(one)}, of{' '}
              <Time at={Date.parse(one.created)} />, to <b>{one.channel}</b>.{' '}
              {one.reason !== null && `${reasonWords(one.reason)}. `}
              <code class="s xs">{one.id}</code>
            </p>
            <button
              type="button"
              class="b"
              onClick={() =>
                void attempt(
                  () => replay(one.id),
                  () => 'Taken up again, under the same id.',
                )
              }
            >
              Send again, same id
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

const REASONS: Readonly<Record<string, string>> = {
  'channel-disabled': 'The channel was disabled',
  'channel-removed': 'The channel was removed from the document',
};

const reasonWords = (reason: string): string => REASONS[reason] ?? reason;
