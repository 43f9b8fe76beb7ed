/** Writes the parts of docs/channels.md that say what each kind of channel is, from the files of the kinds. */
import { exampleChannel } from '../lib/config/document/example-channel.ts';
import type { Answer } from '../lib/deliver/answer.ts';
import { CHANNEL_KINDS, type ChannelKind, kindOf } from '../lib/deliver/channel/table.ts';
import type { AnyKind } from '../lib/deliver/kind.ts';
import type { Rate } from '../lib/deliver/payload.ts';
import type { AttemptOutcome } from '../lib/deliver/retry.ts';

/** Longest line of prose. */
const LINE_UNITS_MAX = 120;

/** @param page docs/channels.md @returns the page with current text between its markers */
export function channelsPage(page: string): string {
  return withPart(withPart(page, 'table', tableOfKinds()), 'sections', sections());
}

/** @throws Error if the page lacks a marker */
function withPart(page: string, name: string, text: string): string {
  const begin = `<!-- ${name} of kinds: npm run generate writes it from lib/deliver/channel -->\n`;
  const end = `<!-- end of ${name} -->`;
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/channels.md lacks ${begin.trim()} … ${end}`);
  return `${page.slice(0, from + begin.length)}\n${text}\n${page.slice(to)}`;
}

function tableOfKinds(): string {
  const rows = CHANNEL_KINDS.map((name) => {
    const { docs, keys } = kindOf({ kind: name });
    const required = Object.entries(keys).filter(([, schema]) => !schema.safeParse(undefined).success);
    const needs = required.map(([key]) => `\`${key}\``).join(', ') || 'nothing';
    return `| [\`${name}\`](#${anchorOf(docs.title)}) | ${needs} | ${docs.goesTo} | ${docs.limit} |\n`;
  });
  return `| kind | needs | goes to | limit of one message |\n|---|---|---|---|\n${rows.join('')}`;
}

/** As GitHub makes anchors of headings. */
function anchorOf(title: string): string {
  return title.toLowerCase().replaceAll('`', '').replaceAll(' ', '-');
}

function sections(): string {
  return CHANNEL_KINDS.map((name) => {
    const kind = kindOf({ kind: name });
    const { title, needs, notes } = kind.docs;
    const head = needs === undefined ? '' : `${needs}\n`;
    const example = `\`\`\`yaml\n${head}channels:\n${kind.example.replaceAll(/^/gmu, '  ')}\n\`\`\``;
    return `## ${title}\n\n${example}\n\n${wrapped(`${notes} ${factsOf(name, kind)}`)}\n`;
  }).join('\n');
}

/** What the code says about answers and pace. */
function factsOf(name: ChannelKind, kind: AnyKind): string {
  if ('text' in kind) return '';
  const { gone, pace = '' } = kind.docs;
  const statuses = (outcome: AttemptOutcome['kind']): string =>
    Array.from({ length: 400 }, (_, at) => 200 + at)
      .filter((status) => kind.outcome(answerOf(status)).kind === outcome)
      .join(', ');
  const never = statuses('rejected');
  return [
    `Gone: ${statuses('channel-gone')}${gone === undefined ? '' : `, and ${gone}`}.`,
    ...(never === '' ? [] : [`Never accepted: ${never}.`]),
    `Pace: ${paceOf(kind.rate(exampleChannel(name)))}${pace}.`,
  ].join(' ');
}

/** An answer that says nothing but its status. */
function answerOf(status: number): Answer {
  return { status, body: '', header: () => null, now: 0 };
}

const NUMBERS = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

function paceOf({ everyMs, burst }: Rate): string {
  const second = 1_000 / everyMs;
  const then = Number.isInteger(second)
    ? `${NUMBERS[second] ?? second} a second`
    : `one in ${everyMs / 1_000} s`;
  return `${burst} at once, then ${then}`;
}

/** Each paragraph in lines of at most LINE_UNITS_MAX; code blocks stay as they are. */
function wrapped(text: string): string {
  return text
    .trim()
    .split('\n\n')
    .map((paragraph) => (paragraph.startsWith('```') ? paragraph : lines(paragraph)))
    .join('\n\n');
}

/** Breaks between words, but not within code. */
function lines(paragraph: string): string {
  const all: string[] = [];
  for (const word of paragraph.replaceAll('\n', ' ').match(/(?:`[^`]*`|[^\s`])+/gu) ?? []) {
    const last = all.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= LINE_UNITS_MAX)
      all[all.length - 1] = `${last} ${word}`;
    else all.push(word);
  }
  return all.join('\n');
}
