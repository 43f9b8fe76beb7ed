/**
 * Reads a configuration document: text in, a checked `Config` or problems with positions out. All callers (Worker, pages,
 * command line) read documents here.
 */

import { type Config, type ConfigProblem, DEVELOPMENT_KINDS, isDevelopmentKind } from '../../model/config.ts';
import type { DurationMs } from '../../model/flavor.ts';
import { CONFIG_PROBLEMS_MAX, LIST_TERMS_MAX, POLL_FLOOR_MS, RULE_TESTS_MAX } from '../../model/limits.ts';
import { MINUTE_MS } from '../../model/time.ts';
import { isPackId, PACK_IDS } from '../../packs/packs.ts';
import { RuleError } from '../../rule/error.ts';
import { nearest } from '../../rule/nearest.ts';
import { parseQuery } from '../../rule/parse.ts';
import { problemAt, ruleProblem } from '../../rule/problem.ts';
import { counted } from '../../text/count.ts';
import { addressOf, buildConfig, feedIdOf } from '../schema/build.ts';
import { type ConfigDocument, document } from '../schema/schema.ts';
import { channelProblems } from './channels.ts';
import { pathOf, type ReadDocument, readDocument } from './document.ts';
import { problemsOfIssue } from './issues.ts';
import { withoutOldKeys } from './old-keys.ts';
import { tooManyPolls } from './polls.ts';
import { variableProblems } from './variables.ts';

export { formatProblem } from '../../rule/problem.ts';

/** What a check depends on besides the document. */
export interface ReadConfigOptions {
  /** Whether the variable `NAME` is set; null: do not check. */
  readonly hasVariable: ((name: string) => boolean) | null;
  /** Shortest `every` that the plan allows; default: that of the free plan. */
  readonly floorMs?: DurationMs;
  /** The document was saved by an older release: renamed keys are accepted under their old names. */
  readonly isStored?: boolean;
}

/** Result of reading a document. */
export interface ReadConfig {
  /** null if any problem is an error. */
  readonly config: Config | null;
  /** In document order. */
  readonly problems: ConfigProblem[];
}

/**
 * Reads and checks a document. Never throws for a mistake in it.
 *
 * @param source YAML 1.2 or JSON, at most CONFIG_BYTES_MAX bytes
 */
export function readConfig(source: string, options: ReadConfigOptions): ReadConfig {
  return checkDocument(readDocument(source), options);
}

/** Like `readConfig`, for a document that `readDocument` has already read. */
export function checkDocument(read: ReadDocument, options: ReadConfigOptions): ReadConfig {
  if (read.value === null && read.problems.length > 0) return { config: null, problems: [...read.problems] };
  const value = read.value ?? {};
  const checked = document.safeParse(options.isStored ? withoutOldKeys(value) : value, {
    reportInput: false,
  });
  const problems = [...read.problems, ...variableProblems(read, options.hasVariable)];
  if (checked.success)
    problems.push(...new Checks(read, checked.data, options.floorMs ?? POLL_FLOOR_MS).run());
  else problems.push(...checked.error.issues.flatMap((issue) => problemsOfIssue(read, issue)));
  const failed = !checked.success || problems.some((problem) => problem.level === 'error');
  if (failed) problems.push(...expressionProblems(read));
  problems.sort((a, b) => a.offset - b.offset);
  return {
    config: failed ? null : buildConfig(checked.data, read.places),
    problems: problems.slice(0, CONFIG_PROBLEMS_MAX),
  };
}

/** Rules whose query is compiled only if the rest of the document is valid. */
const QUERY_PATH = /^rules\[\d+\]\.query$/u;

/** Mistakes in expressions of a document that is not compiled: its author sees them together with the other mistakes. */
function expressionProblems({ texts, places }: ReadDocument): ConfigProblem[] {
  return [...texts].flatMap(([path, text]) => {
    if (!QUERY_PATH.test(path)) return [];
    try {
      parseQuery(text);
      return [];
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      return [ruleProblem(places, path, error)];
    }
  });
}

/** Checks that span several values: names that must be unique, and names that must exist. */
class Checks {
  readonly #read: ReadDocument;
  readonly #document: ConfigDocument;
  readonly #floorMs: DurationMs;
  readonly #problems: ConfigProblem[] = [];

  constructor(read: ReadDocument, checked: ConfigDocument, floorMs: DurationMs) {
    this.#floorMs = floorMs;
    this.#read = read;
    this.#document = checked;
  }

  /** Collects all problems; the order does not matter, because the caller sorts them. */
  run(): ConfigProblem[] {
    this.#presence();
    this.#feeds();
    this.#polls();
    this.#packs();
    this.#lists();
    this.#rules();
    this.#ops();
    this.#problems.push(...channelProblems(this.#read, this.#document.channels));
    return this.#problems;
  }

  /** Adds a problem at a path; an unknown path is the start of the document. */
  #add(
    path: string,
    code: string,
    message: string,
    hint: string | null,
    level: 'error' | 'warning' = 'error',
  ): void {
    const place = this.#read.places.byPath[path] ?? null;
    this.#problems.push(problemAt(this.#read.places, path, place, { level, code, message, hint }));
  }

  /** A document without feeds or rules does nothing. */
  #presence(): void {
    const { feeds, rules } = this.#document;
    if (feeds.length === 0) {
      this.#add(
        '',
        'E_NO_FEED',
        'the document has no feeds',
        'add feeds: [{ url: https://example.org/rss }]',
      );
    }
    if (rules.length === 0) {
      this.#add('', 'E_NO_RULE', 'the document has no rules', 'add rules: [{ id: my-rule, query: word }]');
    }
  }

  /** Polling floor, duplicate addresses and duplicate ids of feeds. */
  #feeds(): void {
    const urls = new Map<string, number>();
    const ids = new Map<string, number>();
    this.#document.feeds.forEach((feed, at) => {
      if (feed.every !== undefined && feed.every < this.#floorMs) {
        const minutes = this.#floorMs / MINUTE_MS;
        this.#add(
          `feeds[${at}].every`,
          'E_VALUE',
          `a feed can be polled at most every ${counted(minutes, 'minute')}`,
          `write every: ${minutes}m; VIGIE_PLAN=paid in the environment allows every: 1m`,
        );
      }
      const address = addressOf(feed);
      const first = urls.get(address);
      if (first !== undefined) {
        const hint = `remove it; until then its tags are added to feeds[${first}]`;
        this.#add(`feeds[${at}].url`, 'W_DUP_FEED', 'this feed is listed twice', hint, 'warning');
        return;
      }
      urls.set(address, at);
      const id = feedIdOf(feed);
      const other = ids.get(id);
      if (other === undefined) ids.set(id, at);
      else this.#duplicate(`feeds[${at}]`, feed.id === undefined ? 'url' : 'id', id, `feeds[${other}]`);
    });
  }

  /** Feeds with the same address count once. */
  #polls(): void {
    const feeds = new Map(this.#document.feeds.toReversed().map((feed) => [addressOf(feed), feed]));
    const fault = tooManyPolls(
      [...feeds.values()].flatMap(({ every, paused }) => (paused ? [] : (every ?? []))),
    );
    if (fault === null) return;
    this.#add('feeds', fault.code, fault.message, fault.hint ?? null, 'warning');
  }

  #duplicate(path: string, key: string, id: string, other: string): void {
    this.#add(
      `${path}.${key}`,
      'E_DUPLICATE_ID',
      `the id '${id}' is already used by ${other}`,
      'give each item its own id',
    );
  }

  /** Ids in `use`. */
  #packs(): void {
    this.#document.use.forEach((id, at) => {
      if (isPackId(id)) return;
      const near = nearest(id, PACK_IDS);
      const hint = near === null ? `known packs: ${PACK_IDS.join(', ')}` : `did you mean ${near}?`;
      this.#add(`use[${at}]`, 'E_UNKNOWN_PACK', `'${id}' is not a known pack`, hint);
    });
  }

  /** Sizes of lists, and ids that are both an entity and a concept. */
  #lists(): void {
    const sections = [
      { section: 'entities', lists: this.#document.entities },
      { section: 'concepts', lists: this.#document.concepts },
    ];
    for (const { section, lists } of sections) {
      for (const [id, list] of Object.entries(lists)) {
        const terms = [list.terms, list.exact, ...Object.values(list.langs)].flat().length;
        if (terms <= LIST_TERMS_MAX) continue;
        const hint = 'split the list and include the parts';
        this.#add(
          pathOf(section, id),
          'E_LIMIT',
          `a list may have at most ${LIST_TERMS_MAX} terms, this one has ${terms}`,
          hint,
        );
      }
    }
    for (const id of Object.keys(this.#document.concepts)) {
      if (!Object.hasOwn(this.#document.entities, id)) continue;
      const path = pathOf('concepts', id);
      this.#add(
        path,
        'E_DUPLICATE_ID',
        `the id '${id}' is already used by an entity`,
        'give each item its own id',
      );
    }
  }

  /** Ids, tests, channels and developments of rules. */
  #rules(): void {
    const ids = new Map<string, number>();
    const tests = this.#document.rules.flatMap(({ tests }) =>
      [tests?.match ?? [], tests?.no_match ?? []].flat(),
    );
    if (tests.length > RULE_TESTS_MAX) {
      this.#add(
        'rules',
        'E_LIMIT',
        `a document may have at most ${RULE_TESTS_MAX} tests, this one has ${tests.length}`,
        'remove some tests',
      );
    }
    this.#document.rules.forEach((rule, at) => {
      const path = `rules[${at}]`;
      const other = ids.get(rule.id);
      if (other === undefined) ids.set(rule.id, at);
      else this.#duplicate(path, 'id', rule.id, `rules[${other}]`);
      if (rule.query === undefined && rule.score === undefined) {
        this.#add(path, 'E_MISSING_KEY', 'a rule needs a query or a score', 'add query: word AND other');
      }
      const hasChannels = Object.keys(this.#document.channels).length > 0;
      if (hasChannels && (rule.notify?.to.length ?? 0) === 0) {
        this.#add(
          path,
          'W_NO_CHANNEL',
          'this rule sends alerts to no channel',
          'add notify: { to: [channel] }',
          'warning',
        );
      }
      rule.notify?.to.forEach((channel, to) => {
        if (!Object.hasOwn(this.#document.channels, channel))
          this.#unknownChannel(`${path}.notify.to[${to}]`, channel);
      });
      rule.notify?.on?.forEach((kind, on) => {
        if (!isDevelopmentKind(kind)) this.#development(`${path}.notify.on[${on}]`, kind);
      });
    });
  }

  #ops(): void {
    this.#document.ops?.forEach((channel, at) => {
      if (!Object.hasOwn(this.#document.channels, channel)) this.#unknownChannel(`ops[${at}]`, channel);
    });
  }

  /** @param path of an item; a single text instead of a list has the path of its key */
  #unknownChannel(path: string, channel: string): void {
    const place = path in this.#read.places.byPath ? path : path.replace(/\[\d+\]$/u, '');
    const known = Object.keys(this.#document.channels);
    const near = nearest(channel, known);
    const listed = known.length === 0 ? 'add it under channels:' : `known channels: ${known.join(', ')}`;
    const hint = near === null ? listed : `did you mean ${near}?`;
    this.#add(place, 'E_UNKNOWN_CHANNEL', `'${channel}' is not a known channel`, hint);
  }

  #development(path: string, kind: string): void {
    const place = path in this.#read.places.byPath ? path : path.replace(/\[\d+\]$/u, '');
    const near = nearest(kind, DEVELOPMENT_KINDS);
    const hint =
      near === null ? `known developments: ${DEVELOPMENT_KINDS.join(', ')}` : `did you mean ${near}?`;
    this.#add(place, 'E_VALUE', `'${kind}' is not a known development`, hint);
  }
}
