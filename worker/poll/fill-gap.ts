/** A document that shares no entry with the previous one is a gap: entries may have been missed. Older pages fill it. */
import { GAP_PAGES_MAX } from '../../lib/model/limits.ts';
import type { FetchedFeed } from '../net/fetch-feed.ts';
import { type PolledFeed, type ReadContext, readFeed } from './read-feed.ts';

/** What filling a gap needs from outside. */
export interface GapPorts {
  /** One request without validators. */
  fetchPage(url: string): Promise<FetchedFeed>;
}

/** Whether no entry of the previous document is still listed; false without a previous document. */
export function isGap({ result, older }: PolledFeed, { before }: ReadContext): boolean {
  if (older === null || result.window === null || before === null || before.window.length === 0) return false;
  return !overlaps(result.window, before.window);
}

/**
 * Follows `prev-archive` or `next` links (RFC 5005 §3, §4), at most GAP_PAGES_MAX pages, until a known entry is found.
 *
 * @returns the poll, with the entries of the older pages after its own
 */
export async function fillGap(
  polled: PolledFeed,
  context: ReadContext,
  ports: GapPorts,
): Promise<PolledFeed> {
  const seenBefore = context.before?.window ?? [];
  const asked = new Set<string>();
  let whole = polled;
  for (let page = 0; page < GAP_PAGES_MAX; page++) {
    const { older } = whole;
    if (older === null || asked.has(older)) return whole;
    asked.add(older);
    const fetched = await ports.fetchPage(older);
    if (fetched.kind !== 'body') return whole;
    const read = await readFeed(fetched, { ...context, before: null });
    if (read.result.window === null) return whole;
    whole = joined(whole, read);
    if (overlaps(read.result.window, seenBefore)) return whole;
  }
  return whole;
}

function joined(whole: PolledFeed, page: PolledFeed): PolledFeed {
  const known = new Set(whole.result.window);
  const window = [
    ...(whole.result.window ?? []),
    ...(page.result.window ?? []).filter((fingerprint) => !known.has(fingerprint)),
  ];
  const entries = [
    ...whole.result.entries,
    ...page.result.entries.filter(({ keyed }) => !known.has(keyed.fingerprint)),
  ];
  return { ...whole, result: { ...whole.result, window, entries }, older: page.older };
}

function overlaps(window: readonly number[], before: readonly number[]): boolean {
  const known = new Set(before);
  return window.some((fingerprint) => known.has(fingerprint));
}
