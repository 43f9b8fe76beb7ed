/** The desk's tables and their migrations. docs/storage.md describes them for admins. */

import { log } from '../../log.ts';

/** Each entry runs once, in order; a released one never changes. */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE pace (shard TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE known (feed TEXT PRIMARY KEY, data BLOB NOT NULL);
  CREATE TABLE page (id INTEGER PRIMARY KEY, entries INTEGER NOT NULL, newest INTEGER NOT NULL, data TEXT NOT NULL);
  CREATE TABLE handled (rule TEXT NOT NULL, key INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (rule, key)) WITHOUT ROWID;
  CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, event TEXT NOT NULL,
    created INTEGER NOT NULL, due INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'pending', settled INTEGER, reason TEXT
  );
  CREATE INDEX outbox_due ON outbox (due) WHERE state = 'pending';
  CREATE INDEX outbox_settled ON outbox (settled) WHERE state <> 'pending';
  CREATE TABLE spent (hash INTEGER PRIMARY KEY, at INTEGER NOT NULL);
  CREATE TABLE attempt (
    seq INTEGER PRIMARY KEY, delivery TEXT NOT NULL, channel TEXT NOT NULL, at INTEGER NOT NULL,
    outcome TEXT NOT NULL, status INTEGER, detail TEXT, ms INTEGER NOT NULL
  );
  CREATE TABLE channel (
    id TEXT PRIMARY KEY, failures INTEGER NOT NULL DEFAULT 0, rest_until INTEGER NOT NULL DEFAULT 0,
    disabled TEXT, last_success INTEGER
  ) WITHOUT ROWID;
  CREATE TABLE config (seq INTEGER PRIMARY KEY, hash TEXT NOT NULL, at INTEGER NOT NULL);
  CREATE TABLE config_part (
    hash TEXT NOT NULL, kind TEXT NOT NULL, part INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (hash, kind, part)
  ) WITHOUT ROWID;
  `,
  `
  CREATE TABLE story (
    id TEXT PRIMARY KEY, rule TEXT NOT NULL, open INTEGER NOT NULL, seen INTEGER NOT NULL,
    alerted INTEGER, acknowledged INTEGER, data TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX story_open ON story (rule, seen) WHERE open = 1;
  CREATE INDEX story_seen ON story (seen);
  CREATE TABLE told (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, rule TEXT NOT NULL, story TEXT NOT NULL, entry TEXT,
    kind TEXT NOT NULL, decision TEXT NOT NULL, alert TEXT
  );
  CREATE INDEX told_story ON told (story);
  CREATE INDEX told_entry ON told (entry);
  CREATE TABLE held (
    seq INTEGER PRIMARY KEY, until INTEGER NOT NULL, reason TEXT NOT NULL, rule TEXT NOT NULL, channel TEXT NOT NULL,
    alert TEXT NOT NULL
  );
  CREATE INDEX held_until ON held (until);
  CREATE TABLE mute (
    scope TEXT NOT NULL, target TEXT NOT NULL, until INTEGER NOT NULL, at INTEGER NOT NULL, reason TEXT,
    PRIMARY KEY (scope, target)
  ) WITHOUT ROWID;
  CREATE TABLE rule_hour (rule TEXT PRIMARY KEY, hour INTEGER NOT NULL, alerts INTEGER NOT NULL) WITHOUT ROWID;
  `,
  `
  CREATE TABLE session (
    hash TEXT PRIMARY KEY, scope TEXT NOT NULL, who TEXT NOT NULL, expires INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE token (
    name TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, scope TEXT NOT NULL, created INTEGER NOT NULL,
    expires INTEGER, used INTEGER
  ) WITHOUT ROWID;
  CREATE TABLE login (address TEXT NOT NULL, at INTEGER NOT NULL);
  CREATE INDEX login_at ON login (at);
  CREATE TABLE record (shard TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID;
  ALTER TABLE config ADD COLUMN author TEXT;
  ALTER TABLE config ADD COLUMN reason TEXT;
  `,
  // Rate, failure clock, time of disabling, moved chat; indexes for lists of deliveries and their attempts.
  `
  ALTER TABLE channel ADD COLUMN paced INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE channel ADD COLUMN failing_from INTEGER;
  ALTER TABLE channel ADD COLUMN failing_since INTEGER;
  ALTER TABLE channel ADD COLUMN disabled_at INTEGER;
  ALTER TABLE channel ADD COLUMN moved TEXT;
  CREATE INDEX outbox_channel ON outbox (channel, state);
  CREATE INDEX attempt_delivery ON attempt (delivery);
  `,
  `
  CREATE TABLE story_text (
    rule TEXT NOT NULL, text INTEGER NOT NULL, story TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (rule, text)
  ) WITHOUT ROWID;
  `,
  // A mute of a story may end with a development.
  `
  ALTER TABLE mute ADD COLUMN ends_on TEXT;
  `,
  // Marks sessions of the admin, the only role that creates tokens; older sessions must sign in again for that.
  `
  ALTER TABLE session ADD COLUMN admin INTEGER NOT NULL DEFAULT 0;
  `,
  // Renames tables and values to the terms of the glossary. Indexes keep their names: recreating one would cost a row per entry.
  `
  ALTER TABLE meta RENAME TO fact;
  ALTER TABLE told RENAME TO development;
  ALTER TABLE held RENAME TO alert_queue;
  ALTER TABLE spent RENAME TO delivered_before_restore;
  ALTER TABLE channel RENAME COLUMN rest_until TO cooldown_until;
  UPDATE fact SET name = 'delivered-ids-written' WHERE name = 'acknowledged-told';
  UPDATE fact SET name = 'ops-reported' WHERE name = 'ops-told';
  UPDATE development SET decision = 'queued' || substr(decision, 5) WHERE decision LIKE 'held:%';
  UPDATE development SET decision = 'test-mode' WHERE decision = 'rehearsal';
  UPDATE story SET data = json_set(json_remove(data, '$.told'), '$.hasFirst',
    json(CASE json_extract(data, '$.told') WHEN 1 THEN 'true' ELSE 'false' END));
  `,
  // Lookups by story and entry: what a delivery is about, the story of a pair, keys of a page's entries.
  `
  CREATE TABLE outbox_subject (
    story TEXT NOT NULL, entry TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (story, entry, seq)
  ) WITHOUT ROWID;
  CREATE INDEX outbox_subject_entry ON outbox_subject (entry);
  INSERT OR IGNORE INTO outbox_subject (story, entry, seq)
    SELECT json_extract(alert.value, '$.story'), json_extract(entry.value, '$.id'), outbox.seq
    FROM outbox,
      json_each(CASE json_type(event, '$.data.alerts') WHEN 'array' THEN json_extract(event, '$.data.alerts')
        ELSE json_array(json_extract(event, '$.data')) END) AS alert,
      json_each(alert.value, '$.entries') AS entry
    WHERE json_valid(event) AND json_extract(alert.value, '$.story') IS NOT NULL;
  ALTER TABLE handled ADD COLUMN story TEXT;
  ALTER TABLE page ADD COLUMN keys BLOB;
  `,
];

/** Brings the tables to the newest version. @throws Error when newer code wrote them */
export function migrate(storage: DurableObjectStorage): void {
  const { sql } = storage;
  storage.transactionSync(() => {
    sql.exec('CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY)');
    const row = sql.exec<{ version: number | null }>('SELECT max(version) AS version FROM migration').one();
    const version = row.version ?? 0;
    if (version > MIGRATIONS.length) {
      const message = `has schema ${version} but this code supports up to ${MIGRATIONS.length}: deploy the newer code again`;
      log('error', 'desk', message);
      throw new Error(`desk ${message}`);
    }
    for (let next = version; next < MIGRATIONS.length; next++) {
      sql.exec(MIGRATIONS[next] ?? '');
      sql.exec('INSERT INTO migration (version) VALUES (?)', next + 1);
    }
  });
}
