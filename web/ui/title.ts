/** The title of the browser's tab, and the focus of whoever came to the page by keyboard. */
import { useEffect } from 'preact/hooks';

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} – Vigie`;
  }, [title]);
}
