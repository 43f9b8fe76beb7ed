/** P38: feeds that are paused or taken out while the service runs. */
import { unchanging } from '../answers.ts';
import { atLeast, feedRequests, firstReason } from '../log.ts';
import type { Scenario, Visit } from '../scenario.ts';

const CHANGED_AT = 60;
const still = (visit: Visit) => unchanging(visit, '"1"');

export const LIFECYCLE: readonly Scenario[] = [
  {
    id: 'P38',
    title: 'paused or removed: no further request',
    run: 'cycles',
    feeds: [
      { path: '/paused', every: '5m', pausedFrom: CHANGED_AT, answer: still },
      { path: '/removed', every: '5m', removedFrom: CHANGED_AT, answer: still },
      { path: '/stays', every: '30m', answer: still },
    ],
    judge: (log) => {
      const changed = log.ticks[CHANGED_AT]?.at ?? 0;
      const late = log.asked.find(({ host, tick }) => host !== '/stays' && tick >= changed);
      return firstReason(
        late !== undefined && `${late.url} was asked after that`,
        ...['/paused', '/removed', '/stays'].map((host) =>
          atLeast(feedRequests(log, host), 20, `requests for ${host}`),
        ),
        !feedRequests(log, '/stays').some(({ tick }) => tick > changed) &&
          'the other feed is not polled any more',
      );
    },
  },
];
