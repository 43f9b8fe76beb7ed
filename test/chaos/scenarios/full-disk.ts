/** C20: SQLite says that the disk is full, everywhere or in one statement, in the middle of accepting and of settling. */
import { feedsOf, hooksOf, stormRule, stormWanted } from '../document.ts';
import { MINUTE_MS, type Outcome, outcomeOf, type Rig } from '../rig.ts';

interface Fault {
  readonly name: string;
  /** Statements that fail. */
  readonly sql: string;
  /** The service cannot work at all, and must say so. */
  readonly red: boolean;
}

const FAULTS: readonly Fault[] = [
  { name: 'every statement', sql: '.', red: true },
  { name: 'every write', sql: '^\\s*(?:INSERT|UPDATE|DELETE|REPLACE)', red: true },
  { name: 'the outbox, behind the archive', sql: 'INTO outbox', red: false },
  { name: 'the keys of entries', sql: 'INTO known', red: false },
  { name: 'paces, the last write of a batch', sql: 'INTO pace', red: true },
  { name: 'the note of an attempt', sql: 'INTO attempt', red: false },
  { name: 'the end of a delivery', sql: '^\\s*UPDATE outbox', red: false },
];

export async function fullDisk(rig: Rig): Promise<Outcome> {
  const feed = await rig.feed('flow', 100);
  const receiver = await rig.receiver();
  rig.configure({
    feeds: feedsOf([feed]),
    rules: [stormRule(['hook'])],
    channels: hooksOf(['hook'], (name) => receiver.hook(name)),
  });
  // Ticks are promised, so that their lack is a fault; wall time goes with them.
  await rig.launch('current', { CHAOS_TICK_SECONDS: '60' });
  const tick = async (): Promise<void> => {
    await rig.order({ offsetMs: rig.clock + 10 * MINUTE_MS - Date.now() });
    await rig.tick(10);
  };
  await tick();
  feed.news = true;
  const problems: string[] = [];
  let most = 0;
  for (const { name, sql, red } of Array.from({ length: rig.size(1, 4) }, () => FAULTS).flat()) {
    await rig.order({ sql });
    const before = receiver.arrivals.length;
    feed.publish(3);
    await tick();
    await tick();
    const ready = await fetch(`${rig.service.url}/readyz`);
    await ready.arrayBuffer();
    if (red && ready.ok) problems.push(`ready although ${name} fails`);
    // What cannot be noted must not be sent over and over.
    await rig.until(() => receiver.arrivals.length > before + 6, 700);
    most = Math.max(most, receiver.arrivals.length - before);
    await rig.order({ sql: null });
    const wellAgain = await rig.until(async () => {
      await tick();
      const answer = await fetch(`${rig.service.url}/readyz`);
      await answer.arrayBuffer();
      return answer.ok;
    }, 30_000);
    if (!wellAgain) problems.push(`not ready again after: ${name}`);
  }
  const verdict = await rig.settled([stormWanted(['hook'])], 70_000);
  return outcomeOf(verdict, {
    problems,
    figures: { faults: FAULTS.length, 'most calls while broken': most },
  });
}
