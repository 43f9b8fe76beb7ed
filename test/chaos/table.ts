/** All scenarios, the longest first: two run at a time. ARCHITECTURE.md says which promise each one tests. */
import type { Scenario } from './scenario.ts';
import { changeMidPoll, listedTwice } from './scenarios/change.ts';
import { crashPoints } from './scenarios/crash-points.ts';
import { backlog, badDeliveries, burst, firstRun, tarpits } from './scenarios/crowds.ts';
import { carriedAway, deployments } from './scenarios/deploy.ts';
import { detection } from './scenarios/detection.ts';
import { fullDisk } from './scenarios/full-disk.ts';
import { churn, rubbish } from './scenarios/harm.ts';
import { kills, killsAndFaults, staleKv } from './scenarios/kills.ts';
import { lostAlarm } from './scenarios/lost-alarm.ts';
import { naiveVariants } from './scenarios/naive.ts';
import { givenUp, outage } from './scenarios/outage.ts';
import { clockJumps, crowdedTicks } from './scenarios/pace.ts';
import { retryAfter, rotation } from './scenarios/throttled.ts';

/** What `npm test` runs: the five that prove most in half a minute. */
export const EACH_EDIT: readonly string[] = ['C05', 'C09', 'C10', 'C12', 'C22'];

export const SCENARIOS: readonly Scenario[] = [
  { id: 'C01', title: 'kill -9 at random moments', run: kills },
  { id: 'C14', title: 'one feed in ten never answers', once: true, run: tarpits },
  { id: 'C02', title: 'kill -9, and 30 % of attempts fail', run: killsAndFaults },
  { id: 'C03', title: 'killed at each named point', run: crashPoints },
  { id: 'C11', title: 'KV is stale and refuses writes', run: staleKv },
  { id: 'C12', title: 'other releases on a live folder, and back', run: deployments },
  { id: 'C21', title: 'the folder exported, wiped, imported; an older desk', run: carriedAway },
  { id: 'C05', title: 'one receiver away for 48 hours', run: outage },
  { id: 'C06', title: 'receivers gone, unknown, failing for days', run: givenUp },
  { id: 'C07', title: '429 with a pause, told in three ways', run: retryAfter },
  { id: 'D01', title: 'deliveries of which 30 % of attempts fail', once: true, run: badDeliveries },
  { id: 'C13', title: 'the clock jumps by days; summer time; leap day', run: clockJumps },
  { id: 'C09', title: 'publishers change everything but the news', run: churn },
  { id: 'C10', title: 'rubbish between good answers', run: rubbish },
  { id: 'C08', title: 'a secret is changed under load', run: rotation },
  { id: 'C15', title: 'first sight of long lists', once: true, run: firstRun },
  { id: 'C16', title: 'a burst over the budget of an hour', once: true, run: burst },
  { id: 'C19', title: 'a full outbox drains in order', run: backlog },
  { id: 'C20', title: 'the disk is full', run: fullDisk },
  { id: 'C22', title: 'the configuration changes in the middle of a poll', run: changeMidPoll },
  { id: 'C23', title: 'one address listed twice', once: true, run: listedTwice },
  { id: 'C04', title: 'ten ticks at once', run: crowdedTicks },
  { id: 'C24', title: 'naive senders are caught', run: naiveVariants },
  { id: 'C25', title: 'the runtime forgets its alarm', run: lostAlarm },
  { id: 'L01', title: 'from feed to receiver', once: true, run: detection },
];
