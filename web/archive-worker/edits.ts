/** Applies an edit that the page asks for, with lib/config/edit/edit.ts. Runs in the worker. */
import {
  addFeeds,
  addRule,
  addTest,
  removeFeed,
  removeRule,
  setPaused,
  setQuery,
  setRuleKey,
  setTestMode,
} from '../../lib/config/edit/edit.ts';
import type { Edit } from './protocol.ts';

/** Throws EditError. */
export function edited(source: string, edit: Edit): string {
  switch (edit.kind) {
    case 'query':
      return setQuery(source, edit.rule, edit.query);
    case 'key':
      return setRuleKey(source, edit.rule, edit.key, edit.value);
    case 'test-mode':
      return setTestMode(source, edit.rule, edit.testMode);
    case 'test':
      return addTest(source, edit.rule, edit.side, edit.test);
    case 'add-rule':
      return addRule(source, edit.rule);
    case 'remove-rule':
      return removeRule(source, edit.rule);
    case 'add-feeds':
      return addFeeds(source, edit.feeds);
    case 'remove-feed':
      return removeFeed(source, edit.url);
    case 'pause-feed':
      return setPaused(source, edit.url, edit.paused);
  }
}
