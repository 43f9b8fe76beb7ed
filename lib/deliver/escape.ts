/** Marked runs in the mark-up of platforms, each with its own escape. Feed text comes out as text, whatever it holds. */

import type { Run } from '../alert/marked.ts';
import type { Line } from '../alert/message.ts';

/** Five characters: for text and for attributes in double quotes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A zero-width space keeps `@name` from being a mention; readers see no difference. */
export function withoutMentions(text: string): string {
  return text.replace(/[@\uff20\ufe6b]/gu, '$&\u200b');
}

/** `<b>` and `<a>` alone: what Telegram, Google Chat, Matrix and mail all show. */
export function htmlOfRuns(runs: readonly Run[], escapeText: (text: string) => string = escapeHtml): string {
  return linked(runs)
    .map(({ href, runs: some }) => {
      const inner = some
        .map((run) => (run.strong ? `<b>${escapeText(run.text)}</b>` : escapeText(run.text)))
        .join('');
      return href === null ? inner : `<a href="${escapeHtml(href)}">${inner}</a>`;
    })
    .join('');
}

/** Neighbours with one address are one link. */
function linked(runs: readonly Run[]): { href: string | null; runs: Run[] }[] {
  const groups: { href: string | null; runs: Run[] }[] = [];
  for (const run of runs) {
    const last = groups.at(-1);
    if (last !== undefined && last.href === run.href) last.runs.push(run);
    else groups.push({ href: run.href, runs: [run] });
  }
  return groups;
}

/** How a dialect of Markdown writes text and addresses. */
export interface Dialect {
  readonly text: (text: string) => string;
  readonly strong: string;
}

export function markdownOfRuns(runs: readonly Run[], dialect: Dialect): string {
  return linked(runs)
    .map(({ href, runs: some }) => {
      const inner = some.map((run) => markedRun(run, dialect)).join('');
      return href === null ? inner : `[${inner}](${markdownAddress(href)})`;
    })
    .join('');
}

/** Blanks at the edge of a strong run would show its asterisks. */
function markedRun({ text, strong }: Run, dialect: Dialect): string {
  const inner = dialect.text(text);
  return strong && text.trim() === text && text !== '' ? `${dialect.strong}${inner}${dialect.strong}` : inner;
}

/** No character that could end an address, or begin anything else within it. */
export function markdownAddress(href: string): string {
  return href.replace(
    /[()<>[\]\\`*_~|"'{}^!\s]/gu,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** The text of all lines, as a fallback and for channels without mark-up. Addresses stand behind what they belong to. */
export function plainLines(lines: readonly Line[], { addresses }: { addresses: boolean }): string {
  return lines.map(({ runs }) => plainRuns(runs, addresses)).join('\n');
}

function plainRuns(runs: readonly Run[], addresses: boolean): string {
  return linked(runs)
    .map(({ href, runs: some }) => {
      const text = some.map((run) => run.text).join('');
      return addresses && href !== null ? `${text} <${href}>` : text;
    })
    .join('');
}
