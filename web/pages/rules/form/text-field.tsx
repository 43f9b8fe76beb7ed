/** A text field of the form. It keeps what is typed until the document has the same value. */
import type { JSX } from 'preact';
import { useTyped } from '../../../state/typed.ts';

interface TextFieldProps {
  readonly label: string;
  /** As the document has it. */
  readonly value: string;
  readonly numeric?: boolean;
  /** Called when the field loses focus, or on Enter. */
  readonly onCommit: (value: string) => void;
}

export function TextField({ label, value, numeric = false, onCommit }: TextFieldProps): JSX.Element {
  const [typed, setTyped] = useTyped(value);
  return (
    <input
      type="text"
      aria-label={label}
      {...(numeric ? { inputMode: 'numeric' as const } : {})}
      value={typed}
      onInput={(event) => setTyped(event.currentTarget.value)}
      onChange={(event) => {
        const wanted = event.currentTarget.value.trim();
        if (wanted !== '' && wanted !== value) onCommit(wanted);
      }}
    />
  );
}
