/** Named bars: how much of each limit of the plan is used. */
import type { JSX } from 'preact';

export interface QuotaRow {
  readonly name: string;
  readonly used: number;
  readonly max: number;
  readonly words: string;
}

/** Share from which a limit is shown as nearly reached. */
const NEAR = 0.8;

export function Quota({ rows }: { readonly rows: readonly QuotaRow[] }): JSX.Element {
  return (
    <div class="quota">
      {rows.map(({ name, used, max, words }) => {
        const share = Math.min(1, used / max);
        return (
          <div class="qrow" key={name}>
            <span>{name}</span>
            <svg aria-hidden="true">
              <rect x=".5" y="1.5" width="99.5%" height="7" />
              <rect
                class={share >= NEAR ? 'full near' : 'full'}
                x=".5"
                y="1.5"
                width={`${(share * 99.5).toFixed(2)}%`}
                height="7"
              />
            </svg>
            <span>
              {words}
              {share >= NEAR && <b class="wait"> nearly reached</b>}
            </span>
          </div>
        );
      })}
    </div>
  );
}
