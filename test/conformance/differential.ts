/**
 * Ours beside other parsers, entry by entry, over every fixture and the benchmark's shapes. Each disagreement must stand in
 * differential.md with who is right: `node test/conformance/differential.ts`; exit code 1 when one does not.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { shapes } from '../../bench/feeds.ts';
import { readDate } from '../../lib/feed/date/date.ts';
import { parseFeed } from '../../lib/feed/parse.ts';
import { decodeBody } from '../../lib/text/charset.ts';
import { htmlToText } from '../../lib/text/html-text.ts';
import { RIVALS, type RivalEntry } from './rivals.ts';

const FIXTURES = new URL('../cases/feed/', import.meta.url);
const TABLE = new URL('differential.md', import.meta.url);
/** Of values that differ, so much is shown. */
const SHOWN_UNITS = 120;

interface Comparable {
  readonly title: string;
  readonly link: string;
  readonly date: string;
}

interface Disagreement {
  /** As in the table: document, parser, field. */
  readonly row: string;
  readonly ours: string;
  readonly theirs: string;
}

function documents(): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  for (const name of readdirSync(FIXTURES).filter((each) => !each.endsWith('.expected.json'))) {
    found.set(name, readFileSync(new URL(name, FIXTURES)));
  }
  for (const [shape, text] of shapes()) found.set(`shape: ${shape}`, new TextEncoder().encode(text));
  return found;
}

function ours(bytes: Uint8Array): Comparable[] | string {
  const { format, entries } = parseFeed(bytes, { contentType: null, url: null });
  if (format === null) return 'no feed';
  return entries.map(({ title, url, published, updated }) => ({
    title: title ?? '',
    link: url ?? '',
    date: instant(published ?? updated),
  }));
}

async function theirs(parse: (text: string) => RivalEntry[] | Promise<RivalEntry[]>, text: string) {
  try {
    return (await parse(text)).map(({ title, link, date }) => ({
      // Text is compared as text; what is no string shows as what it is.
      title: typeof title === 'string' ? htmlToText(title) : title === undefined ? '' : JSON.stringify(title),
      link: typeof link === 'string' ? link.trim() : link === undefined ? '' : JSON.stringify(link),
      date: date === undefined ? '' : instant(readDate(String(date))),
    }));
  } catch {
    // Outcome: the library's way to say that it reads nothing.
    return 'throws';
  }
}

const instant = (ms: number | null) => (ms === null ? '' : new Date(ms).toISOString());

function differences(mine: Comparable[] | string, other: Comparable[] | string): [string, string, string][] {
  if (typeof mine === 'string' || typeof other === 'string') {
    const nothing = [mine, other].every((read) => typeof read === 'string' || read.length === 0);
    return nothing ? [] : [['reads', summary(mine), summary(other)]];
  }
  if (mine.length !== other.length) return [['count', `${mine.length}`, `${other.length}`]];
  return (['title', 'link', 'date'] as const).flatMap((field): [string, string, string][] => {
    const i = mine.findIndex((entry, at) => entry[field] !== other[at]?.[field]);
    return i === -1 ? [] : [[field, mine[i]?.[field] ?? '', other[i]?.[field] ?? '']];
  });
}

const summary = (read: Comparable[] | string) => (typeof read === 'string' ? read : `${read.length} entries`);

async function disagreements(): Promise<Disagreement[]> {
  const found: Disagreement[] = [];
  for (const [document, bytes] of documents()) {
    const mine = ours(bytes);
    // The same decoded text for all: this is about parsing.
    const { text } = decodeBody(bytes, null);
    for (const [parser, parse] of RIVALS) {
      for (const [field, left, right] of differences(mine, await theirs(parse, text))) {
        found.push({ row: `${document} · ${parser} · ${field}`, ours: left, theirs: right });
      }
    }
  }
  return found;
}

const known = new Set(
  [...readFileSync(TABLE, 'utf8').matchAll(/^- (.+ · .+ · .+)$/gm)].map(([, row]) => row),
);
const found = await disagreements();
const unexplained = found.filter(({ row }) => !known.has(row));
const settled = [...known].filter((row) => !found.some((each) => each.row === row));
for (const { row, ours: left, theirs: right } of process.argv.includes('--all') ? found : unexplained) {
  console.log(
    `${row}\n    ours:   ${left.slice(0, SHOWN_UNITS)}\n    theirs: ${right.slice(0, SHOWN_UNITS)}`,
  );
}
for (const row of settled) console.log(`no longer so, take it out of the table: ${row}`);
console.log(`${found.length} disagreements, ${unexplained.length} not in the table`);
if (unexplained.length + settled.length > 0) process.exitCode = 1;
