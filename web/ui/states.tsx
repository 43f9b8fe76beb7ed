/** What is shown instead of data: nothing yet, nothing at all, or why there is none. */
import type { ComponentChildren, JSX } from 'preact';
import type { Loaded } from '../state/load.ts';
import { reasonOf } from '../text/reason.ts';

/** Hairlines, once it takes long. */
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

/** @param page it stands for the whole page, and has its heading */
export function Empty({ title, page = false, children }: EmptyProps): JSX.Element {
  return (
    <div class="void">
      {page ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children}
    </div>
  );
}

/** What went wrong, what is still safe, what to do. */
export function Failure({
  of,
  what,
}: {
  readonly of: Pick<Loaded<unknown>, 'error' | 'reload' | 'data'>;
  readonly what: string;
}): JSX.Element | null {
  const { error, reload, data } = of;
  if (error === null) return null;
  const old = data === null ? 'Nothing is shown yet.' : 'What you see is what was last read.';
  return (
    <div class="band" role="status">
      <span>
        <b class="no">Not loaded:</b> {what}. {reasonOf(error)} {old} The lookout goes on without the page.
      </span>
      <button type="button" class="b" onClick={reload}>
        Load again
      </button>
    </div>
  );
}
