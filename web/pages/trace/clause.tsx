/** A rule that did not match: its first failing clause in the rule's own words, above the text it looked at. */
import type { JSX } from 'preact';
import type { EntryTrace, RuleTrace } from '../../api/types.ts';
import type { Marked } from '../../parts/cut.ts';
import { Foreign } from '../../parts/foreign.tsx';
import { list } from '../../parts/format.ts';
import { marksOf, styleOf } from '../../parts/marks.ts';
import { testAddress } from '../../parts/story-actions.ts';
import { Ruler } from './ruler.tsx';
import { type Way, waysOf } from './ways.ts';

/** Ways shown at first: the nearest. */
const WAYS_MAX = 2;

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
  return (
    <>
      <div class="clause">
        <p class="l xs">
          First clause that failed, in <a href={`/rules/${encodeURIComponent(rule.id)}`}>{rule.title}</a>
        </p>
        {isNot ? <p class="q">{clause.text}</p> : <Ways text={clause.text} trace={trace} rule={rule} />}
        <Texts trace={trace} rule={rule} excluded={isNot ? clause.text : null} />
        {isNot ? (
          <p class="sm">
            <b>The entry has words that this clause excludes.</b>
          </p>
        ) : (
          <Ruler clause={clause.text} hits={rule.hits} entry={trace.entry} />
        )}
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

function Ways({
  text,
  trace,
  rule,
}: {
  readonly text: string;
  readonly trace: EntryTrace;
  readonly rule: RuleTrace;
}): JSX.Element {
  const ways = waysOf(text, rule.hits);
  const nearest = ways.slice(0, WAYS_MAX);
  const rest = ways.slice(WAYS_MAX);
  return (
    <>
      {ways.length > 1 && <p class="s xs">It holds in any of {ways.length} ways; the nearest first.</p>}
      {nearest.map((way) => (
        <WayText key={way.text} way={way} trace={trace} />
      ))}
      {rest.length > 0 && (
        <details>
          <summary class="xs">{rest.length} other ways</summary>
          {rest.map((way) => (
            <WayText key={way.text} way={way} trace={trace} />
          ))}
        </details>
      )}
    </>
  );
}

/** Lists that were found wear their line; the others do not. */
function WayText({ way, trace }: { readonly way: Way; readonly trace: EntryTrace }): JSX.Element {
  const missing = way.parts.filter((id) => !way.found.includes(id));
  const byId = new Map(trace.lists.map((one) => [one.id, one]));
  return (
    <div class="way">
      <p class="q">
        {way.text.split(/(@[\w-]+)/).map((piece, i) => {
          const id = piece.slice(1);
          if (!piece.startsWith('@') || !way.found.includes(id)) return piece;
          return (
            <mark key={i} class={`m-${styleOf(byId.get(id))}`}>
              {piece}
            </mark>
          );
        })}
      </p>
      {way.parts.length > 0 && <p class="s xs">{foundWords(way.found, missing)}</p>}
    </div>
  );
}

function foundWords(found: readonly string[], missing: readonly string[]): string {
  const names = (ids: readonly string[]): string => list(ids.map((id) => `@${id}`));
  if (found.length === 0) return `No hit for ${names(missing)}.`;
  if (missing.length === 0) return 'All its lists have hits: they are not where the rule wants them.';
  return `Hits for ${names(found)}; none for ${names(missing)}.`;
}

/** Title and summary as the rule saw them. */
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
              {holds ? 'holds' : 'failed'}
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
