/** Warnings about rules that compile: common words, lower-case operators, unused lists, duplicate terms, language gaps. */
import type { Config, ConfigProblem, Places, TermList } from '../../model/config.ts';
import type { Span } from '../../rule/error.ts';
import { printQuery } from '../../rule/print.ts';
import { problemAt, problemInText } from '../../rule/problem.ts';
import { operandsOf, type Query } from '../../rule/query.ts';
import { requiredWords } from '../../rule/regex-literal.ts';
import { foldText } from '../../text/fold.ts';
import { CLASS, foldTable } from '../../text/fold-table.ts';
import { type Lists, rootOf } from '../lists.ts';
import { contradictions } from './contradiction.ts';
import { languageGap } from './language-gap.ts';

/** Words that are too frequent to be useful, folded. */
const STOP_WORDS = new Set(
  (
    'the and for are was has had not but his her its our you all can from with this that they will have been were ' +
    'les des une est pas par sur qui que dans pour avec der die das und ist von den dem ein eine mit auf nicht ' +
    'los las una del por con para como mas что это как для или его при был они все над под без что и не на по из ' +
    'uma nao com mais per non che sono dei della och att det som inte jest nie sie oraz bir ile icin olan'
  ).split(' '),
);
/** Shorter words occur in almost every text. */
const LETTERS_MIN = 3;
/** Operators in lower case, which are words of the language. */
const OPERATOR = /^(?:and|or|not|near|onear|sentence)$/u;

/** @param queries by rule; null: the rule has no query or it does not parse. @returns warnings, not sorted */
export function warnings(
  config: Config,
  lists: Lists,
  queries: readonly (Query | null)[],
  places: Places,
): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  queries.forEach((query, at) => {
    if (query === null) return;
    const path = `rules[${at}].query`;
    problems.push(...termWarnings(query, path, places));
    problems.push(...regexWarnings(query, path, places));
    problems.push(...contradictionWarnings(query, lists, path, places));
    problems.push(...gapWarning(query, lists, path, places));
  });
  for (const list of config.lists) problems.push(...listWarnings(list, lists, places));
  return problems;
}

/** Operators in lower case, and common words. */
function termWarnings(query: Query, path: string, places: Places): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const add = (span: Span, code: string, message: string, hint: string) =>
    problems.push(problemInText(places, path, span, { level: 'warning', code, message, hint }));
  for (const node of nodesOf(query)) {
    if (node.kind !== 'term' || node.exact) continue;
    if (OPERATOR.test(node.text)) {
      add(
        node.span,
        'W_LOWERCASE_OPERATOR',
        `'${node.text}' is read as a word, not as an operator`,
        `write ${node.text.toUpperCase()}`,
      );
    } else if (isCommon(node.text)) {
      add(
        node.span,
        'W_COMMON_TERM',
        `'${node.text}' occurs in almost every entry`,
        'use a phrase, or ="…" for an acronym',
      );
    }
  }
  return problems;
}

/** All nodes, without recursion, because expressions may be long. */
function nodesOf(query: Query): Query[] {
  const nodes = [query];
  for (const node of nodes) nodes.push(...operandsOf(node));
  return nodes;
}

/** Whether a term would match a large part of all entries. */
function isCommon(text: string): boolean {
  const folded = foldText(text.replace(/\*\d*/gu, ''));
  const scriptClass = foldTable().classes[folded.charCodeAt(0)];
  if (scriptClass === CLASS.han || scriptClass === CLASS.hangul) return folded.length < 2;
  if (scriptClass === CLASS.digit || text.includes('*')) return false;
  return folded.length < LETTERS_MIN || STOP_WORDS.has(folded);
}

/** Unused lists, duplicate terms and common words of the document's own lists. */
function listWarnings(list: TermList, lists: Lists, places: Places): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const root = rootOf(list);
  const warn = (path: string, code: string, message: string, hint: string | null) =>
    problems.push(
      problemAt(places, path, places.byPath[path] ?? null, { level: 'warning', code, message, hint }),
    );
  if (!lists.used.has(list.id))
    warn(root, 'W_UNUSED_ID', `no rule uses '${list.id}'`, `use @${list.id} in a query or remove the list`);
  const seen = new Map<string, string>();
  const counters = new Map<string, number>();
  for (const { term, lang } of list.terms) {
    const section = lang === null ? 'terms' : `langs.${lang}`;
    const at = counters.get(section) ?? 0;
    counters.set(section, at + 1);
    const path = `${root}.${section}[${at}]`;
    // The same word under two languages is not a duplicate: it marks both as covered.
    const key = `${lang ?? ''} ${foldText(term)} ${/\*\d*$/u.exec(term)?.[0] ?? ''}`;
    const first = seen.get(key);
    if (first !== undefined)
      warn(path, 'W_DUP_TERM', `'${term}' is the same as '${first}'`, 'remove one of them');
    else seen.set(key, term);
    if (isCommon(term))
      warn(
        path,
        'W_COMMON_TERM',
        `'${term}' occurs in almost every entry`,
        'use a phrase, or put it under exact:',
      );
  }
  return problems;
}

/** Languages in which the rule cannot match. */
function gapWarning(query: Query, lists: Lists, path: string, places: Places): ConfigProblem[] {
  const gap = languageGap(query, lists);
  if (gap === null) return [];
  const message = `the lists of this rule cover different languages: ${gap}`;
  const fault = { level: 'warning', code: 'W_LANG_GAP', message, hint: 'add terms under langs:' } as const;
  return [problemAt(places, path, places.byPath[path] ?? null, fault)];
}

/** NOTs that exclude what the rule requires. */
function contradictionWarnings(query: Query, lists: Lists, path: string, places: Places): ConfigProblem[] {
  return contradictions(query, lists).map(({ not, wanted }) =>
    problemInText(places, path, not.span, {
      level: 'warning',
      code: 'W_CONTRADICTION',
      message: `this excludes ${printQuery(wanted)}, which is required: the expression can never match`,
      hint: 'use not_in: for phrases in which a word has another meaning',
    }),
  );
}

/** Patterns that no word gates. */
function regexWarnings(query: Query, path: string, places: Places): ConfigProblem[] {
  return nodesOf(query).flatMap((node) => {
    if (node.kind !== 'regex' || requiredWords(node.pattern) !== null) return [];
    const message = 'this pattern contains no fixed word: it is tried on every entry';
    const fault = {
      level: 'warning',
      code: 'W_NO_LITERAL',
      message,
      hint: 'words and wildcards are faster',
    } as const;
    return [problemInText(places, path, node.span, fault)];
  });
}
