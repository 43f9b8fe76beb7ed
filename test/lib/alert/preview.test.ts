/** What a rule would have told: the desk's own stories and decisions over entries of an archive. */
import { describe, expect, test } from 'vitest';
import { type CaughtEntry, previewAlerts } from '../../../lib/alert/preview.ts';
import { compileLexicon, type Lexicon } from '../../../lib/match/compile/lexicon.ts';
import { loadRules } from '../../../lib/match/run/load.ts';
import { factsOf } from '../../../lib/story/facts.ts';
import { testNotify, testRule } from '../../fixtures/config.ts';

const { binary, names } = compileLexicon({
  version: 1,
  feeds: [],
  use: ['countries', 'military'],
  lists: [],
  rules: [],
  channels: [],
  allowHosts: [],
  families: {},
});
const lexicon: Lexicon = { rules: loadRules(binary!), names: new Map(names.map((name) => [name.id, name])) };
const hearsay = {
  familyOf: () => null,
  titleOf: (id: string) => lexicon.names.get(id)?.title ?? id,
  factsOf: (entry: CaughtEntry['entry']) => factsOf(entry, lexicon),
};
const START = Date.UTC(2024, 9, 18, 6);
const HOUR = 3_600_000;

let n = 0;
function caught(
  title: string,
  hours: number,
  change: Partial<CaughtEntry['entry']> = {},
  key = n,
): CaughtEntry {
  const seen = START + hours * HOUR;
  const id = `e${n++}`;
  const publisher = `Publisher ${n}`;
  const rest = {
    summary: '',
    content: '',
    url: null,
    lang: 'en',
    country: null,
    feed: null,
    authors: [],
    tags: [],
  };
  return { seen, keys: [key], entry: { id, title, publisher, published: seen, ...rest, ...change } };
}

const FLEET = 'North Korea sends 1,500 soldiers to Russia';

describe('a rehearsal', () => {
  test('tells a story once, and what changes in it', () => {
    const rule = testRule('nk', { notify: testNotify({ on: ['first', 'figure'] }), testMode: true });
    const entries = [
      caught('North Korea sends 12,000 soldiers to Russia, Seoul says', 3),
      caught(FLEET, 0),
      caught('Seoul: North Korea sends 1,500 soldiers to Russia', 1),
    ];
    expect(previewAlerts(rule, entries, hearsay)).toEqual({
      alerts: 2,
      times: [START, START + 3 * HOUR],
      silent: 1,
      stories: 1,
      worstHour: { at: START, alerts: 1 },
    });
  });

  test('counts what came before as known: an edit, an old date', () => {
    const rule = testRule('nk');
    const old = caught('Storm floods the harbour of Brest', 5, { published: START - 30 * 24 * HOUR });
    const [first, edit] = [caught(FLEET, 0, {}, 7_001), caught(`${FLEET} (updated)`, 1, {}, 7_001)];
    expect(previewAlerts(rule, [first, edit, old], hearsay)).toMatchObject({
      alerts: 1,
      silent: 1,
      stories: 2,
    });
  });

  test('a rule that tells nobody yet is counted as if it did', () => {
    const rule = testRule('nk', { notify: testNotify({ to: [] }) });
    expect(previewAlerts(rule, [caught(FLEET, 0)], hearsay).alerts).toBe(1);
  });

  test('of nothing is nothing', () => {
    const nothing = { alerts: 0, times: [], silent: 0, stories: 0, worstHour: null };
    expect(previewAlerts(testRule('nk'), [], hearsay)).toEqual(nothing);
  });
});
