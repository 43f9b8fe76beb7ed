/** A configuration with one rule for an expression, with the lists of another configuration; for searches and previews. */
import type { Config } from '../../model/config.ts';
import { ruleOfQuery } from './lexicon.ts';

/** @param query an expression. @returns a configuration whose only rule is called `query` */
export function queryRule(query: string, { use, lists }: Pick<Config, 'use' | 'lists'>): Config {
  return {
    version: 1,
    feeds: [],
    use,
    lists,
    rules: [ruleOfQuery('query', query)],
    channels: [],
    families: {},
    allowHosts: [],
  };
}
