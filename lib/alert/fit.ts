/** Reduces the detail of a message until it fits a channel's limit. */
import type { AlertEvent } from '../model/alert.ts';
import { type Detail, type Message, messageOf } from './message.ts';

/** From full detail to the bare headline. Titles in a digest are shortened before alerts are left out. */
// biome-ignore format: a table is read by its columns
const DETAILS: readonly Detail[] = [
  { title: 400, summary: 500, link: 2000, entries: 10, figures: 6, sources: 12, copies: 6, items: 100, item: 200, marks: true },
  { title: 400, summary: 280, link: 1000, entries: 5, figures: 6, sources: 8, copies: 4, items: 100, item: 120, marks: true },
  { title: 300, summary: 160, link: 600, entries: 3, figures: 4, sources: 6, copies: 2, items: 100, item: 80, marks: true },
  { title: 300, summary: 0, link: 400, entries: 2, figures: 3, sources: 4, copies: 0, items: 100, item: 60, marks: true },
  { title: 240, summary: 0, link: 300, entries: 1, figures: 2, sources: 2, copies: 0, items: 100, item: 50, marks: false },
  { title: 200, summary: 0, link: 300, entries: 1, figures: 2, sources: 0, copies: 0, items: 100, item: 30, marks: false },
  { title: 160, summary: 0, link: 0, entries: 1, figures: 1, sources: 0, copies: 0, items: 100, item: 60, marks: false },
  { title: 160, summary: 0, link: 0, entries: 1, figures: 1, sources: 0, copies: 0, items: 100, item: 40, marks: false },
  { title: 160, summary: 0, link: 0, entries: 1, figures: 1, sources: 0, copies: 0, items: 100, item: 30, marks: false },
  { title: 160, summary: 0, link: 0, entries: 1, figures: 1, sources: 0, copies: 0, items: 100, item: 20, marks: false },
  { title: 120, summary: 0, link: 300, entries: 1, figures: 0, sources: 0, copies: 0, items: 40, item: 40, marks: false },
  { title: 120, summary: 0, link: 200, entries: 1, figures: 0, sources: 0, copies: 0, items: 15, item: 60, marks: false },
  { title: 80, summary: 0, link: 0, entries: 1, figures: 0, sources: 0, copies: 0, items: 5, item: 40, marks: false },
  { title: 20, summary: 0, link: 0, entries: 0, figures: 0, sources: 0, copies: 0, items: 0, item: 20, marks: false },
];

/** Full detail. */
export const FULL = DETAILS[0]!;

/**
 * The most detailed rendering that fits.
 *
 * @param render renders a message in the channel's format
 * @param fits checks the rendering against the channel's limits
 * @throws Error when not even the headline fits: a limit below some hundred characters is a bug of the channel
 */
export function fitted<T>(
  event: AlertEvent,
  { render, fits }: { render: (message: Message) => T; fits: (rendered: T) => boolean },
): T {
  for (const detail of DETAILS) {
    const rendered = render(messageOf(event, detail));
    if (fits(rendered)) return rendered;
  }
  throw new Error('the message does not fit into the limit of the channel, not even its headline');
}
