/** A rule that did not match: its first failing clause, above the text of the entry. */
import type { JSX } from 'preact';
import type { EntryTrace } from '../../../lib/api/archive.ts';
import type { RuleTrace } from '../../../lib/api/parts.ts';
import type { Marked } from '../../text/cut.ts';
import { count } from '../../text/format.ts';
import { marksOf, styleOf } from '../../text/marks.ts';
import { Foreign } from '../../ui/foreign.tsx';
import { testAddress } from '../../ui/story-actions.ts';
import { Ruler } from './ruler.tsx';
import { waysOf } from './ways.ts';

export function FailedRule({
  trace,
  rule,
}: {
  readonly trace: EntryTrace;
  readonly rule: RuleTrace;
}): JSX.Element {
  const clause = rule.clauses[rule.failed ?? 0];
  if (clause === undefined) return <p class="s">The rule has no clauses.</p>;
  const isNot = clause.text.startsWith('NOT ');
  const fails = clause.shortfall?.fails ?? clause.text;
  return (
    <>
      <div class="clause">
        <p class="l xs">
          Not matched in <a href={`/rules/${encodeURIComponent(rule.id)}`}>{rule.title}</a>
        </p>
        <Expression text={isNot ? clause.text : fails} trace={trace} rule={rule} />
        <p class="sm">
          <b>
            {isNot ? 'The entry contains words that this clause excludes.' : sentence(clause.shortfall?.why)}
          </b>
        </p>
        <Texts trace={trace} rule={rule} excluded={isNot ? clause.text : null} />
        {!isNot && <Ruler clause={fails} hits={rule.hits} entry={trace.entry} />}
        {fails !== clause.text && <Whole clause={clause} trace={trace} rule={rule} />}
        <p class="acts">
          <a class="b main" href={testAddress(rule.id, trace.entry.id, 'match')}>
            Should have alerted…
          </a>
          <a class="b" href={`/rules/${encodeURIComponent(rule.id)}`}>
            Open the rule
          </a>
        </p>
      </div>
      <Clauses rule={rule} />
    </>
  );
}

/** `both are there, but not within 8 words` as a sentence. */
function sentence(why: string | undefined): string {
  if (why === undefined) return 'The clause does not match.';
  return `${why.charAt(0).toUpperCase()}${why.slice(1)}.`;
}

interface PartProps {
  readonly trace: EntryTrace;
  readonly rule: RuleTrace;
}

/** The whole clause: the alternative that comes nearest, then the others. */
function Whole({
  clause,
  ...of
}: PartProps & { readonly clause: RuleTrace['clauses'][number] }): JSX.Element {
  const nearest = clause.shortfall?.branch ?? null;
  const others = waysOf(clause.text).filter((way) => way !== nearest && `(${way})` !== nearest);
  return (
    <details>
      <summary class="xs">
        {nearest === null ? 'Whole clause' : `Closest alternative, and ${count(others.length, 'other')}`}
      </summary>
      {nearest !== null && <Expression text={nearest} {...of} />}
      {others.map((way) => (
        <Expression key={way} text={way} {...of} />
      ))}
    </details>
  );
}

/** A part of the query as written in the rule. Lists whose words were found are marked. */
function Expression({ text, trace, rule }: PartProps & { readonly text: string }): JSX.Element {
  const found = new Set(rule.hits.flatMap(({ concept }) => concept ?? []));
  const byId = new Map(trace.lists.map((one) => [one.id, one]));
  return (
    <p class="q">
      {text.split(/(@[\w-]+)/).map((piece, i) => {
        const id = piece.slice(1);
        if (!piece.startsWith('@') || !found.has(id)) return piece;
        return (
          <mark key={i} class={`m-${styleOf(byId.get(id))}`}>
            {piece}
          </mark>
        );
      })}
    </p>
  );
}

/** Title and summary of the entry, with marks. */
function Texts({
  trace,
  rule,
  excluded,
}: {
  readonly trace: EntryTrace;
  readonly rule: RuleTrace;
  readonly excluded: string | null;
}): JSX.Element {
  const { entry } = trace;
  const marks = excluded === null ? marksOf(rule, trace.lists) : excludedMarks(rule, excluded);
  const body = entry.summary === '' ? 'content' : 'summary';
  return (
    <>
      <Foreign as="p" class="t seen" text={entry.title} lang={entry.lang} marks={marks.title} />
      {entry[body] !== '' && (
        <Foreign as="p" class="t sum" text={entry[body]} lang={entry.lang} marks={marks[body]} />
      )}
    </>
  );
}

function excludedMarks(rule: RuleTrace, clause: string): Record<'title' | 'summary' | 'content', Marked[]> {
  const named = new Set([...clause.matchAll(/@([\w-]+)/g)].map(([, id]) => id));
  const inField = (field: 'title' | 'summary' | 'content'): Marked[] =>
    rule.hits
      .filter(
        (hit) =>
          hit.field === field && (hit.concept === null ? clause.includes(hit.term) : named.has(hit.concept)),
      )
      .map(({ start, end }) => ({ start, end, style: 'excluded' }));
  return { title: inField('title'), summary: inField('summary'), content: inField('content') };
}

function Clauses({ rule }: { readonly rule: RuleTrace }): JSX.Element | null {
  if (rule.clauses.length < 2) return null;
  return (
    <table class="clauses">
      <caption class="vh">All clauses of the rule</caption>
      <tbody>
        {rule.clauses.map(({ text, holds }, i) => (
          <tr key={i}>
            <th scope="row" class={holds ? 'ok' : 'no'}>
              {holds ? 'match' : 'no match'}
            </th>
            <td>
              <code>{text.length > 160 ? `${text.slice(0, 160)}…` : text}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
