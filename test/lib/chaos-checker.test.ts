/** The judge of test/chaos, against logs whose verdict is known: one that lets a loss pass would make every scenario green. */
import { describe, expect, test } from 'vitest';
import { complaints, judge, type Verdict, type Wanted } from '../chaos/checker.ts';
import type { Answered, ChaosEvent } from '../chaos/event-log.ts';

const RULE: Wanted = { rule: 'r', channels: ['hook'], matches: (title) => title.startsWith('storm') };

const served = (...titles: string[]): ChaosEvent => ({
  at: 0,
  kind: 'served',
  feed: 'f',
  titles,
  news: true,
});
const listedBefore = (...titles: string[]): ChaosEvent => ({
  at: 0,
  kind: 'served',
  feed: 'f',
  titles,
  news: false,
});
const killed: ChaosEvent = { at: 0, kind: 'killed' };
const answered = (id: string, how: Answered, channel = 'hook'): ChaosEvent => ({
  at: 0,
  kind: 'answered',
  channel,
  id,
  how,
  sentAt: 0,
});
/** Taken in under an id, and answered. */
function taken(id: string, title: string, how: Answered = 'yes', channel = 'hook'): ChaosEvent[] {
  const told = [{ rule: 'r', title }];
  return [{ at: 0, kind: 'accepted', channel, id, told, sentAt: 0 }, answered(id, how, channel)];
}

type Counts = { [K in 'lost' | 'unasked' | 'twice' | 'unexplained']?: number };
interface Case {
  readonly name: string;
  readonly log: readonly ChaosEvent[];
  /** Not given: clean. */
  readonly faults?: Counts;
  readonly dead?: readonly string[];
}

const CLEAN: Case[] = [
  { name: 'one entry, told once', log: [served('storm 1'), ...taken('a', 'storm 1')] },
  { name: 'refused, then taken', log: [served('storm 1'), answered('a', 'no'), ...taken('a', 'storm 1')] },
  {
    name: 'taken in doubt, then again',
    log: [served('storm 1'), ...taken('a', 'storm 1', 'nothing'), ...taken('a', 'storm 1')],
  },
  {
    name: 'a kill behind the yes excuses one repeat',
    log: [served('storm 1'), ...taken('a', 'storm 1'), killed, ...taken('a', 'storm 1')],
  },
  {
    name: 'a dead letter is not lost',
    log: [served('storm 1'), answered('a', 'no')],
    dead: ['storm 1 × r × hook'],
  },
  {
    name: 'what the rule does not match is not asked for',
    log: [served('storm 1', 'calm 2'), ...taken('a', 'storm 1')],
  },
  {
    name: 'what a feed begins with is not asked for, however often it is listed',
    log: [listedBefore('storm 0'), served('storm 0', 'storm 1'), ...taken('a', 'storm 1')],
  },
  {
    name: 'a digest tells all of its entries',
    log: [
      served('storm 1', 'storm 2'),
      {
        at: 0,
        kind: 'accepted',
        channel: 'hook',
        id: 'd',
        told: [
          { rule: 'r', title: 'storm 1' },
          { rule: 'r', title: 'storm 2' },
        ],
        sentAt: 0,
      },
      answered('d', 'yes'),
    ],
  },
];

const CAUGHT: Case[] = [
  {
    name: 'served and never told',
    log: [served('storm 1', 'storm 2'), ...taken('a', 'storm 1')],
    faults: { lost: 1 },
  },
  {
    name: 'taken in doubt and never again: nobody said yes',
    log: [served('storm 1'), ...taken('a', 'storm 1', 'nothing')],
    faults: { lost: 1 },
  },
  {
    name: 'acknowledged on another channel',
    log: [served('storm 1'), ...taken('a', 'storm 1', 'yes', 'other')],
    faults: { lost: 1, unasked: 1 },
  },
  {
    name: 'told of what only the first list had',
    log: [listedBefore('storm 0'), served('storm 1'), ...taken('a', 'storm 1'), ...taken('b', 'storm 0')],
    faults: { unasked: 1 },
  },
  {
    name: 'told of what was never served',
    log: [served('storm 1'), ...taken('a', 'storm 1'), ...taken('b', 'storm 9')],
    faults: { unasked: 1 },
  },
  {
    name: 'told of what the rule does not match',
    log: [served('storm 1', 'calm 2'), ...taken('a', 'storm 1'), ...taken('b', 'calm 2')],
    faults: { unasked: 1 },
  },
  {
    name: 'the same under two ids, even after a kill',
    log: [served('storm 1'), ...taken('a', 'storm 1'), killed, ...taken('b', 'storm 1')],
    faults: { twice: 1 },
  },
  {
    name: 'again after a clear yes',
    log: [served('storm 1'), ...taken('a', 'storm 1'), ...taken('a', 'storm 1')],
    faults: { unexplained: 1 },
  },
  {
    name: 'a doubt excuses one repeat, not two',
    log: [
      served('storm 1'),
      ...taken('a', 'storm 1', 'nothing'),
      ...taken('a', 'storm 1'),
      ...taken('a', 'storm 1'),
    ],
    faults: { unexplained: 1 },
  },
  {
    name: 'one kill does not excuse two repeats of a channel',
    log: [
      served('storm 1', 'storm 2'),
      ...taken('a', 'storm 1'),
      ...taken('b', 'storm 2'),
      killed,
      ...taken('a', 'storm 1'),
      ...taken('b', 'storm 2'),
    ],
    faults: { unexplained: 1 },
  },
  {
    name: 'a kill before the first yes excuses nothing',
    log: [served('storm 1'), killed, ...taken('a', 'storm 1'), ...taken('a', 'storm 1')],
    faults: { unexplained: 1 },
  },
  {
    name: 'a cut before anything was taken excuses nothing',
    log: [served('storm 1'), ...taken('a', 'storm 1'), answered('a', 'nothing'), ...taken('a', 'storm 1')],
    faults: { unexplained: 1 },
  },
];

function countsOf({ lost, unasked, twice, unexplained }: Verdict): Required<Counts> {
  return { lost: lost.length, unasked: unasked.length, twice: twice.length, unexplained: unexplained.length };
}

describe('a log that keeps the promise', () => {
  test.each(CLEAN)('$name', ({ log, dead = [] }) => {
    const verdict = judge(log, [RULE], new Set(dead));
    expect(countsOf(verdict)).toEqual({ lost: 0, unasked: 0, twice: 0, unexplained: 0 });
    expect(complaints(verdict)).toEqual([]);
  });
});

describe('a log that breaks it', () => {
  test.each(CAUGHT)('$name', ({ log, faults }) => {
    const verdict = judge(log, [RULE]);
    expect(countsOf(verdict)).toEqual({ lost: 0, unasked: 0, twice: 0, unexplained: 0, ...faults });
    expect(complaints(verdict)).not.toEqual([]);
  });
  test('nothing wanted is no success', () => {
    expect(complaints(judge([], [RULE]))).not.toEqual([]);
  });
});

test('outcomes in doubt and kills are counted as the receiver saw them', () => {
  const log = [
    served('storm 1'),
    ...taken('a', 'storm 1', 'nothing'),
    killed,
    answered('a', 'nothing'),
    ...taken('a', 'storm 1'),
  ];
  expect(judge(log, [RULE])).toMatchObject({
    ambiguous: 1,
    kills: 1,
    repeats: 1,
    acknowledged: 1,
    wanted: 1,
  });
});
