/** Says in one sentence whether an entry sent an alert, and names the step that stopped it. Pure. */
import type { EntryTrace } from '../../../lib/api/archive.ts';
import type { Development, RuleTrace } from '../../../lib/api/parts.ts';
import { duration, list, msOf } from '../../text/format.ts';
import { kindWord } from '../../text/wording.ts';

/** Steps of the chain, in order. */
export const STEPS = ['feed', 'poll', 'entry', 'new', 'rules', 'story', 'alert', 'deliveries'] as const;
export type StepName = (typeof STEPS)[number];

export interface Verdict {
  /** Follows `Seen 18 Oct 14:20 UTC, `. */
  readonly seen: string;
  /** `It sent no alert: no rule matched.` */
  readonly outcome: string;
  /** The step that stopped it; null: an alert was sent, or is waiting. */
  readonly stopped: StepName | null;
}

/** An entry older than this when first seen sends no alert, unless a feed or rule says otherwise (lib/alert/decide.ts). */
const OLD_MS = 604_800_000;

/** The sentence and the step for one trace. */
export function verdictOf(trace: EntryTrace): Verdict {
  return { seen: seenWords(trace), ...outcomeOf(trace) };
}

function seenWords({ seen, entry: { published } }: EntryTrace): string {
  if (published === null) return 'undated';
  const late = msOf(seen) - msOf(published);
  return late < 60_000 ? 'within a minute of its date' : `${duration(late)} after its date`;
}

function outcomeOf(trace: EntryTrace): Omit<Verdict, 'seen'> {
  const sent = trace.developments.filter(({ decision }) => decision === 'send');
  if (sent.length > 0) return sentOutcome(trace, sent);
  const queued = trace.developments.find(({ decision }) => decision.startsWith('queued:'));
  if (queued !== undefined) return { outcome: 'Its alert is queued and will be sent later.', stopped: null };
  const muted = trace.developments.find(({ decision }) => decision.startsWith('muted:'));
  if (muted !== undefined)
    return {
      outcome: `It sent no alert: the ${muted.decision.slice('muted:'.length)} is muted.`,
      stopped: 'alert',
    };
  if (trace.developments.length > 0) {
    const kinds = list([...new Set(trace.developments.map(({ kind }) => kindWord(kind).toLowerCase()))]);
    return {
      outcome: `It sent no alert: the rule does not alert on this (${kinds}).`,
      stopped: 'alert',
    };
  }
  return silentOutcome(trace);
}

function sentOutcome({ deliveries }: EntryTrace, sent: readonly Development[]): Omit<Verdict, 'seen'> {
  const kinds = list([...new Set(sent.map(({ kind }) => kindWord(kind).toLowerCase()))]);
  const dead = deliveries.filter(({ state }) => state === 'dead');
  const waiting = deliveries.filter(({ state }) => state === 'pending');
  if (dead.length > 0)
    return {
      outcome: `It raised an alert (${kinds}), which could not be delivered to ${channels(dead)}.`,
      stopped: 'deliveries',
    };
  if (waiting.length > 0)
    return {
      outcome: `It raised an alert (${kinds}), which is waiting for ${channels(waiting)}.`,
      stopped: null,
    };
  if (deliveries.length === 0) return { outcome: `It raised an alert (${kinds}).`, stopped: null };
  return { outcome: `It raised an alert (${kinds}), delivered to ${channels(deliveries)}.`, stopped: null };
}

const channels = (of: EntryTrace['deliveries']): string =>
  list([...new Set(of.map(({ channel }) => channel))]);

/** For an entry without developments. */
function silentOutcome(trace: EntryTrace): Omit<Verdict, 'seen'> {
  if (isOld(trace))
    return { outcome: 'It sent no alert: it was too old when it was first seen.', stopped: 'new' };
  if (trace.stories.length > 0) {
    return {
      outcome:
        'It sent no alert: it joined a story without changing it, or was already listed when its feed was added.',
      stopped: 'alert',
    };
  }
  const matching = trace.rules.filter(({ matched }) => matched);
  if (matching.length > 0) {
    return {
      outcome: `It sent no alert, though ${list(matching.map(({ title }) => title))} matches it now: the rule is newer than the entry, or a filter of the rule excludes it.`,
      stopped: 'story',
    };
  }
  if (trace.version === null)
    return { outcome: 'It sent no alert: no configuration is active.', stopped: 'rules' };
  return { outcome: 'It sent no alert: no rule matched.', stopped: 'rules' };
}

const isOld = ({ seen, entry: { published }, developments }: EntryTrace): boolean =>
  developments.length === 0 && published !== null && msOf(seen) - msOf(published) > OLD_MS;

/** Rules that did not match but have hits: those with most clauses matched first, then those with most lists found. */
export function closestRules(rules: readonly RuleTrace[]): RuleTrace[] {
  const found = (rule: RuleTrace): number =>
    new Set(rule.hits.map(({ concept, term }) => concept ?? term)).size;
  return rules
    .filter(({ matched, hits }) => !matched && hits.length > 0)
    .toSorted((a, b) => clausesHeld(b) - clausesHeld(a) || found(b) - found(a));
}

/** Share of the clauses that match, without NOT clauses, which match almost every entry. */
function clausesHeld({ clauses }: RuleTrace): number {
  const asked = clauses.filter(({ text }) => !text.startsWith('NOT '));
  return asked.length === 0 ? 0 : asked.filter(({ holds }) => holds).length / asked.length;
}
