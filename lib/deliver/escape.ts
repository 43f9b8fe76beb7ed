/** Marked text in the markup of each platform. Feed text is always escaped. */

import type { Run } from '../alert/marked.ts';
import type { Line } from '../alert/message.ts';

/** Escapes the five characters for text and for attributes in double quotes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Adds a zero-width space after `@` and its full-width forms, so that no mention forms; readers see no difference. */
export function withoutMentions(text: string): string {
  return text.replace(/[@\uff20\ufe6b]/gu, '$&\u200b');
}

/** Uses only `<b>` and `<a>`, which Telegram, Google Chat, Matrix and mail all support. */
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

/** Merges adjacent runs with the same address into one link. */
function linked(runs: readonly Run[]): { href: string | null; runs: Run[] }[] {
  const groups: { href: string | null; runs: Run[] }[] = [];
  for (const run of runs) {
    const last = groups.at(-1);
    if (last !== undefined && last.href === run.href) last.runs.push(run);
    else groups.push({ href: run.href, runs: [run] });
  }
  return groups;
}

/** How a dialect of Markdown escapes text and marks strong text. */
export interface Dialect {
  readonly text: (text: string) => string;
  readonly strong: string;
}

/** Links and strong text in Markdown. */
export function markdownOfRuns(runs: readonly Run[], dialect: Dialect): string {
  return linked(runs)
    .map(({ href, runs: some }) => {
      const inner = some.map((run) => markedRun(run, dialect)).join('');
      return href === null ? inner : `[${inner}](${markdownAddress(href)})`;
    })
    .join('');
}

/** A strong run that begins or ends with a space would show its asterisks: it stays unmarked (CommonMark, "Emphasis"). */
function markedRun({ text, strong }: Run, dialect: Dialect): string {
  const inner = dialect.text(text);
  return strong && text.trim() === text && text !== '' ? `${dialect.strong}${inner}${dialect.strong}` : inner;
}

/** Percent-encodes characters that could end a link destination or begin other markup. */
export function markdownAddress(href: string): string {
  return href.replace(
    /[()<>[\]\\`*_~|"'{}^!\s]/gu,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** All lines as plain text, for fallbacks and channels without markup. @param addresses append each link's address */
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
