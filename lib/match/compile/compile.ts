/**
 * Compiles the rules of a configuration into one buffer: automaton, programs, names. Runs where a configuration is saved
 * (page, CLI, desk), never when a Worker starts. Reports all errors and warnings of the rules with their positions.
 */
import type { Config, ConfigProblem, Places, RuleConfig } from '../../model/config.ts';
import { CONFIG_TERMS_MAX } from '../../model/limits.ts';
import { RuleError } from '../../rule/error.ts';
import { parseQuery } from '../../rule/parse.ts';
import { printQuery } from '../../rule/print.ts';
import { problemAt, ruleProblem } from '../../rule/problem.ts';
import type { Query } from '../../rule/query.ts';
import { FOLD_HASH } from '../../text/fold-table.ts';
import { type Sections, writeSections } from '../format.ts';
import { warnings } from '../lint/warnings.ts';
import { Lists } from '../lists.ts';
import { testProblems } from '../run/tests.ts';
import { loadRegexEngine } from '../search/regex-engine.ts';
import { anchorsOf } from './anchor.ts';
import { Assembler, type Compiled } from './assemble.ts';
import { csr, Patterns } from './patterns.ts';

/** Result of compiling. */
export interface CompiledRules {
  /** The buffer for lib/match/run/load.ts; null if a problem is an error. */
  readonly binary: Uint8Array | null;
  /** In document order. */
  readonly problems: ConfigProblem[];
}

/** Configurations without a document, such as searches, have no positions. */
const NO_PLACES: Places = { lineStarts: [0], byPath: {} };

/** Compiles the rules and runs their own tests. Never rejects for a mistake of the author. */
export async function compileRules(config: Config): Promise<CompiledRules> {
  if (config.rules.some(mayHoldRegex)) await loadRegexEngine();
  return compileLoaded(config);
}

/** Like `compileRules`, but failing tests of rules are only warnings: the user saves them with a reason. */
export async function compileDespiteTests(config: Config): Promise<CompiledRules> {
  if (config.rules.some(mayHoldRegex)) await loadRegexEngine();
  const built = new Compiler(config).all();
  if (built.binary === null) return built;
  const failed = testProblems(config, built.binary, config.places ?? NO_PLACES);
  const warned = failed.map((problem) => ({ ...problem, level: 'warning' as const }));
  return { binary: built.binary, problems: inOrder([...built.problems, ...warned]) };
}

/** Cheap test: a false positive only loads the engine. */
function mayHoldRegex({ query, quantity, score }: RuleConfig): boolean {
  const texts = [query, quantity?.of ?? '', ...(score?.terms.map(({ term }) => term) ?? [])];
  return texts.some((text) => text.includes('re:'));
}

/** Like `compileRules`, synchronous: the regular expression engine must be loaded, or no rule may use re:"…". */
export function compileLoaded(config: Config): CompiledRules {
  const built = new Compiler(config).all();
  if (built.binary === null) return built;
  const failed = testProblems(config, built.binary, config.places ?? NO_PLACES);
  const problems = inOrder([...built.problems, ...failed]);
  return { binary: failed.length === 0 ? built.binary : null, problems };
}

/** By position in the document. */
function inOrder(problems: ConfigProblem[]): ConfigProblem[] {
  return problems.sort((a, b) => a.offset - b.offset);
}

/** Collects the tables of one configuration. */
class Compiler {
  readonly #config: Config;
  readonly #places: Places;
  readonly #problems: ConfigProblem[] = [];
  readonly #lists: Lists;
  readonly #patterns = new Patterns();
  readonly #strings = new Map<string, number>();
  readonly #assembler: Assembler;
  readonly #ruleIds: number[] = [];
  readonly #clauseAt: number[] = [0];
  readonly #clauseText: number[] = [];
  readonly #programAt: number[] = [0];
  /** Rules by the leaf that anchors them. */
  readonly #anchors: number[][] = [];
  readonly #queries: (Query | null)[] = [];

  constructor(config: Config) {
    this.#config = config;
    this.#places = config.places ?? NO_PLACES;
    this.#lists = new Lists(config);
    this.#assembler = new Assembler(this.#lists, this.#patterns, this.#string);
  }

  /** Number of a text in the string table. */
  readonly #string = (text: string): number => {
    const known = this.#strings.get(text);
    if (known !== undefined) return known;
    this.#strings.set(text, this.#strings.size);
    return this.#strings.size - 1;
  };

  /** Compiles all rules in document order. */
  all(): CompiledRules {
    this.#config.rules.forEach((rule, at) => {
      this.rule(rule, `rules[${at}]`);
    });
    return this.finish();
  }

  /** Compiles one rule into clauses, all of which must hold. */
  rule(rule: RuleConfig, path: string): void {
    const index = this.#ruleIds.push(this.#string(rule.id)) - 1;
    const clauses: Compiled[] = [];
    this.#where(rule, clauses);
    this.#query(rule, path, clauses);
    this.#score(rule, path, clauses);
    this.#quantity(rule, path, clauses);
    this.#clauseAt.push(this.#clauseText.length);
    this.#anchor(index, path, { kind: 'all', of: clauses });
  }

  /** Appends a clause whose instructions were just emitted. */
  #clause(text: string, clause: Compiled, into: Compiled[]): void {
    this.#clauseText.push(this.#string(text));
    this.#programAt.push(this.#assembler.program.length);
    into.push(clause);
  }

  /** Runs `work`; a RuleError becomes a problem of the text at `path`, and the instructions emitted so far are dropped. */
  #try(path: string, work: () => void): void {
    const start = this.#assembler.program.length;
    try {
      work();
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      this.#assembler.program.length = start;
      this.#problems.push(ruleProblem(this.#places, path, error));
    }
  }

  /** Conditions come first: they are cheap and exclude many entries. */
  #where({ where }: RuleConfig, clauses: Compiled[]): void {
    const rows = [
      { key: 'lang', values: where.lang, not: where.notLang },
      { key: 'publisher', values: where.publisher, not: where.notPublisher },
      { key: 'tag', values: where.tag, not: [] },
    ] as const;
    for (const { key, values, not } of rows) {
      const text = (list: readonly string[]) =>
        printQuery({ kind: 'meta', span: { from: 0, to: 0 }, key, values: list });
      if (values.length > 0) this.#clause(text(values), this.#assembler.emitMeta(key, values), clauses);
      if (not.length > 0) this.#clause(`NOT ${text(not)}`, this.#assembler.emitNotMeta(key, not), clauses);
    }
  }

  /** Top-level operands of AND become clauses of their own, so that explanations name the one that fails. */
  #query(rule: RuleConfig, path: string, clauses: Compiled[]): void {
    this.#queries.push(null);
    if (rule.query.trim() === '' && rule.score !== null) return;
    this.#try(`${path}.query`, () => {
      const query = parseQuery(rule.query);
      this.#queries[this.#queries.length - 1] = query;
      for (const operand of inCheapOrder(query.kind === 'and' ? query.of : [query])) {
        this.#clause(printQuery(operand), this.#assembler.emit(operand), clauses);
      }
    });
  }

  /** Each term is parsed on its own, so that all of its errors are reported. */
  #score({ score }: RuleConfig, path: string, clauses: Compiled[]): void {
    if (score === null) return;
    const terms: { query: Query; weight: number }[] = [];
    for (const { term, weight } of score.terms) {
      this.#try(`${path}.score.terms`, () => terms.push({ query: readOperand(term), weight }));
    }
    this.#try(`${path}.score`, () => {
      this.#clause(`score >= ${score.threshold}`, this.#assembler.emitScore(score.threshold, terms), clauses);
    });
  }

  /** Compiled like `COUNT(of, within) op value`. */
  #quantity({ quantity }: RuleConfig, path: string, clauses: Compiled[]): void {
    if (quantity === null) return;
    this.#try(`${path}.quantity.of`, () => {
      const { op, value, within } = quantity;
      const of = readOperand(quantity.of);
      const query: Query = { kind: 'count', span: of.span, of, within, op, value };
      this.#clause(printQuery(query), this.#assembler.emit(query), clauses);
    });
  }

  /** Registers the rule under its anchors. */
  #anchor(rule: number, path: string, whole: Extract<Compiled, { kind: 'all' }>): void {
    if (whole.of.length === 0 || this.#problems.some((problem) => problem.path.startsWith(`${path}.`)))
      return;
    const anchors = anchorsOf(whole, this.#assembler.sizeOf);
    if (anchors === null || anchors.size === 0) {
      const at = this.#places.byPath[`${path}.query`] ?? this.#places.byPath[path] ?? null;
      const message = 'this rule needs no word to match: it would match every entry';
      const hint = 'add a word, phrase or @id that must occur';
      this.#problems.push(
        problemAt(this.#places, `${path}.query`, at, { code: 'E_NO_ANCHOR', message, hint }),
      );
      return;
    }
    for (const leaf of anchors) {
      this.#anchors[leaf] ??= [];
      this.#anchors[leaf].push(rule);
    }
  }

  /** @returns no binary if any problem is an error */
  finish(): CompiledRules {
    const problems = this.#problems;
    problems.push(...this.#lists.problems);
    if (this.#patterns.count > CONFIG_TERMS_MAX) {
      const message = `a configuration may have at most ${CONFIG_TERMS_MAX} distinct terms, this one has ${this.#patterns.count}`;
      problems.push(problemAt(this.#places, '', null, { code: 'E_LIMIT', message }));
    }
    problems.push(...warnings(this.#config, this.#lists, this.#queries, this.#places));
    if (problems.some((problem) => problem.level === 'error'))
      return { binary: null, problems: inOrder(problems) };
    return { binary: writeSections(this.#sections(), FOLD_HASH), problems: inOrder(problems) };
  }

  /** The sections of the buffer, described in lib/match/format.ts. */
  #sections(): Sections {
    const patterns = this.#patterns.sections(this.#string);
    const anchors = csr(
      Array.from({ length: this.#patterns.leafCount }, (_, leaf) => this.#anchors[leaf] ?? []),
    );
    const texts = [...this.#strings.keys()];
    const stringAt = new Int32Array(texts.length + 1);
    texts.forEach((text, at) => {
      stringAt[at + 1] = stringAt[at]! + text.length;
    });
    const strings = new Uint16Array(stringAt[texts.length]!);
    texts.forEach((text, at) => {
      for (let k = 0; k < text.length; k++) strings[stringAt[at]! + k] = text.charCodeAt(k);
    });
    return {
      ...patterns,
      anchorAt: anchors.at,
      anchorRule: Int32Array.from(anchors.values),
      ruleId: Int32Array.from(this.#ruleIds),
      clauseAt: Int32Array.from(this.#clauseAt),
      clauseText: Int32Array.from(this.#clauseText),
      programAt: Int32Array.from(this.#programAt),
      program: Int32Array.from(this.#assembler.program),
      numbers: Float64Array.from(this.#assembler.numbers),
      stringAt,
      strings,
    };
  }
}

/** Parses a bare term of `score` or `quantity`: an expression, or a phrase without its quotes. */
function readOperand(text: string): Query {
  const isExpression = /^(?:@|"|="|re:")/u.test(text.trim());
  return parseQuery(isExpression ? text : `"${text.replace(/["\\]/gu, '\\$&')}"`);
}

/** Tests of metadata first, figures last, otherwise in the written order. */
function inCheapOrder(clauses: readonly Query[]): Query[] {
  const cost = (query: Query): number =>
    query.kind === 'meta' ? 0 : query.kind === 'count' || query.kind === 'qty' ? 2 : 1;
  return [...clauses].sort((a, b) => cost(a) - cost(b));
}
