/** Problems of the document, with line and column: errors first, then warnings. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ConfigProblem } from '../../../lib/model/config.ts';
import type { Checked } from '../../archive-worker/protocol.ts';
import { count } from '../../text/format.ts';

interface ProblemsProps {
  readonly checked: Checked | null;
  /** Problems that only the service could find. */
  readonly rejected: readonly ConfigProblem[];
  readonly onGo: (offset: number, length: number) => void;
  readonly onUse: (offset: number, length: number, text: string) => void;
}

const SHOWN_MAX = 6;

export function Problems({ checked, rejected, onGo, onUse }: ProblemsProps): JSX.Element | null {
  const [all, setAll] = useState(false);
  if (checked === null) return null;
  const known = new Set(checked.problems.map(({ code, offset }) => `${code} ${offset}`));
  const more = rejected.filter(({ code, offset }) => !known.has(`${code} ${offset}`));
  // Errors stand before warnings; each in the order of the document.
  const problems = [...checked.problems, ...more].toSorted(
    (a, b) => rank(a) - rank(b) || a.offset - b.offset,
  );
  if (problems.length === 0) return <p class="lint s sm">No mistakes.</p>;
  return (
    <div class="lint">
      <h2 class="vh">Problems</h2>
      <ul>
        {(all ? problems : problems.slice(0, SHOWN_MAX)).map((problem) => (
          <Row
            key={`${problem.code} ${problem.offset} ${problem.message}`}
            problem={problem}
            onGo={onGo}
            onUse={onUse}
          />
        ))}
      </ul>
      {problems.length > SHOWN_MAX && (
        <button type="button" class="b text" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `${count(problems.length - SHOWN_MAX, 'more problem')}`}
        </button>
      )}
    </div>
  );
}

const rank = ({ level }: ConfigProblem): number => (level === 'error' ? 0 : 1);

interface RowProps extends Pick<ProblemsProps, 'onGo' | 'onUse'> {
  readonly problem: ConfigProblem;
}

function Row({ problem, onGo, onUse }: RowProps): JSX.Element {
  const { level, line, column, offset, length, message, hint } = problem;
  const meant = hint === null ? undefined : /^did you mean (\S+)\?$/u.exec(hint)?.[1];
  return (
    <li>
      <b class={level === 'error' ? 'no' : 'wait'}>{level === 'error' ? 'Error' : 'Warning'}</b>
      <button type="button" class="b text num" onClick={() => onGo(offset, length)}>
        {line}:{column}
      </button>
      <span>
        {sentence(message)} {hint !== null && meant === undefined && <span class="s">{sentence(hint)}</span>}
        {meant !== undefined && (
          <>
            Did you mean <code>{meant}</code>?{' '}
            <button type="button" class="b text" onClick={() => onUse(offset, length, meant)}>
              Replace
            </button>
          </>
        )}
      </span>
    </li>
  );
}

function sentence(text: string): string {
  const end = /[.?!]$/u.test(text) ? '' : '.';
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${end}`;
}
