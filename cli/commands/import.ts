/**
 * `vigie import --from miniflux|freshrss FILE`: prints filter rules and saved searches of another reader as a
 * configuration on standard output, and on standard error each rule that is left out or changes its meaning.
 */
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { readConfig } from '../../lib/config/document/config.ts';
import { readFreshrssSearch } from '../../lib/config/import/freshrss.ts';
import {
  type ImportedLine,
  readMinifluxPattern,
  readMinifluxRules,
} from '../../lib/config/import/miniflux.ts';
import { eitherOf } from '../../lib/config/import/regex.ts';
import { compileRules } from '../../lib/match/compile/compile.ts';
import type { ConfigProblem } from '../../lib/model/config.ts';
import { printQuery } from '../../lib/rule/print.ts';
import type { Query } from '../../lib/rule/query.ts';
import { publishersOfListed } from '../../lib/story/imported.ts';
import { EXIT, type Terminal, UsageError } from '../local/command.ts';
import { readText } from './check.ts';
import { type ImportSource, linesOf, type ReaderRules, readSource } from './import-source.ts';

interface DraftRule {
  readonly id: string;
  readonly title: string;
  readonly query: string;
  readonly where?: { readonly max_age: string };
  readonly notify: { readonly to: readonly string[] };
}
interface Remark {
  /** As written in the file. */
  readonly text: string;
  readonly says: string;
}

const SPAN = { from: 0, to: 0 };

export async function run(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { from: { type: 'string' } },
  });
  const [file, ...more] = positionals;
  const { from } = values;
  if (from !== 'miniflux' && from !== 'freshrss')
    throw new UsageError('use --from miniflux or --from freshrss');
  if (file === undefined || more.length > 0) throw new UsageError('name one FILE');
  const text = readText(file, terminal);
  if (text === null) return EXIT.badInput;
  const source = readSource(text, from);
  if (typeof source === 'string') {
    terminal.stderr.write(`${file}:1:1: ${source}\n`);
    return EXIT.badInput;
  }
  const importer = new Importer(source);
  const { document, remarks } = await importer.run();
  for (const { text: line, says } of remarks)
    terminal.stderr.write(`${file}:${lineOf(text, line)}: ${line}: ${says}\n`);
  terminal.stdout.write(document);
  return EXIT.done;
}

class Importer {
  readonly #source: ImportSource;
  readonly #remarks: Remark[] = [];
  readonly #ids = new Set<string>();

  constructor(source: ImportSource) {
    this.#source = source;
  }

  async run(): Promise<{ document: string; remarks: readonly Remark[] }> {
    const drafts = [...this.#minifluxRules(), ...this.#searches()];
    let rules = drafts;
    for (const problem of await errorsOf(this.#document(rules))) {
      const rule = drafts[Number(/^rules\[(\d+)\]/u.exec(problem.path)?.[1] ?? -1)];
      if (rule === undefined) continue;
      rules = rules.filter((other) => other !== rule);
      this.#remarks.push({ text: rule.title, says: `left out: ${problem.message}` });
    }
    if (rules.length === 0)
      this.#remarks.push({
        text: '-',
        says: 'the file contains no rule that can be imported: add rules under rules:',
      });
    if (this.#source.feeds.length === 0)
      this.#remarks.push({ text: '-', says: 'the file contains no feed: add feeds under feeds:' });
    return { document: this.#document(rules), remarks: this.#remarks };
  }

  #document(rules: readonly DraftRule[]): string {
    const publishers = publishersOfListed(this.#source.feeds.map(({ feed }) => feed));
    const feeds = this.#source.feeds.map(({ feed, paused }, at) => ({
      url: feed.url,
      ...(publishers[at] == null ? {} : { publisher: publishers[at] }),
      ...(feed.tags.length === 0 ? {} : { tags: feed.tags }),
      ...(paused ? { paused } : {}),
    }));
    return stringify({ version: 1, feeds, rules, channels: { log: { kind: 'console' } } }, { lineWidth: 0 });
  }

  /** A keep rule of Miniflux becomes a rule; its block rules become the NOT of that rule. */
  #minifluxRules(): DraftRule[] {
    const blockedForAll = this.#read(this.#source.all.block, this.#source.all.blockPattern);
    const general = this.#ruleOf('keep', null, this.#source.all, blockedForAll);
    const ofFeeds = this.#source.feeds.flatMap(({ feed, rules }) => {
      const scope: Query = {
        kind: 'meta',
        span: SPAN,
        key: 'feed',
        values: [feed.url.replace(/^https?:\/\//iu, '')],
      };
      return this.#ruleOf(feed.title ?? feed.url, scope, rules, blockedForAll);
    });
    return [...general, ...ofFeeds];
  }

  #read(lines: string, pattern: string): ImportedLine[] {
    return [...readMinifluxRules(lines), ...readMinifluxPattern(pattern)];
  }

  #ruleOf(
    title: string,
    scope: Query | null,
    rules: ReaderRules,
    alsoBlocked: readonly ImportedLine[],
  ): DraftRule[] {
    const keep = this.#read(rules.keep, rules.keepPattern);
    const own = scope === null ? [] : this.#read(rules.block, rules.blockPattern);
    const block = [...own, ...alsoBlocked];
    const kept = this.#queries(keep.filter((line) => !this.#isWordless(line)));
    for (const { line } of keep.filter((one) => one.kind === 'max-age'))
      this.#remarks.push({
        text: line,
        says: 'left out: only block rules for old entries can be imported (where: max_age)',
      });
    if (kept.length === 0) {
      for (const { line } of block.filter((one) => one.kind !== 'left'))
        this.#remarks.push({
          text: line,
          says: 'left out: blocks entries, but no rule keeps entries; add it to the NOT of a rule',
        });
      return [];
    }
    const blocked = this.#queries(block);
    const not: Query[] = blocked.length === 0 ? [] : [{ kind: 'not', span: SPAN, of: eitherOf(blocked) }];
    const of = [...(scope === null ? [] : [scope]), eitherOf(kept), ...not];
    const query = of.length === 1 ? of[0]! : ({ kind: 'and', span: SPAN, of } as const);
    const age = block.find((one) => one.kind === 'max-age');
    return [this.#draft(title, query, age?.kind === 'max-age' ? age.maxAge : null)];
  }

  /** A rule of tags, authors or hosts alone would match every entry that has them. */
  #isWordless(line: ImportedLine): boolean {
    if (line.kind !== 'query' || line.query.kind !== 'meta') return false;
    this.#remarks.push({
      text: line.line,
      says: 'left out: a rule must contain a word; this can only narrow a rule',
    });
    return true;
  }

  #queries(lines: readonly ImportedLine[]): Query[] {
    return lines.flatMap((line) => {
      if (line.kind === 'left') this.#remarks.push({ text: line.line, says: `left out: ${line.reason}` });
      if (line.kind !== 'query') return [];
      if (line.note !== null) this.#remarks.push({ text: line.line, says: line.note });
      return [line.query];
    });
  }

  #searches(): DraftRule[] {
    const hidden = this.#hidden();
    const drafts = this.#source.searches.flatMap(({ name, search }) => {
      const query = this.#search(search);
      if (query === null) return [];
      const of = [query, ...hidden];
      return [this.#draft(name ?? search, of.length === 1 ? query : { kind: 'and', span: SPAN, of }, null)];
    });
    if (drafts.length === 0) {
      for (const { rules } of this.#source.feeds)
        for (const line of linesOf(rules.hide))
          this.#remarks.push({
            text: line,
            says: 'left out: marks entries as read; add it to the NOT of a rule',
          });
    }
    return drafts;
  }

  /** Searches that FreshRSS marks as read, as NOTs, one for each feed. */
  #hidden(): Query[] {
    if (this.#source.searches.length === 0) return [];
    return this.#source.feeds.flatMap(({ feed, rules }) => {
      const queries = linesOf(rules.hide).flatMap((line) => this.#search(line) ?? []);
      if (queries.length === 0) return [];
      const scope: Query = {
        kind: 'meta',
        span: SPAN,
        key: 'feed',
        values: [feed.url.replace(/^https?:\/\//iu, '')],
      };
      const of: Query = { kind: 'and', span: SPAN, of: [scope, eitherOf(queries)] };
      return [{ kind: 'not', span: SPAN, of } as const];
    });
  }

  #search(search: string): Query | null {
    const read = readFreshrssSearch(search);
    if (read.kind === 'left') {
      this.#remarks.push({ text: search, says: `left out: ${read.reason}` });
      return null;
    }
    for (const note of read.notes) this.#remarks.push({ text: search, says: note });
    return read.query;
  }

  #draft(title: string, query: Query, maxAge: string | null): DraftRule {
    const where = maxAge === null ? {} : { where: { max_age: maxAge } };
    return {
      id: this.#id(title),
      title: title.slice(0, 200),
      query: printQuery(query),
      ...where,
      notify: { to: ['log'] },
    };
  }

  #id(title: string): string {
    const plain = title
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/gu, '-')
      .replace(/^-|-$/gu, '')
      .slice(0, 60);
    const base = plain === '' ? 'rule' : plain;
    let id = base;
    for (let count = 2; this.#ids.has(id); count++) id = `${base}-${count}`;
    this.#ids.add(id);
    return id;
  }
}

async function errorsOf(document: string): Promise<ConfigProblem[]> {
  const { config, problems } = readConfig(document, { hasVariable: null });
  // A document without a feed is not valid, but its rules are compiled to find their errors.
  const padded = document.replace(/^feeds: \[\]$/mu, 'feeds: [{ url: https://example.org/ }]');
  const whole = config ?? readConfig(padded, { hasVariable: null }).config;
  const compiled = whole === null ? [] : (await compileRules(whole)).problems;
  return [...problems, ...compiled].filter(({ level }) => level === 'error');
}

/** Line of the file that contains a rule, also in an attribute or JSON text; 1 if it is not found. */
function lineOf(text: string, rule: string): number {
  const whole = text.split('\n').findIndex((line) => line.trim() === rule);
  if (whole >= 0) return whole + 1;
  const spellings = [rule, rule.replaceAll('&', '&amp;'), JSON.stringify(rule).slice(1, -1)];
  const at = Math.max(...spellings.map((spelling) => text.indexOf(spelling)));
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}
