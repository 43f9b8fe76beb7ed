/** Preview of the chosen rule over the archive: lost matches before new ones, alerts per day, tests, languages. */
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Checked, Edit, Preview, EntryRow as Row } from '../../archive-worker/protocol.ts';
import { clockSeconds, count } from '../../text/format.ts';
import { EntryRow } from '../../ui/entry-row.tsx';
import { Foreign } from '../../ui/foreign.tsx';
import { Empty } from '../../ui/states.tsx';
import { useZone } from '../../ui/time.tsx';
import { CoverageTable } from './coverage.tsx';
import { AlertsPerDay, alertsIn } from './days.tsx';
import type { Look } from './look.ts';

interface PreviewProps {
  readonly look: Look;
  readonly chosen: string | null;
  readonly checked: Checked | null;
  /** Number of the version in force. */
  readonly version: number;
  /** The draft differs from the version in force. */
  readonly edited: boolean;
  readonly onEdit: (edit: Edit) => void;
}

const WEEK_MS = 604_800_000;

export function PreviewPane({ look, chosen, checked, version, edited, onEdit }: PreviewProps): JSX.Element {
  const zone = useZone();
  const { preview, state, lost } = look;
  if (chosen === null)
    return (
      <Empty title="No rules yet">{checked !== null && <p>Write one, or start with “New rule…”.</p>}</Empty>
    );
  if (preview === null) {
    if (lost !== null) return <Lost why={lost} onAgain={look.again} />;
    if (state === 'old')
      return (
        <Empty title="No preview">
          <p>
            {checked?.unreadable === true ? 'The document cannot be read.' : 'The query has a mistake.'}{' '}
            Correct it to see what the rule matches.
          </p>
        </Empty>
      );
    return (
      <div class="ghost" aria-busy="true">
        <p class="s sm">Reading the archive</p>
        <i />
        <i />
        <i />
      </div>
    );
  }
  const isOld = state === 'old';
  return (
    <>
      {isOld && (
        <p class="note" role="status">
          <b class="wait">Preview of your text as of {clockSeconds(look.at, zone)}</b>, before the mistake in
          the query.
        </p>
      )}
      {lost !== null && <Lost why={lost} onAgain={look.again} />}
      <div class={isOld ? 'preview dim' : 'preview'}>
        <Band
          preview={preview}
          edited={edited}
          hasChannel={checked?.rules.find(({ id }) => id === chosen)?.hasChannel ?? true}
          onEdit={onEdit}
        />
        <Delta preview={preview} version={version} edited={edited} look={look} onEdit={onEdit} />
        <div class="two">
          <AlertsPerDay now={preview.now} before={preview.before} span={preview.span} version={version} />
          <Tests preview={preview} />
        </div>
        <CoverageTable coverage={preview.coverage} />
      </div>
    </>
  );
}

function Lost({ why, onAgain }: { readonly why: string; readonly onAgain: () => void }): JSX.Element {
  return (
    <div class="band" role="status">
      <span>
        <b class="no">No preview:</b> {why}. Your draft is not affected.
      </span>
      <button type="button" class="b" onClick={onAgain}>
        Try again
      </button>
    </div>
  );
}

interface BandProps extends Pick<PreviewProps, 'edited' | 'onEdit'> {
  readonly preview: Preview;
  readonly hasChannel: boolean;
}

function Band({ preview, hasChannel, edited, onEdit }: BandProps): JSX.Element {
  const { rule, now, span } = preview;
  const week = span === null ? 0 : alertsIn(now, span.to - WEEK_MS, span.to);
  const would = (
    <>
      {edited ? 'This edit' : 'This rule'} would have sent <b>{count(week, 'alert')}</b> in the last 7 days.
    </>
  );
  if (rule.testMode)
    return (
      <div class="mode">
        <p>
          <b>Test mode:</b> matches are recorded, nothing is sent. {would}
        </p>
        <button
          type="button"
          class="b"
          onClick={() => onEdit({ kind: 'test-mode', rule: rule.id, testMode: false })}
        >
          Switch on
        </button>
      </div>
    );
  return (
    <div class="mode on">
      <p>
        {hasChannel ? (
          <>
            <b>On.</b> {would}
          </>
        ) : (
          <>
            <b>No channel: alerts are only shown here.</b> With a channel: {would}
          </>
        )}
      </p>
      <button
        type="button"
        class="b"
        onClick={() => onEdit({ kind: 'test-mode', rule: rule.id, testMode: true })}
      >
        Switch to test mode
      </button>
    </div>
  );
}

interface DeltaProps extends Pick<PreviewProps, 'version' | 'edited' | 'look' | 'onEdit'> {
  readonly preview: Preview;
}

function Delta({ preview, version, edited, look, onEdit }: DeltaProps): JSX.Element {
  const { was, gained, lost, caught, searched, rows, near } = preview;
  return (
    <section class="sec">
      <div class="sechead">
        <h2>{was === null || !edited ? 'Matches of this rule' : `Compared with version ${version}`}</h2>
        <Searched preview={preview} look={look} />
      </div>
      {was !== null && (
        <p class="delta">
          <strong class={lost.count > 0 ? 'no' : 's'}>
            − {count(lost.count, 'entry no longer matches', 'entries no longer match')}
          </strong>{' '}
          <strong class={gained.count > 0 ? 'ok' : 's'}>
            + {count(gained.count, 'entry now also matches', 'entries now also match')}
          </strong>
          <span class="s">
            matches {count(caught, 'entry', 'entries')}, {was.toLocaleString('en')} before
          </span>
        </p>
      )}
      {was === null && caught > 0 && (
        <p class="delta">
          <strong>{count(caught, 'entry matches', 'entries match')}</strong>
          <span class="s">new rule: no earlier version to compare with</span>
        </p>
      )}
      {caught === 0 && lost.count === 0 && preview.done && <Nothing searched={searched} near={near} />}
      <Rows rows={lost.rows} count={lost.count} sign="−">
        {(row) => (
          <>
            {' '}
            ·{' '}
            <button
              type="button"
              class="b text"
              onClick={() =>
                onEdit({
                  kind: 'test',
                  rule: preview.rule.id,
                  side: 'match',
                  test: { title: row.title, summary: row.passage.replace(/^… |…$/gu, ''), lang: row.lang },
                })
              }
            >
              Add as test
            </button>
          </>
        )}
      </Rows>
      <Rows rows={gained.rows} count={gained.count} sign="+" />
      {gained.count === 0 && lost.count === 0 && caught > 0 && <Rows rows={rows} count={caught} sign="" />}
    </section>
  );
}

/** How many entries were searched, in what time; while the search runs, a button to stop it. */
function Searched({ preview, look }: Pick<DeltaProps, 'preview' | 'look'>): JSX.Element {
  const { searched, total, ms, done } = preview;
  const running = look.state === 'running' && !done;
  return (
    <small>
      {running || look.state === 'stopped'
        ? `${searched.toLocaleString('en')} of ${count(total, 'entry', 'entries')} searched`
        : `${count(searched, 'entry', 'entries')} searched in ${(ms / 1000).toFixed(1)} s`}
      {running && (
        <>
          {' '}
          <button type="button" class="b text" onClick={look.stop}>
            Stop
          </button>
        </>
      )}
    </small>
  );
}

/** Rows shown before “Show more”. */
const SHOWN = 8;

interface RowsProps {
  readonly rows: readonly Row[];
  readonly count: number;
  readonly sign: '−' | '+' | '';
  readonly children?: (row: Row) => ComponentChildren;
}

function Rows({ rows, count: all, sign, children }: RowsProps): JSX.Element | null {
  const [open, setOpen] = useState(false);
  if (rows.length === 0) return null;
  const shown = open ? rows : rows.slice(0, SHOWN);
  return (
    <>
      <ol class="ers">
        {shown.map((row) => (
          <EntryRow key={row.id} row={row} sign={sign}>
            {children?.(row)}
          </EntryRow>
        ))}
      </ol>
      {all > shown.length && (
        <p class="s sm more">
          {open || rows.length <= SHOWN ? (
            `and ${(all - shown.length).toLocaleString('en')} more`
          ) : (
            <button type="button" class="b text" onClick={() => setOpen(true)}>
              Show {(rows.length - SHOWN).toLocaleString('en')} more
            </button>
          )}
        </p>
      )}
    </>
  );
}

function Nothing({
  searched,
  near,
}: {
  readonly searched: number;
  readonly near: readonly Row[];
}): JSX.Element {
  return (
    <>
      <p>No match in {count(searched, 'entry', 'entries')}.</p>
      {near.length > 0 && (
        <>
          <p class="s sm">Entries that come nearest, and why they do not match:</p>
          <ol class="ers">
            {near.map((row) => (
              <EntryRow key={row.id} row={row} sign="" />
            ))}
          </ol>
        </>
      )}
    </>
  );
}

function Tests({ preview: { tests } }: { readonly preview: Preview }): JSX.Element {
  return (
    <section>
      <div class="sechead">
        <h2>Tests</h2>
        <small>{tests.length === 0 ? '' : count(tests.length, 'test')}</small>
      </div>
      {tests.length === 0 && (
        <p class="s sm">
          No tests yet. To add one, use “False alert” or “Should have alerted” on a story or a trace.
        </p>
      )}
      <ul class="tests">
        {tests
          .toSorted((a, b) => Number(a.passes) - Number(b.passes))
          .map((test, i) => (
            <li key={i}>
              {test.passes ? <b class="ok">pass</b> : <b class="no">FAIL</b>}
              <span class="s">{test.side}</span>
              <span>
                <Foreign class="t" text={test.title} lang={test.lang} />
                {test.why !== null && <span class="s"> · {test.why}</span>}
              </span>
            </li>
          ))}
      </ul>
    </section>
  );
}
