/** Not yet. */
import type { JSX } from 'preact';
export function Page(): JSX.Element {
  return <p />;
}
