/** Chooses the title under which a story is shown to this reader. Never a translation. */
import type { ListedStory } from '../../lib/api/stories.ts';

type Title = ListedStory['title'];

/**
 * The title of the latest independent report in a language that the reader reads, else of the first report in such a
 * language, else of the latest report.
 * @param reads languages without regions, best first
 */
export function titleFor(
  { title, titles, newest }: Pick<ListedStory, 'title' | 'titles' | 'newest'>,
  reads: readonly string[],
): Title {
  if (title.lang !== null && reads.includes(baseOf(title.lang))) return title;
  const inLanguage =
    (of: readonly Title[]) =>
    (lang: string): Title[] =>
      of.filter((one) => one.lang !== null && baseOf(one.lang) === lang).slice(0, 1);
  return reads.flatMap(inLanguage(newest))[0] ?? reads.flatMap(inLanguage(titles))[0] ?? title;
}

const baseOf = (tag: string): string => tag.toLowerCase().split('-', 1)[0] ?? '';
