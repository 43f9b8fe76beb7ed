/** An expression alone, with the lists of a configuration, as a configuration of one rule: for searches and previews. */
import type { Config } from '../../model/config.ts';
import { ruleOfQuery } from './lexicon.ts';

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
