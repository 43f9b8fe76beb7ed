/** The head row of a table. */
import type { JSX } from 'preact';

export interface Column {
  readonly name: string;
  /** Classes of the cell, such as `num`. */
  readonly class?: string;
  /** For a column of buttons: screen readers read the name, the page does not show it. */
  readonly hidden?: boolean;
}

/** A text is a column without classes. */
export function TableHead({ columns }: { readonly columns: readonly (Column | string)[] }): JSX.Element {
  const all = columns.map((one): Column => (typeof one === 'string' ? { name: one } : one));
  return (
    <thead>
      <tr>
        {all.map(({ name, class: classes, hidden }) => (
          <th scope="col" key={name} class={classes}>
            {hidden === true ? <span class="vh">{name}</span> : name}
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** The last column of a table whose rows have buttons. */
export const ACTIONS: Column = { name: 'Actions', hidden: true };
