/** The steps of an entry from its feed to deliveries. Steps after the one that stopped it are not reached. */
import type { ComponentChildren, JSX } from 'preact';
import type { EntryTrace } from '../../../lib/api/archive.ts';
import type { FeedStatus } from '../../../lib/api/feeds.ts';
import type { RuleTrace } from '../../../lib/api/parts.ts';
import { FEED_STATES } from '../../text/feed.ts';
import { clockSeconds, count, date, figure, hostOf, languageName, linkOf, list } from '../../text/format.ts';
import { partsOf } from '../../text/marks.ts';
import { decisionWords, kindWord } from '../../text/wording.ts';
import { Deliveries } from '../../ui/deliveries.tsx';
import { Foreign } from '../../ui/foreign.tsx';
import { testAddress } from '../../ui/story-actions.ts';
import { Time, useZone } from '../../ui/time.tsx';
import { FailedRule } from './clause.tsx';
import { closestRules, STEPS, type StepName, verdictOf } from './verdict.ts';

interface ChainProps {
  readonly trace: EntryTrace;
  /** null: the configuration no longer has the feed. */
  readonly feed: FeedStatus | null;
}

export function Chain({ trace, feed }: ChainProps): JSX.Element {
  const { stopped } = verdictOf(trace);
  const state = (name: StepName): StepState => {
    const at = stopped === null ? STEPS.length : STEPS.indexOf(stopped);
    const own = STEPS.indexOf(name);
    if (own < at) return 'passed';
    return own === at ? 'stopped' : 'after';
  };
  const zone = useZone();
  const when = clockSeconds(trace.seen, zone);
  return (
    <ol class="chain">
      <FeedStep trace={trace} feed={feed} state={state('feed')} when={date(trace.seen, zone)} />
      <Step state={state('poll')} when={when} title="Poll: listed by the feed">
        <PollWords feed={feed} />
      </Step>
      <EntryStep trace={trace} state={state('entry')} when={when} />
      <Step state={state('new')} when={when} title="New entry (not seen before)">
        <p>
          First seen <Time at={trace.seen} />, {verdictOf(trace).seen}.
        </p>
      </Step>
      <RulesStep trace={trace} state={state('rules')} when={when} />
      <StoryStep trace={trace} state={state('story')} />
      <AlertStep trace={trace} state={state('alert')} />
      <Step
        state={state('deliveries')}
        when=""
        title={`Deliveries${trace.deliveries.length === 0 ? '' : `: ${trace.deliveries.length}`}`}
      >
        {trace.deliveries.length === 0 ? <p>No deliveries.</p> : <Deliveries of={trace.deliveries} />}
      </Step>
    </ol>
  );
}

type StepState = 'passed' | 'stopped' | 'after';
const STATE_WORDS: Readonly<Record<StepState, string>> = {
  passed: 'passed',
  stopped: 'stopped here',
  after: 'not reached',
};

interface StepProps {
  readonly state: StepState;
  readonly when: string;
  readonly title: string;
  readonly children?: ComponentChildren;
}

function Step({ state, when, title, children }: StepProps): JSX.Element {
  return (
    <li class={state}>
      <span class="when">{state === 'after' ? '' : when}</span>
      <span class="rail">
        <svg viewBox="0 0 22 22" aria-hidden="true">
          <circle cx="11" cy="11" r={state === 'after' ? 6 : 9} />
          {state === 'passed' && <path d="M6.5 11.5L9.7 14.6L15.5 8" />}
          {state === 'stopped' && <path d="M7.5 7.5L14.5 14.5M14.5 7.5L7.5 14.5" />}
        </svg>
      </span>
      <div class="body">
        <h2>
          {title} <span class="vh">({STATE_WORDS[state]})</span>
        </h2>
        {state === 'after' ? <p>not reached</p> : children}
      </div>
    </li>
  );
}

function FeedStep({
  trace: { entry },
  feed,
  state,
  when,
}: ChainProps & { readonly state: StepState; readonly when: string }): JSX.Element {
  const title = `Feed: ${feed?.title ?? entry.publisher ?? entry.feed ?? 'unknown'}`;
  return (
    <Step state={state} when={when} title={title}>
      <p>
        {feed === null ? (
          'The configuration no longer has this feed.'
        ) : (
          <>
            <bdi>{feed.url.replace(/^https?:\/\//, '')}</bdi>
            {feed.lang === null ? '' : `, ${languageName(feed.lang)}`}. State now: {FEED_STATES[feed.state]}.{' '}
            {count(feed.record.polls, 'poll')}.
          </>
        )}
      </p>
    </Step>
  );
}

/** Details are stored of the feed's last poll only, which may not be the one that listed the entry. */
function PollWords({ feed }: { readonly feed: FeedStatus | null }): JSX.Element | null {
  const last = feed?.record.last ?? null;
  if (last === null) return null;
  return (
    <p>
      Last poll of the feed <Time at={last.at} />:{' '}
      {last.status === null ? 'no answer' : `HTTP ${last.status}`}
      {last.bytes > 0 && `, ${figure(Math.ceil(last.bytes / 1000))} KB`} in {figure(last.ms)} ms.
    </p>
  );
}

function EntryStep({
  trace: { entry },
  state,
  when,
}: Pick<ChainProps, 'trace'> & { readonly state: StepState; readonly when: string }): JSX.Element {
  const link = linkOf(entry.url);
  return (
    <Step state={state} when={when} title="Entry: read">
      <p>
        Title <Foreign as="q" text={entry.title} lang={entry.lang} />.{' '}
        {entry.published === null ? (
          'No date.'
        ) : (
          <>
            Dated <Time at={entry.published} />.
          </>
        )}{' '}
        {entry.lang === null ? 'No language found.' : `Language ${languageName(entry.lang)}.`}{' '}
        {link !== null && (
          <>
            At{' '}
            <a href={link} target="_blank" rel="noreferrer noopener" title={link}>
              {hostOf(link)}
            </a>
            .{' '}
          </>
        )}
        <a href={`/api/trace/${encodeURIComponent(entry.id)}`}>Show the trace as JSON</a>
      </p>
    </Step>
  );
}

function RulesStep({
  trace,
  state,
  when,
}: Pick<ChainProps, 'trace'> & { readonly state: StepState; readonly when: string }): JSX.Element {
  const matched = trace.rules.filter((rule) => rule.matched);
  const [closest, ...others] = closestRules(trace.rules);
  const without = trace.rules.filter((rule) => !rule.matched && rule.hits.length === 0).length;
  const outcome = matched.length === 0 ? 'none matches' : `${count(matched.length, 'matches', 'match')}`;
  return (
    <Step state={state} when={when} title={`Rules: ${count(trace.rules.length, 'active rule')}, ${outcome}`}>
      {matched.map((rule) => (
        <MatchedRule key={rule.id} trace={trace} rule={rule} />
      ))}
      {matched.length === 0 && (
        <>
          <p>
            {closest === undefined
              ? 'The entry contains no word of any rule.'
              : `${without > 0 ? `It contains no word of ${count(without, 'rule')}. ` : ''}The closest rule:`}
          </p>
          {closest !== undefined && <FailedRule trace={trace} rule={closest} />}
          {others.map((rule) => (
            <details key={rule.id}>
              <summary>{rule.title}</summary>
              <FailedRule trace={trace} rule={rule} />
            </details>
          ))}
        </>
      )}
    </Step>
  );
}

function MatchedRule({ trace, rule }: { readonly trace: EntryTrace; readonly rule: RuleTrace }): JSX.Element {
  return (
    <div class="matched">
      <p>
        <a href={`/rules/${encodeURIComponent(rule.id)}`}>
          <bdi>{rule.title}</bdi>
        </a>{' '}
        · <a href={testAddress(rule.id, trace.entry.id, 'no_match')}>False alert…</a>
      </p>
      <p class="why">
        {partsOf(trace, rule).map(({ id, style, words }) => (
          <span key={id}>
            <span class={`k k-${style}`}>{id}</span>{' '}
            <bdi {...(trace.entry.lang === null ? {} : { lang: trace.entry.lang })}>{list(words)}</bdi>
          </span>
        ))}
      </p>
    </div>
  );
}

function StoryStep({ trace, state }: Pick<ChainProps, 'trace'> & { readonly state: StepState }): JSX.Element {
  return (
    <Step state={state} when="" title="Story">
      {trace.stories.length === 0 && <p>The entry is not part of a story.</p>}
      {trace.stories.map(({ id, rule }) => (
        <p key={id}>
          <a href={`/stories/${encodeURIComponent(id)}`}>The story</a> of <bdi>{ruleTitle(trace, rule)}</bdi>
        </p>
      ))}
    </Step>
  );
}

const ruleTitle = ({ rules }: EntryTrace, id: string): string =>
  rules.find((rule) => rule.id === id)?.title ?? id;

function AlertStep({ trace, state }: Pick<ChainProps, 'trace'> & { readonly state: StepState }): JSX.Element {
  return (
    <Step state={state} when="" title="Alert">
      {trace.developments.length === 0 && <p>No alert: nothing new that rules alert on.</p>}
      {trace.developments.map((note) => (
        <p key={`${note.kind} ${note.rule} ${note.at}`}>
          <b>{kindWord(note.kind)}</b> <Time at={note.at} />, <bdi>{ruleTitle(trace, note.rule)}</bdi>:{' '}
          {plainDecision(note.decision)}
        </p>
      ))}
    </Step>
  );
}

/** `decisionWords` without the rule's settings, which a trace does not have. */
function plainDecision(decision: string): string {
  if (decision === 'send') return 'alert sent';
  if (decision === 'not-asked') return 'not sent, the rule does not alert on this';
  return decisionWords(decision, { alertOn: [], channels: [] }).text.toLowerCase();
}
