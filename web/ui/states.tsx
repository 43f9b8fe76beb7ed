/** Shown in place of data: loading, empty, or an error. */
import type { ComponentChildren, JSX } from 'preact';
import type { Loaded } from '../state/load.ts';
import { reasonOf } from '../text/reason.ts';

/** @param slow loading takes long: say so */
export function Waiting({ slow, what }: { readonly slow: boolean; readonly what: string }): JSX.Element {
  return (
    <div class="ghost" aria-busy="true">
      {slow && (
        <>
          <p class="s sm" role="status">
            Loading {what}
          </p>
          <i />
          <i />
          <i />
        </>
      )}
    </div>
  );
}

interface EmptyProps {
  readonly title: string;
  readonly page?: boolean;
  readonly children?: ComponentChildren;
}

/** @param page the message is the whole page, and its title the page's heading */
export function Empty({ title, page = false, children }: EmptyProps): JSX.Element {
  return (
    <div class="void">
      {page ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children}
    </div>
  );
}

/** Says what was not loaded and why, what is shown instead, and offers to load it again. */
export function Failure({
  of,
  what,
}: {
  readonly of: Pick<Loaded<unknown>, 'error' | 'reload' | 'data'>;
  readonly what: string;
}): JSX.Element | null {
  const { error, reload, data } = of;
  if (error === null) return null;
  const old = data === null ? '' : ' You see the data loaded before.';
  return (
    <div class="band" role="status">
      <span>
        <b class="no">Not loaded:</b> {what}. {reasonOf(error)}
        {old} The service keeps running.
      </span>
      <button type="button" class="b" onClick={reload}>
        Load again
      </button>
    </div>
  );
}
