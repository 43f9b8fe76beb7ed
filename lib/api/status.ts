/** `/api/status`, `/readyz`, `/healthz` and `/api/csp-reports`: the state of the service itself. */
import * as z from 'zod';
import { answer, count, textOrNull, time, type Wire } from './common.ts';
import { feedState } from './feeds.ts';

/** What readiness is judged by. Ages are in seconds; null: there is nothing that has one. */
const readiness = answer(
  'Readiness',
  z.object({
    /** SHA-256 of the document in force. */
    configuration: textOrNull,
    /** Why the newest document of a watched file was rejected; null: it was accepted. Does not affect readiness. */
    rejected: textOrNull,
    lastTickAge: z.number().nullable(),
    /** How many feeds are in each state. */
    feeds: z.partialRecord(feedState, count),
    channelsDisabled: count,
    outbox: z.object({ pending: count, oldestAge: z.number().nullable(), dead: count }),
  }),
);

/** Whether feeds are polled and alerts are sent. Only the first two members if the desk cannot be reached. */
export const ready = answer(
  'Ready',
  readiness.partial().extend({ ready: z.boolean(), reasons: z.array(z.string()) }),
);

export const healthy = answer('Healthy', z.object({ status: z.literal('ok') }));

const used = z.object({ today: count, max: count });

/** State of the service. */
export const status = answer(
  'Status',
  z.object({
    version: z.string(),
    now: time,
    floorMinutes: z.number(),
    /** 0: ticks are triggered from outside. */
    tickSeconds: z.number(),
    /** Public address of the pages; null: not configured. */
    home: textOrNull,
    readiness,
    /** Scheduled time and wall time of the last tick; null: no tick yet. */
    tick: z.object({ at: time, wall: time }).nullable(),
    kvWrites: used,
    /** Rows written to tables and indexes since midnight UTC; the plan's quota covers all objects of an account. */
    rowsWritten: used,
    archive: z.object({ entries: count, pages: count, oldestPage: z.int().nullable() }),
    stories: z.object({ open: count, closed: count }),
    /** Rules in force whose own tests fail, and how many tests. */
    redRules: z.array(z.object({ rule: z.string(), title: z.string(), tests: count })),
    /** Alerts that wait for quiet hours, a digest, a group or the hourly limit. */
    queued: count,
    deliveries: z.object({ pending: count, delivered: count, dead: count }),
    /** Size of the desk's database. */
    bytes: count,
  }),
);

/** Violations of the pages' policy that browsers reported since this isolate started. */
export const cspReports = answer('CspReports', z.object({ reports: count }));

export type Readiness = Wire<z.output<typeof readiness>>;
export type Status = Wire<z.output<typeof status>>;
/** The part of the status that the desk counts. */
export type StatusNumbers = Omit<
  Status,
  'version' | 'now' | 'floorMinutes' | 'tickSeconds' | 'home' | 'readiness'
>;
