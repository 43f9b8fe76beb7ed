/** Parts of stories and traces: matches, figures, explanations, developments. The types of lib/model and lib/match as sent. */
import * as z from 'zod';
import type { ListName } from '../match/compile/lexicon.ts';
import type { Explanation } from '../match/run/explain.ts';
import type { AlertFigure, AlertKind, AlertSource } from '../model/alert.ts';
import type { Severity } from '../model/config.ts';
import { answer, language, textOrNull, time, timeOrNull, type Wire } from './common.ts';

export const severity = z.enum(['info', 'low', 'medium', 'high', 'critical']) satisfies z.ZodType<Severity>;

/** `repeat`: a reminder of an ongoing story. */
const alertKind = z.enum([
  'first',
  'confirmed',
  'language',
  'figure',
  'closed',
  'repeat',
]) satisfies z.ZodType<AlertKind>;
/** Developments that a rule alerts on. */
export const alertOn = z.array(alertKind.exclude(['repeat']));

const field = z.enum(['title', 'summary', 'content']);

/** A range [start, end) of UTF-16 units in one text of an entry, and the term that matched. */
export const span = answer(
  'Span',
  z.object({
    field,
    start: z.int(),
    end: z.int(),
    term: z.string(),
    /** Id of the entity or concept that contains the term; null: the term is written in the query. */
    concept: textOrNull,
  }),
);

const quantity = answer(
  'Quantity',
  z.object({
    value: z.number(),
    approximate: z.boolean(),
    /** Id of what it counts; null: a term of the query, or nothing that the rule names. */
    of: textOrNull,
    field,
    start: z.int(),
    end: z.int(),
  }),
);

/** A figure of a story with its speaker. */
export const figure = answer(
  'Figure',
  z.object({
    value: z.number(),
    approximate: z.boolean(),
    /** Id of the concept that it counts; null: unknown. */
    of: textOrNull,
    /** The speaker: an entity's English title, else the publisher. */
    by: textOrNull,
    entry: z.string(),
    /** English title of what is counted; null: unknown. */
    title: textOrNull,
  }) satisfies z.ZodType<AlertFigure>,
);

/** One report in the tree of independent sources and their copies. */
export const source: z.ZodType<AlertSource> = answer(
  'Source',
  z.object({
    entry: z.string(),
    publisher: textOrNull,
    country: textOrNull,
    grade: textOrNull,
    lang: language,
    title: z.string(),
    url: textOrNull,
    at: time,
    /** Reports that copy this one; empty for a copy. */
    get copies() {
      return z.array(source);
    },
  }),
);

const clause = answer(
  'Clause',
  z.object({
    /** The clause as an expression. All clauses must hold. */
    text: z.string(),
    holds: z.boolean(),
    /** Matches that made it hold; empty if it does not hold, and under NOT. */
    spans: z.array(span),
    /** What is missing; null if the clause holds. */
    shortfall: z.object({ branch: textOrNull, fails: z.string(), why: z.string() }).nullable(),
  }),
);

/** Why a rule matches an entry or not. */
export const ruleTrace = answer(
  'RuleTrace',
  z.object({
    id: z.string(),
    title: z.string(),
    /** The same as `id`. */
    rule: z.string(),
    matched: z.boolean(),
    /** Hits of the rule's terms, whether they contributed or not. */
    hits: z.array(span),
    clauses: z.array(clause),
    /** Index of the first clause that does not hold; null: all hold. */
    failed: z.int().nullable(),
    quantities: z.array(quantity),
  }) satisfies z.ZodType<Explanation>,
);

/** An entity or concept. */
export const listName = answer(
  'ListName',
  z.object({
    id: z.string(),
    title: z.string(),
    kind: z.enum(['entity', 'concept', 'agency', 'speaker']),
    country: textOrNull,
    /** Id under which figures count its terms; null: they do not. */
    counted: textOrNull,
  }) satisfies z.ZodType<ListName>,
);

/** What changed in a story, and the decision whether to alert. */
export const development = answer(
  'Development',
  z.object({
    at: time,
    rule: z.string(),
    story: z.string(),
    /** null: time caused it. */
    entry: textOrNull,
    kind: alertKind,
    /** send · queued:{quiet,digest,budget,group} · muted:{rule,story,publisher} · test-mode · not-asked */
    decision: z.string(),
  }),
);

/** Text and facts that rules use. */
export const entry = answer(
  'Entry',
  z.object({
    id: z.string(),
    title: z.string(),
    summary: z.string(),
    /** Searched only if `summary` is empty. */
    content: z.string(),
    url: textOrNull,
    lang: language,
    publisher: textOrNull,
    country: textOrNull,
    feed: textOrNull,
    authors: z.array(z.string()),
    tags: z.array(z.string()),
    /** Effective date: min(published, first seen + 5 min); null: undated. */
    published: timeOrNull,
  }),
);

export type Development = Wire<z.output<typeof development>>;
export type RuleTrace = Wire<z.output<typeof ruleTrace>>;
export type Entry = Wire<z.output<typeof entry>>;
