/** Which title stands for a story to this reader. Never a translation. */
import type { ListedStory } from '../../api/types.ts';

type Title = ListedStory['title'];

/**
 * The latest independent report where the reader reads its language, else the first in the best language that is read,
 * else the latest.
 * @param reads languages without regions, best first
 */
export function titleFor({ title, titles }: Pick<ListedStory, 'title' | 'titles'>, reads: readonly string[]): Title {
  if (title.lang !== null && reads.includes(baseOf(title.lang))) return title;
  const readable = reads.flatMap((lang) => titles.find((one) => one.lang !== null && baseOf(one.lang) === lang) ?? []);
  return readable[0] ?? title;
}

const baseOf = (tag: string): string => tag.toLowerCase().split('-', 1)[0] ?? '';
