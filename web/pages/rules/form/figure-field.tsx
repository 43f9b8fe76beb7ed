/** A figure that something has to be counted by. */
import type { JSX } from 'preact';
import type { FormFigure } from '../../../../lib/rule/form.ts';
import { TextField } from './text-field.tsx';

interface FigureFieldProps {
  readonly figure: FormFigure | null;
  /** What the rule names: any of it may be counted. */
  readonly words: readonly string[];
  readonly onChange: (figure: FormFigure | null) => void;
}

const START = { op: '>=', value: 1_000, within: 6 } as const;
const OPERATORS = [
  ['>=', 'at least'],
  ['>', 'more than'],
  ['<=', 'at most'],
  ['<', 'less than'],
  ['=', 'exactly'],
] as const;

export function FigureField({ figure, words, onChange }: FigureFieldProps): JSX.Element {
  const choices = [...new Set([...words, ...(figure === null ? [] : [figure.of])])];
  const [first] = choices;
  return (
    <fieldset>
      <legend>with a figure</legend>
      <label class="opt">
        <input
          type="checkbox"
          checked={figure !== null}
          disabled={first === undefined}
          onChange={() => onChange(figure === null && first !== undefined ? { of: first, ...START } : null)}
        />{' '}
        <span>
          only where a figure of something is named{first === undefined && ': name something first'}
        </span>
      </label>
      {figure !== null && (
        <p class="figrow">
          <select
            aria-label="What compares"
            value={figure.op}
            onChange={(event) => onChange({ ...figure, op: event.currentTarget.value as FormFigure['op'] })}
          >
            {OPERATORS.map(([op, word]) => (
              <option key={op} value={op}>
                {word}
              </option>
            ))}
          </select>
          <TextField
            label="Figure"
            numeric
            value={figure.value.toLocaleString('en')}
            onCommit={(text) => {
              const value = Number(text.replace(/[\s,_']/gu, ''));
              if (Number.isFinite(value) && value >= 0) onChange({ ...figure, value });
            }}
          />
          <select
            aria-label="What is counted"
            value={figure.of}
            onChange={(event) => onChange({ ...figure, of: event.currentTarget.value })}
          >
            {choices.map((word) => (
              <option key={word} value={word}>
                {word}
              </option>
            ))}
          </select>
          <label class="s sm">
            within{' '}
            <select
              value={String(figure.within)}
              onChange={(event) => onChange({ ...figure, within: Number(event.currentTarget.value) })}
            >
              {[...new Set([2, 4, 6, 8, 12, figure.within])].map((within) => (
                <option key={within} value={within}>
                  {within} words
                </option>
              ))}
            </select>
          </label>
        </p>
      )}
    </fieldset>
  );
}
