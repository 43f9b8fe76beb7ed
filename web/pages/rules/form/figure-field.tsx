/** The part of the form that requires a number: at least 1,000 of @soldiers within 6 words, say. */
import type { JSX } from 'preact';
import type { FormFigure } from '../../../../lib/rule/form.ts';
import { TextField } from './text-field.tsx';

interface FigureFieldProps {
  readonly figure: FormFigure | null;
  /** Words and lists of the rule; the number can be of any of them. */
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
      <legend>Number</legend>
      <label class="opt">
        <input
          type="checkbox"
          checked={figure !== null}
          disabled={first === undefined}
          onChange={() => onChange(figure === null && first !== undefined ? { of: first, ...START } : null)}
        />{' '}
        <span>Only if a number is given{first === undefined && ' (add a word above first)'}</span>
      </label>
      {figure !== null && (
        <p class="figrow">
          <select
            aria-label="Comparison"
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
            label="Number"
            numeric
            value={figure.value.toLocaleString('en')}
            onCommit={(text) => {
              const value = Number(text.replace(/[\s,_']/gu, ''));
              if (Number.isFinite(value) && value >= 0) onChange({ ...figure, value });
            }}
          />
          <select
            aria-label="Number of what"
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
