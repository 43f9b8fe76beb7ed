/** `/metrics`: Prometheus text exposition format 0.0.4, for callers with a token. Few labels; no addresses, no titles. */
import { Hono } from 'hono';
import type { FeedRecord } from '../../../lib/api/feeds.ts';
import { OPERATIONS } from '../../../lib/api/operations.ts';
import { deskOf } from '../../env.ts';
import { VERSION } from '../../version.ts';
import type { Caller } from '../middleware/auth.ts';
import { serve } from '../middleware/serve.ts';

/** Counters that `FeedRecord` keeps for one feed. */
type Counts = Pick<FeedRecord, 'polls' | 'notModified' | 'gaps'>;

interface Metric {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  readonly values: readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[];
}

export const metricsRoutes = new Hono<Caller>();

serve(metricsRoutes, OPERATIONS.readMetrics, async (c) => {
  const desk = deskOf(c.env);
  const [numbers, readiness, feeds] = await Promise.all([
    desk.status().numbers(),
    desk.status().readiness(),
    desk.feeds().statuses(),
  ]);
  const metrics: Metric[] = [
    {
      name: 'vigie_build_info',
      type: 'gauge',
      help: 'Version of the running service.',
      values: [[{ version: VERSION }, 1]],
    },
    gauge(
      'vigie_cron_last_run_timestamp_seconds',
      'Wall time of the last tick, Unix seconds.',
      numbers.tick === null ? 0 : Date.parse(numbers.tick.wall) / 1000,
    ),
    {
      name: 'vigie_feeds',
      type: 'gauge',
      help: 'Feeds by state.',
      values: Object.entries(readiness.feeds).map(([state, count]) => [{ state }, count]),
    },
    ...pollMetrics(feeds.map(({ record }) => record)),
    gauge('vigie_outbox_depth', 'Pending deliveries.', readiness.outbox.pending),
    gauge(
      'vigie_outbox_oldest_age_seconds',
      'Age of the oldest pending delivery.',
      readiness.outbox.oldestAge ?? 0,
    ),
    gauge('vigie_dead_letters', 'Failed deliveries that will not be retried.', readiness.outbox.dead),
    gauge('vigie_channels_disabled', 'Disabled channels.', readiness.channelsDisabled),
    gauge(
      'vigie_alerts_queued',
      'Alerts queued for quiet hours, a digest, a group or the hourly limit.',
      numbers.queued,
    ),
    gauge('vigie_stories_open', 'Open stories.', numbers.stories.open),
    gauge('vigie_archive_entries', 'Entries in the archive.', numbers.archive.entries),
    gauge('vigie_kv_writes_today', 'Writes to KV since midnight UTC.', numbers.kvWrites.today),
    gauge(
      'vigie_desk_rows_written_today',
      'Rows that the desk wrote since midnight UTC.',
      numbers.rowsWritten.today,
    ),
    gauge('vigie_storage_bytes', 'Size of the database of the desk.', numbers.bytes),
  ];
  return c.body(metrics.map(textOf).join(''), 200, {
    'content-type': 'text/plain; version=0.0.4; charset=utf-8',
  });
});

function gauge(name: string, help: string, value: number): Metric {
  return { name, type: 'gauge', help, values: [[{}, value]] };
}

/** Counters over all configured feeds. */
function pollMetrics(records: readonly Counts[]): Metric[] {
  const sum = (of: (record: Counts) => number) => records.reduce((all, record) => all + of(record), 0);
  return [
    {
      name: 'vigie_polls_total',
      type: 'counter',
      help: 'Polls of the configured feeds, by result: HTTP 304 or other.',
      values: [
        [{ result: 'not_modified' }, sum((record) => record.notModified)],
        [{ result: 'other' }, sum((record) => record.polls - record.notModified)],
      ],
    },
    {
      name: 'vigie_feed_gap_events_total',
      type: 'counter',
      help: 'Polls whose document shared no entry with the previous one.',
      values: [[{}, sum((record) => record.gaps)]],
    },
  ];
}

function textOf({ name, type, help, values }: Metric): string {
  const lines = values.map(([labels, value]) => {
    const inside = Object.entries(labels).map(
      ([key, text]) => `${key}="${text.replace(/[\\"\n]/gu, '\\$&')}"`,
    );
    return `${name}${inside.length > 0 ? `{${inside.join(',')}}` : ''} ${value}\n`;
  });
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}
