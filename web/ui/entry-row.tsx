/** An entry in a list of matches: its text with marks, publisher, time, and why it does not match, if it does not. */
import type { ComponentChildren, JSX } from 'preact';
import type { EntryRow as Row } from '../archive-worker/protocol.ts';
import { hostOf } from '../text/format.ts';
import { Foreign } from './foreign.tsx';
import { Time } from './time.tsx';

interface EntryRowProps {
  readonly row: Row;
  /** −: no longer matches; +: now also matches; '': no comparison. */
  readonly sign: '−' | '+' | '';
  readonly children?: ComponentChildren;
}

const WORDS = { '−': 'no longer matches', '+': 'now also matches' } as const;

export function EntryRow({ row, sign, children }: EntryRowProps): JSX.Element {
  return (
    <li class={`er${sign === '−' ? ' lost' : sign === '' ? ' plain' : ''}`}>
      {sign !== '' && (
        <b class={sign === '−' ? 'sign no' : 'sign ok'}>
          <span aria-hidden="true">{sign}</span>
          <span class="vh">{WORDS[sign]}</span>
        </b>
      )}
      <span class="lc">{row.lang ?? '–'}</span>
      <div>
        <p class="ert">
          <Foreign class="t" text={row.title} lang={row.lang} marks={row.marks} />
        </p>
        {row.passage !== '' && (
          <p class="erp">
            <Foreign class="t" text={row.passage} lang={row.lang} marks={row.passageMarks} />
          </p>
        )}
        <p class="s xs">
          <bdi>{row.publisher ?? (row.url === null ? 'unknown publisher' : hostOf(row.url))}</bdi>,{' '}
          <Time at={row.published ?? row.seen} />
          {row.why !== null && (
            <>
              {' · '}
              <code>{row.why}</code>
            </>
          )}{' '}
          · <a href={`/trace?entry=${encodeURIComponent(row.id)}`}>Trace</a>
          {children}
        </p>
      </div>
    </li>
  );
}
