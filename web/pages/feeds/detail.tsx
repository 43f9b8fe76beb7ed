/** Details of one feed: its problems, each with the text where it occurs, and actions. */
import type { JSX } from 'preact';
import type { FeedStatus } from '../../../lib/api/feeds.ts';
import type { DocumentProblem } from '../../../lib/poll/record.ts';
import { pollResult } from '../../text/feed.ts';
import { count, duration, linkOf } from '../../text/format.ts';
import { Time } from '../../ui/time.tsx';
import { type Polled, pauseOrResume, removeFeed } from './actions.ts';
import { problemOf } from './view.ts';

interface FeedDetailProps {
  readonly feed: FeedStatus;
  readonly now: number;
  readonly polled: Polled | null;
  readonly onPoll: () => void;
  readonly onChanged: () => void;
}

export function FeedDetail({ feed, now, polled, onPoll, onChanged }: FeedDetailProps): JSX.Element {
  const { record } = feed;
  const { last } = record;
  const link = linkOf(feed.url);
  const problem = problemOf(feed, now);
  const result = last === null ? null : pollResult(last.outcome);
  return (
    <div class="problem">
      <p>
        {problem !== null && (
          <>
            <b>
              <bdi>{problem}</bdi>.
            </b>{' '}
          </>
        )}
        {last === null ? (
          'Not polled yet.'
        ) : (
          <>
            Last poll <Time at={last.at} />: {last.status === null ? 'no answer' : `HTTP ${last.status}`} in{' '}
            {last.ms} ms, {count(last.bytes, 'byte')}
            {result !== null && !(problem ?? '').startsWith(result) && `, ${result}`}.
          </>
        )}{' '}
        {count(record.polls, 'poll')} in all, {record.notModified} unchanged
        {record.gaps > 0 && `, ${count(record.gaps, 'gap')} in which entries may have been missed`}.
        {feed.lastNewEntry !== null &&
          ` Last new entry ${duration(Math.max(0, now - Date.parse(feed.lastNewEntry)))} ago.`}
      </p>
      {feed.movedTo !== null && (
        <p>
          It has moved to <code>{feed.movedTo}</code> and is polled there.
        </p>
      )}
      {record.problems.length > 0 && (
        <ul>
          {record.problems.map((one) => (
            <ProblemRow key={`${one.code} ${one.offset}`} problem={one} />
          ))}
        </ul>
      )}
      <p class="acts">
        {feed.state !== 'paused' && (
          <button type="button" class="b" onClick={onPoll}>
            Poll now
          </button>
        )}
        <button type="button" class="b" onClick={() => void pauseOrResume(feed, onChanged)}>
          {feed.state === 'paused' ? 'Resume' : 'Pause'}
        </button>
        <button type="button" class="b" onClick={() => void removeFeed(feed, onChanged)}>
          Remove
        </button>
        {link !== null && (
          <a class="b" href={link} target="_blank" rel="noreferrer">
            Open {link.replace(/^https?:\/\//, '').slice(0, 60)}
          </a>
        )}
      </p>
      <p role="status" class="sm">
        {polled?.kind === 'refused' && <span class="wait">{polled.why}</span>}
        {polled?.kind === 'asked' && 'It will be polled at the next check.'}
      </p>
    </div>
  );
}

/** A problem of the document, with the text around the place where it occurs. */
function ProblemRow({ problem }: { readonly problem: DocumentProblem }): JSX.Element {
  const { message, code, offset, excerpt } = problem;
  return (
    <li>
      <p>
        <bdi>{message}</bdi> <code class="s">{code}</code>
        {offset >= 0 && <span class="s">, at character {offset.toLocaleString('en')}</span>}
      </p>
      {excerpt !== null && (
        <pre class="bytes">
          <span class="l">{String(Math.max(0, offset)).padStart(8, '0')}</span>
          {'  '}
          <bdi>
            {visible(excerpt.text.slice(0, excerpt.at))}
            <mark class="m-excluded">{visible(excerpt.text.slice(excerpt.at, excerpt.at + 1)) || '·'}</mark>
            {visible(excerpt.text.slice(excerpt.at + 1))}
          </bdi>
        </pre>
      )}
    </li>
  );
}

/** Replaces control characters by visible ones. */
function visible(text: string): string {
  return text
    .replace(/[\0-\x1f]/gu, (character) => String.fromCharCode(0x2400 + character.charCodeAt(0)))
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu, '�');
}
