/** What the chosen rule catches now: losses before gains, alerts a day, its tests, its languages. */
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
  readonly onEdit: (edit: Edit) => void;
}

const WEEK_MS = 604_800_000;

export function PreviewPane({ look, chosen, checked, version, onEdit }: PreviewProps): JSX.Element {
  const zone = useZone();
  const { preview, state, lost } = look;
  if (chosen === null)
    return (
      <Empty title="No rule yet">{checked !== null && <p>Write one, or begin with “New rule…”.</p>}</Empty>
    );
  if (preview === null) {
    if (lost !== null) return <Lost why={lost} onAgain={look.again} />;
    if (state === 'old')
      return (
        <Empty title="Nothing to show yet">
          <p>
            {checked?.unreadable === true ? 'The document cannot be read.' : 'The query has a mistake.'} Mend
            it, and this shows what the rule catches.
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
          tells={checked?.rules.find(({ id }) => id === chosen)?.tells ?? true}
          onEdit={onEdit}
        />
        <Delta preview={preview} version={version} look={look} onEdit={onEdit} />
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
        <b class="no">No preview:</b> {why}. The document is safe.
      </span>
      <button type="button" class="b" onClick={onAgain}>
        Try again
      </button>
    </div>
  );
}

function Band({
  preview,
  tells,
  onEdit,
}: {
  readonly preview: Preview;
  readonly tells: boolean;
  readonly onEdit: PreviewProps['onEdit'];
}): JSX.Element {
  const { rule, now, span } = preview;
  const week = span === null ? 0 : alertsIn(now, span.to - WEEK_MS, span.to);
  const alerts = <b>{count(week, 'alert')}</b>;
  if (rule.testMode)
    return (
      <div class="reh">
        <p>
          <b>Test mode:</b> matches are recorded, nothing is sent. This edit would have sent {alerts} in the
          last 7 days.
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
    <div class="reh on">
      <p>
        {tells ? (
          <>
            <b>On.</b> This edit would have sent {alerts} in the last 7 days.
          </>
        ) : (
          <>
            <b>No channel: alerts stay here.</b> With one, this edit would have sent {alerts} in the last 7
            days.
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

interface DeltaProps extends Pick<PreviewProps, 'version' | 'look' | 'onEdit'> {
  readonly preview: Preview;
}

function Delta({ preview, version, look, onEdit }: DeltaProps): JSX.Element {
  const { was, gained, lost, caught, searched, total, rows, near } = preview;
  const number = (of: number): string => of.toLocaleString('en');
  const running = look.state === 'running' && !preview.done;
  return (
    <section class="sec">
      <div class="sechead">
        <h2>{was === null ? 'What this rule catches' : `This edit against version ${version}`}</h2>
        <small>
          {running || look.state === 'stopped'
            ? `${number(searched)} of ${number(total)} entries searched`
            : `${number(searched)} entries searched in ${(preview.ms / 1000).toFixed(1)} s`}
          {running && (
            <>
              {' '}
              <button type="button" class="b text" onClick={look.stop}>
                Stop
              </button>
            </>
          )}
        </small>
      </div>
      {was !== null && (
        <p class="delta">
          <strong class={lost.count > 0 ? 'no' : 's'}>− {number(lost.count)} newly lost</strong>{' '}
          <strong class={gained.count > 0 ? 'ok' : 's'}>+ {number(gained.count)} newly caught</strong>
          <span class="s">
            catches {number(caught)}, was {number(was)}
            {lost.count > 0 && ' · read the losses first'}
          </span>
        </p>
      )}
      {was === null && caught > 0 && (
        <p class="delta">
          <strong>{count(caught, 'entry', 'entries')}</strong>
          <span class="s">new rule: nothing to compare it with</span>
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
              Keep it: make this a test
            </button>
          </>
        )}
      </Rows>
      <Rows rows={gained.rows} count={gained.count} sign="+" />
      {gained.count === 0 && lost.count === 0 && caught > 0 && <Rows rows={rows} count={caught} sign="" />}
    </section>
  );
}

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
      <p>Catches nothing in {count(searched, 'entry', 'entries')}.</p>
      {near.length > 0 && (
        <>
          <p class="s sm">Came nearest, and what they lack:</p>
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
        <small>{tests.length === 0 ? '' : `${tests.length} of this rule`}</small>
      </div>
      {tests.length === 0 && (
        <p class="s sm">
          No tests yet. “False alert” and “Should have alerted” on a story or a trace add one.
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
