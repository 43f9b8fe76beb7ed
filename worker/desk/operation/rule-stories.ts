/** The open stories of rules: read from the table on first use and kept for one transaction. */

import { titleOf, type Wording } from '../../../lib/alert/compose.ts';
import type { RuleConfig, RunningConfig } from '../../../lib/model/config.ts';
import { familiesOf } from '../../../lib/story/publisher.ts';
import { storyRuleOf } from '../../../lib/story/replay.ts';
import { OpenStories } from '../../../lib/story/story.ts';
import type { Sql } from '../table/sql.ts';
import { openStories, TextRows } from '../table/stories.ts';

/** Cache of open stories within one transaction. */
export class RuleStories {
  /** The family of an entry's publisher; null: it belongs to none. */
  readonly familyOf: ReturnType<typeof familiesOf>;
  readonly #sql: Sql;
  readonly #names: Wording['names'];
  readonly #open = new Map<string, OpenStories>();

  constructor(sql: Sql, names: Wording['names'], families: RunningConfig['families']) {
    this.#sql = sql;
    this.#names = names;
    this.familyOf = familiesOf(families);
  }

  of(rule: RuleConfig): OpenStories {
    const known = this.#open.get(rule.id);
    if (known !== undefined) return known;
    const open = new OpenStories(
      storyRuleOf(rule, titleOf(this.#names)),
      openStories(this.#sql, rule.id),
      new TextRows(this.#sql, rule.id),
    );
    this.#open.set(rule.id, open);
    return open;
  }
}
