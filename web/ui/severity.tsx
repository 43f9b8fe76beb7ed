/** Severity as a word, as bars and as a colour. */
import type { JSX } from 'preact';
import type { Severity } from '../../lib/model/config.ts';

export const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];
const WORDS: Readonly<Record<Severity, string>> = {
  info: 'Info',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
};

export function SeverityMark({ severity }: { readonly severity: Severity }): JSX.Element {
  const level = SEVERITIES.indexOf(severity);
  return (
    <span class={`sev ${severity}`}>
      <svg viewBox="0 0 19 11" aria-hidden="true">
        {SEVERITIES.map((_, i) => (
          <rect
            key={i}
            x={0.5 + 4 * i}
            y={8.5 - 2 * i}
            width="2"
            height={2 + 2 * i}
            {...(i <= level ? { class: 'on' } : {})}
          />
        ))}
      </svg>
      {WORDS[severity]}
    </span>
  );
}
