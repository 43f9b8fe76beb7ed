/** What a scenario is: feeds of invented publishers, their answers, and a judgement over what they were asked. */
import type { Log } from './log.ts';

export type Header = readonly [name: string, value: string];

export interface Answer {
  readonly status: number;
  /** Values as Latin-1, byte for byte. `Date` is the replayed time unless given. */
  readonly headers?: readonly Header[];
  readonly body?: string | Buffer;
  /** Real milliseconds before the first byte. */
  readonly delayMs?: number;
  /** `headers`: nothing comes; `body`: it stops behind the body given; `break`: the connection breaks there. */
  readonly ending?: 'headers' | 'body' | 'break';
}

/** What an answer may depend on. */
export interface Visit {
  readonly url: string;
  readonly header: (name: string) => string | null;
  /** Of this feed's host, robots.txt left out, this one included: 1, 2, … */
  readonly count: number;
  /** Replayed time. */
  readonly now: number;
  readonly origin: string;
  /** Of another host of the same scenario. */
  readonly originOf: (host: string) => string;
}

export interface ScenarioFeed {
  /** Request target, exactly as it must be asked. */
  readonly path: string;
  /** Feeds of one scenario with the same name share a server; by default each has its own, named by its path. */
  readonly host?: string;
  /** As the configuration writes it; none: adaptive. */
  readonly every?: string;
  readonly https?: true;
  /** Only redirects lead there: it stands in no configuration. */
  readonly unlisted?: true;
  /** Appended to the address in the configuration. */
  readonly suffix?: string;
  /** From that tick on it is paused, or not listed any more. */
  readonly pausedFrom?: number;
  readonly removedFrom?: number;
  readonly robots?: (visit: Visit) => Answer;
  readonly answer: (visit: Visit) => Answer;
}

/** Which replay a scenario needs: the table of them is in drive.ts. */
export type RunName = 'cycles' | 'days' | 'hops' | 'slow' | 'quiet' | 'herd';

export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** A failure caps the score at half. */
  readonly hard?: boolean;
  readonly run: RunName;
  readonly feeds: readonly ScenarioFeed[];
  /** null: as it should be. */
  readonly judge: (log: Log) => string | null;
}

export const hostOf = (feed: ScenarioFeed): string => feed.host ?? feed.path;
